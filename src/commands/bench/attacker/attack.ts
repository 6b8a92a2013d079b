import { areasOf, type Instrument } from '../../../definitions/instrument';
import type { ReleasedPair, ReleasedRound, RoundInput } from '../../../scoring';
import { countsOfFew } from './counts';
import { meansAt, meansOfPair, meansOfRound } from './means';
import { answersOfFew, answersOfTheRest } from './multisets';
import { areaItems, cellsOf, type Cell } from './people';
import type { Success } from './success';
import { sumsOfFew } from './sums';
import { itemsAt, type AreaView } from './view';

/** What the attacker reads of one of two rounds, and what he is given: who rated what, never how. */
export interface Attacked {
  readonly instrument: Instrument;
  readonly input: RoundInput;
  readonly which: 'baseline' | 'followUp';
  /** What the other round asked. */
  readonly other: { readonly instrument: Instrument; readonly input: RoundInput };
  /** Both rounds' documents, this one's first. */
  readonly documents: readonly [own: ReleasedRound, other: ReleasedRound];
  readonly pair: ReleasedPair;
  /** Whom the distributions of an area count, by id; the attacker is told how many of each cell, never who. */
  readonly counted: (area: string) => ReadonlySet<string>;
}

/** All attacks on the numbers of one area. */
export function attackArea(view: AreaView, cells: readonly Cell[], k: number): readonly Success[] {
  return [...sumsOfFew(view, cells, k), ...answersOfFew(view, cells, k), ...answersOfTheRest(view, cells, k)];
}

/** All attacks on one of two rounds (anonymity §3, the attacker). */
export function attackRound(attacked: Attacked): readonly (Success & { readonly area: string | null })[] {
  const { instrument, input, which, other, documents, pair } = attacked;
  const [own] = documents;
  const compared = (area: string) =>
    Object.hasOwn(pair.change.areas[area]?.notCompared.areas ?? {}, area) ? [] : (pair.comparedItems[area] ?? []);
  const areas = areasOf(instrument)
    .map(({ code }) => code)
    .filter((area) => !input.outOfScope.includes(area))
    .map((area) => areaItems(instrument, input.form, area, compared(area)));
  const partly = new Set(areas.filter(({ items }) => items.some((item) => !item.compared)).map(({ area }) => area));
  const over = (area: string) => (partly.has(area) ? 'compared' : 'all');
  const otherIsWhole = (area: string) =>
    areaItems(other.instrument, other.input.form, area, compared(area)).items.every((item) => item.compared);
  const means = [
    meansOfRound(instrument, own),
    meansOfPair(instrument, { documents, pair, which, outOfScope: input.outOfScope, over, otherIsWhole }),
  ];
  const ofAreas = areas.flatMap((items) => {
    const { area } = items;
    const view: AreaView = { items, means: means.flatMap((one) => meansAt(one, area)), ...itemsAt(own, area) };
    const cells = cellsOf(instrument, input, items, attacked.counted(area));
    return attackArea(view, cells, input.k).map((success) => ({ ...success, area }));
  });
  const ofRound = countsOfFew(own, input.k);
  return [...ofAreas, ...ofRound.map((success) => ({ ...success, area: null }))];
}
