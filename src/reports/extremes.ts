/**
 * What is most and least, without cutting through a tie: every sentence and list that says "highest", "widest" or "most
 * often" is made by these. Values are compared as published, i.e. rounded before they come here.
 */

/** All that share one value. */
export interface Level<Entry> {
  readonly value: number;
  /** In the order given. */
  readonly entries: readonly Entry[];
}

/** Entries grouped by equal value, highest first. */
export function levelsOf<Entry>(entries: readonly Entry[], valueOf: (entry: Entry) => number): readonly Level<Entry>[] {
  const levels = new Map<number, Entry[]>();
  for (const entry of entries) {
    const value = valueOf(entry);
    levels.set(value, [...(levels.get(value) ?? []), entry]);
  }
  return [...levels].map(([value, alike]) => ({ value, entries: alike })).toSorted((a, b) => b.value - a.value);
}

/**
 * The upper and the lower end of a ranking, for two lists of about `wanted` entries each: whole levels only, none of them
 * on both lists, and on each list at most half of all entries. With all values equal both are empty.
 *
 * Example: `wanted` 3 of the values 5, 4, 4, 4, 2, 1: the top is 5, 4, 4, 4 cut back to 5 (four would be more than half),
 * the bottom is 1, 2.
 */
export function endsOfRanking<Entry>(
  levels: readonly Level<Entry>[],
  wanted: number,
): { readonly top: readonly Level<Entry>[]; readonly bottom: readonly Level<Entry>[] } {
  const all = levels.reduce((sum, { entries }) => sum + entries.length, 0);
  const most = Math.floor(all / 2);
  const take = (ordered: readonly Level<Entry>[]) => {
    const taken: Level<Entry>[] = [];
    let count = 0;
    // At most half of the levels from each end: the two ends never meet.
    for (const level of ordered.slice(0, Math.floor(levels.length / 2))) {
      if (count >= wanted || count + level.entries.length > most) break;
      // A second level that would make the list much longer than wanted is left whole to the middle.
      if (count > 0 && count + level.entries.length > wanted + 1) break;
      taken.push(level);
      count += level.entries.length;
    }
    return taken;
  };
  return { top: take(levels), bottom: take(levels.toReversed()) };
}
