import type { ReleasedRound } from '../../../scoring';
import type { AreaItems, Over } from './people';

/** A range in which a published, rounded figure says that a value lies. */
export type Range = readonly [low: number, high: number];

/** What is published of one area in one round, wherever it stands: in the round's document or in the comparison. */
export interface AreaView {
  readonly items: AreaItems;
  readonly means: readonly PublishedMean[];
  /** Counts of answers to an item, by rating 1-5, over the people of these groups whom distributions count. */
  readonly distributions: readonly {
    readonly item: string;
    readonly members: readonly string[];
    readonly counts: readonly number[];
  }[];
  /** Cronbach's alpha over everybody of these groups who rated all items; null where none is published. */
  readonly alpha: { readonly members: readonly string[]; readonly value: Range } | null;
}

/** The mean of a group, or of several groups' means as a side and both sides have it. */
export interface PublishedMean {
  readonly over: Over;
  readonly of: readonly { readonly members: readonly string[]; readonly share: number }[];
  readonly mean: Range;
  /** Of a single group only. */
  readonly sd: Range | null;
}

/** What a figure that was rounded to 2 decimals (or to as many as that) says of the true one. */
export function about(value: number, unit = 0.01): Range {
  return [value - unit / 2 - 1e-7, value + unit / 2 + 1e-7];
}

/** Σx² of the n values behind a mean with a spread: `(n - 1)·sd² + n·mean²`. */
export function squaresOf({ mean, sd }: PublishedMean, n: number): Range {
  const [low, high] = sd ?? [0, 0];
  return [(n - 1) * Math.max(0, low) ** 2 + n * mean[0] ** 2, (n - 1) * high ** 2 + n * mean[1] ** 2];
}

/** Groups of a document by code; whoever was asked as the merged group counts among its members. */
export function membersOf(group: { readonly code: string; readonly parts: readonly string[] }): readonly string[] {
  return [...new Set([group.code, ...group.parts])];
}

/** Distributions and alpha of an area. */
export function itemsAt(document: ReleasedRound, area: string): Pick<AreaView, 'distributions' | 'alpha'> {
  const shown = document.groups.filter(({ code }) => {
    const figure = document.scorecard.areas[area]?.groups[code];
    return figure !== undefined && !('hidden' in figure) && figure.mean !== null;
  });
  const { holders = [], without = [] } = document.items[area] ?? {};
  const distributions = holders.flatMap(({ holder, ratings }) => {
    const members = shown
      .filter(({ code, side }) => (holder === 'everyone' || side === holder) && !without.includes(code))
      .flatMap(membersOf);
    return Object.entries(ratings).map(([item, counts]) => ({
      ...{ item, members },
      counts: ['1', '2', '3', '4', '5'].map((rating) => counts[rating] ?? 0),
    }));
  });
  const alpha = document.scorecard.areas[area]?.alpha ?? null;
  return {
    distributions,
    alpha: alpha === null ? null : { members: shown.flatMap(membersOf), value: about(alpha, 0.001) },
  };
}
