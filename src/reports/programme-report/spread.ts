import type { Text } from '../../definitions/instrument';

/** Fewest units behind any figure of many units. */
export const fewestUnits = 5;

export const spreadRounds = ['baseline', 'follow-up'] as const;
export type SpreadRound = (typeof spreadRounds)[number];

/** What one unit has published of one round: joint scores of the survey on the scale, as its report gives them. */
export interface PublishedScores {
  readonly round: SpreadRound;
  readonly index: number | null;
  /** By area code. */
  readonly areas: Readonly<Record<string, number | null>>;
}

/**
 * The middle of many units' scores in points of the scale, in tenths; null where fewer than `fewestUnits` have one. A
 * unit's own score has two decimals, so none can be read from these, and they say nothing of which unit is where.
 */
export interface Middle {
  /** Units with a score. */
  readonly units: number;
  readonly figures: { readonly low: number; readonly median: number; readonly high: number } | null;
}

export interface SpreadRow {
  /** `index`, or the code of an area. */
  readonly code: string;
  /** null for the index. */
  readonly name: Text | null;
  readonly rounds: Readonly<Record<SpreadRound, Middle>>;
}

/** @param areas of the instrument, in its order */
export function spreadOf(
  published: readonly PublishedScores[],
  areas: readonly { readonly code: string; readonly name: Text }[],
): readonly SpreadRow[] {
  const rows = [{ code: 'index', name: null }, ...areas];
  return rows.map(({ code, name }) => {
    const middle = (round: SpreadRound): Middle => {
      const scores = published
        .filter((one) => one.round === round)
        .flatMap(({ index, areas: own }) => (code === 'index' ? index : own[code]) ?? []);
      return middleOf(scores);
    };
    return { code, name, rounds: { baseline: middle('baseline'), 'follow-up': middle('follow-up') } };
  });
}

/** Median and quartiles as spreadsheets give them (QUARTILE.INC, type 7 of Hyndman and Fan 1996), rounded once. */
export function middleOf(scores: readonly number[]): Middle {
  const units = scores.length;
  if (units < fewestUnits) return { units, figures: null };
  const sorted = scores.toSorted((one, other) => one - other);
  const at = (share: number): number => {
    const place = (units - 1) * share;
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? 0;
    return tenths(below + (place - Math.floor(place)) * (above - below));
  };
  return { units, figures: { low: at(0.25), median: at(0.5), high: at(0.75) } };
}

/** Half away from zero; scores are not negative. Sums of decimals miss a true tie by some ulps. */
function tenths(score: number): number {
  return Math.floor(score * 10 + 0.5 + 1e-7) / 10;
}
