import type { Holding } from './cells';
import type { Correction, Share } from './uncertainty';

/** The shares of a figure's groups in one round. */
export function sharesFrom(
  weights: ReadonlyMap<string, number>,
  holdings: ReadonlyMap<string, Holding>,
): readonly Share[] {
  return [...weights].flatMap(([group, weight]) => {
    const holding = holdings.get(group);
    return holding === undefined ? [] : [{ weight, holding }];
  });
}

/**
 * `q` of comparison.md 1 for verdicts: a quarter of the correction where the figure rests on one area with a single
 * item, else half. People who all answered still answer differently next year, the more so the fewer the items.
 */
export function correctionFor(areas: readonly string[], itemCount: (area: string) => number): Correction {
  const [only] = areas;
  return areas.length === 1 && only !== undefined && itemCount(only) <= 1 ? 0.25 : 0.5;
}
