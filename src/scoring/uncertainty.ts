import type { Holding } from './cells';
import type { Interval } from './figures';
import { tQuantile, twoSidedP } from './statistics';

/**
 * How sure a figure or a difference is (comparison.md 1). Everything here is in points of the scale, or their squares,
 * and unrounded.
 */

/** One group's part in a figure: `c` of comparison.md 1 and what the group brings. */
export interface Share {
  /** Weight in the figure, above 0. */
  readonly weight: number;
  readonly holding: Holding;
}

/** Which part of the correction for small populations is made. */
export type Correction = 1 | 0.5 | 0.25;

/** Standard error and degrees of freedom (`Infinity`: normal) of a sum of shares. */
export interface Uncertainty {
  readonly se: number;
  readonly df: number;
  /** Codes of groups whose spread is not their own, in the order of the shares, each once. */
  readonly borrowed: readonly string[];
  /** No group lends: the variance is the one that the instrument assumes. */
  readonly assumed: boolean;
}

/** What groups lend to those without a spread of their own; null where nobody can. */
export interface Lent {
  /** `Σ(n-1)sd² / Σ(n-1)` over the lenders, in squared points. */
  readonly variance: number;
  /** `Σ(n-1)` over the lenders. */
  readonly df: number;
}

/** A spread of its own: from 2k, of enough of its areas, and not all the same (comparison.md 1). */
export function hasOwnSpread({ spread, covered }: Holding): boolean {
  return spread !== null && covered && spread.sd > 0;
}

/** What the holdings of one place lend, each round by itself; of either side or none. */
export function lentBy(holdings: readonly Holding[]): Lent | null {
  let squares = 0;
  let df = 0;
  for (const holding of holdings) {
    if (!hasOwnSpread(holding) || holding.spread === null) continue;
    squares += (holding.spread.n - 1) * holding.spread.sd ** 2;
    df += holding.spread.n - 1;
  }
  return df === 0 ? null : { variance: squares / df, df };
}

/**
 * Variance of a mean of n answers of variance `s2`: `v = s²/n · (1 - q·n/N)`, at least 0; without the bracket where
 * the number of people N is unknown.
 */
export function varianceOfMean(s2: number, n: number, size: number | null, q: Correction): number {
  return (s2 / n) * (size === null ? 1 : Math.max(0, 1 - (q * n) / size));
}

/**
 * `se² = Σ c²v` and Satterthwaite's degrees of freedom (F. E. Satterthwaite, Biometrics Bulletin 2, 1946), in which all
 * that is borrowed rests on the lenders' n together:
 * `df = (se²)² / ( Σ_own (c²v)²/(n-1) + (Σ_borrowed c²v)² / Σ_lenders(n-1) )`.
 *
 * @param assumed variance that is used where nobody lends
 */
export function uncertaintyOf(
  shares: readonly Share[],
  lent: Lent | null,
  assumed: number,
  q: Correction,
): Uncertainty {
  let total = 0;
  let below = 0;
  let borrowedSum = 0;
  const borrowed = new Set<string>();
  for (const { weight, holding } of shares) {
    const { spread, fewest, size, group } = holding;
    if (spread !== null && hasOwnSpread(holding)) {
      const part = weight ** 2 * varianceOfMean(spread.sd ** 2, spread.n, size, q);
      total += part;
      below += part ** 2 / (spread.n - 1);
    } else {
      const part = weight ** 2 * varianceOfMean(lent?.variance ?? assumed, fewest, size, q);
      total += part;
      borrowedSum += part;
      borrowed.add(group.code);
    }
  }
  if (lent !== null) below += borrowedSum ** 2 / lent.df;
  return {
    se: Math.sqrt(total),
    df: below === 0 ? Infinity : total ** 2 / below,
    borrowed: [...borrowed],
    assumed: lent === null && borrowed.size > 0,
  };
}

/** `centre ± t(0.975, df)·se`. */
export function intervalAround(centre: number, { se, df }: Pick<Uncertainty, 'se' | 'df'>): Interval {
  if (se === 0) return [centre, centre];
  const half = tQuantile(0.975, df) * se;
  return [centre - half, centre + half];
}

/** What is known of one difference; all null where it cannot be judged. */
export interface Judged {
  /** Standard error, above 0. */
  readonly se: number | null;
  /** Degrees of freedom; null beside a p that is not null means infinite (normal distribution). */
  readonly df: number | null;
  /** Two-sided p, 0..1. */
  readonly p: number | null;
  /** Holm-adjusted within its family. */
  readonly adjustedP: number | null;
  /** 95 % interval of the difference, not cut to any scale. */
  readonly interval: Interval | null;
  /** Smallest true difference that is found with a power of 80 %: `(t(0.975, df) + t(0.80, df))·se`. */
  readonly detectable: number | null;
}

export const notJudged: Judged = { se: null, df: null, p: null, adjustedP: null, interval: null, detectable: null };

/** A difference `d` with its uncertainty; `adjustedP` is its p until its family is known (`judgeFamily`). */
export function judged(d: number, uncertainty: Pick<Uncertainty, 'se' | 'df'>): Judged {
  const { se, df } = uncertainty;
  const p = twoSidedP(d / se, df);
  return {
    se,
    df: df === Infinity ? null : df,
    p,
    adjustedP: p,
    interval: intervalAround(d, uncertainty),
    detectable: (tQuantile(0.975, df) + tQuantile(0.8, df)) * se,
  };
}
