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
  /** Each with a spread of its own. */
  readonly lenders: readonly Holding[];
}

/** A spread of its own: from 2k, of enough of its areas, and not all the same (comparison.md 1). */
export function hasOwnSpread({ spread, covered }: Holding): boolean {
  return spread !== null && covered && spread.sd > 0;
}

/** What the holdings of one place lend, each round by itself; of either side or none. */
export function lentBy(holdings: readonly Holding[]): Lent | null {
  const lenders = holdings.filter(hasOwnSpread);
  if (lenders.length === 0) return null;
  const squares = lenders.reduce((sum, lender) => sum + dfOf(lender) * (lender.spread?.sd ?? 0) ** 2, 0);
  return { variance: squares / totalDf(lenders), lenders };
}

/** Degrees of freedom of a spread of its own. */
function dfOf({ spread }: Holding): number {
  return (spread?.n ?? 1) - 1;
}

function totalDf(lenders: readonly Holding[]): number {
  return lenders.reduce((sum, lender) => sum + dfOf(lender), 0);
}

/**
 * Variance of a mean of n answers of variance `s2`: `v = s²/n · (1 - q·n/N)`, at least 0; without the bracket where
 * the number of people N is unknown.
 */
export function varianceOfMean(s2: number, n: number, size: number | null, q: Correction): number {
  return (s2 / n) * (size === null ? 1 : Math.max(0, 1 - (q * n) / size));
}

/**
 * `se² = Σ c²v` and Satterthwaite's degrees of freedom (F. E. Satterthwaite, Biometrics Bulletin 2, 1946). se² is a sum
 * of the lenders' s², each independent of the others: a group's spread counts for its own part and, by its share in
 * `Σ(n-1)`, for all that is borrowed. So
 * `df = (se²)² / Σ_lenders (own part + borrowed part · (n-1)/Σ(n-1))² / (n-1)`.
 *
 * comparison.md 1 adds up the squares of own and borrowed parts instead, as if a group that lends to others varied
 * independently of what they borrow. With one lending group of 12, asked twice, and two that borrow (6 of 12, 8 of 18),
 * that gives df = 34 where all rests on 22, and a false verdict among 12 areas of that side in 6.4 % of 5,000 runs of the
 * bench instead of 5.3 %.
 *
 * @param lent by all groups of the place, these among them; null where a figure needs nobody's
 * @param assumed variance that is used where nobody lends: it adds nothing below the line
 */
export function uncertaintyOf(
  shares: readonly Share[],
  lent: Lent | null,
  assumed: number,
  q: Correction,
): Uncertainty {
  const own = new Map<Holding, number>();
  let borrowedPart = 0;
  const borrowed = new Set<string>();
  for (const { weight, holding } of shares) {
    const { spread, fewest, size, group } = holding;
    if (spread !== null && hasOwnSpread(holding)) {
      own.set(holding, weight ** 2 * varianceOfMean(spread.sd ** 2, spread.n, size, q));
    } else {
      borrowedPart += weight ** 2 * varianceOfMean(lent?.variance ?? assumed, fewest, size, q);
      borrowed.add(group.code);
    }
  }
  const lenders = lent?.lenders ?? [...own.keys()];
  const all = totalDf(lenders);
  const borrowedOf = (lender: Holding) => (lent === null ? 0 : (borrowedPart * dfOf(lender)) / all);
  const below = lenders.reduce(
    (sum, lender) => sum + ((own.get(lender) ?? 0) + borrowedOf(lender)) ** 2 / dfOf(lender),
    0,
  );
  const total = [...own.values()].reduce((sum, part) => sum + part, borrowedPart);
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
