import { areasOf, type FormName, type Instrument } from '../definitions/instrument';
import type { VersionMap } from '../definitions/version-map';
import { itemsByArea, type Item } from './respondent-scores';

/** One of two rounds, as far as it decides what they have in common. */
export interface Asked {
  readonly instrument: Instrument;
  readonly input: { readonly form: FormName };
}

/** What two rounds are compared on. */
export interface Common {
  /** Codes of the compared items by area; every area of the later version, also where nothing is compared. */
  readonly items: ReadonlyMap<string, ReadonlySet<string>>;
  /** Areas of the later version that are not compared: less than half of their weight is kept in either version. */
  readonly notCompared: readonly string[];
}

/**
 * Items that count in both rounds: those of the form that both have (core items where one round is full and the other
 * core), and of those the kept ones where the versions differ.
 *
 * @param map null where both rounds use the same version
 */
export function commonAreas(earlier: Asked, later: Asked, map: VersionMap | null): Common {
  const form = earlier.input.form === later.input.form ? later.input.form : 'core';
  const [before, after] = [itemsByArea(earlier.instrument, form), itemsByArea(later.instrument, form)];
  const weightOf = (list: readonly Item[]) => list.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const codes = areasOf(later.instrument).map(({ code }) => code);
  const notCompared: string[] = [];
  const items = codes.map((area): [string, ReadonlySet<string>] => {
    const [first, second] = [before.get(area) ?? [], after.get(area) ?? []];
    const inBoth = new Set(first.map(({ code }) => code));
    const common = second.filter(({ code }) => inBoth.has(code) && (map === null || map.items.kept.includes(code)));
    const kept = new Set(common.map(({ code }) => code));
    const keepsHalf = [first, second].every(
      (list) => 2 * weightOf(list.filter(({ code }) => kept.has(code))) >= weightOf(list),
    );
    if (map !== null && (!keepsHalf || kept.size === 0 || !map.areas.kept.includes(area))) notCompared.push(area);
    return [area, kept];
  });
  return { items: new Map(items), notCompared };
}
