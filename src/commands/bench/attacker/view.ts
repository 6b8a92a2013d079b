import type { ReleasedPair, ReleasedRound, RoundInput } from '../../../scoring';
import type { Instrument } from '../../../definitions/instrument';
import type { AreaView, Range } from './attack';
import { areaItems } from './people';

/** What a figure that was rounded to 2 decimals says of the true one. */
const about = (value: number): Range => [value - 0.005 - 1e-7, value + 0.005 + 1e-7];

/** All that is published of an area of one round: by the round's own document, and by the comparison. */
export function viewOf(
  instrument: Instrument,
  input: RoundInput,
  area: string,
  released: ReleasedRound,
  pair: ReleasedPair,
  which: 'baseline' | 'followUp',
): AreaView {
  const items = areaItems(instrument, input.form, area);
  const figures = Object.entries(released.scorecard.areas[area]?.groups ?? {});
  const means = figures.flatMap(([code, figure]): AreaView['means'][number][] => {
    if ('hidden' in figure || figure.mean === null) return [];
    const sd = figure.sd === null ? null : about(figure.sd);
    return [{ of: 'all', members: code.split('+'), mean: about(figure.mean), sd }];
  });
  const of = pair.form === input.form ? 'all' : 'core';
  const compared = Object.entries(pair.change.areas[area]?.groups ?? {}).flatMap(
    ([code, change]): AreaView['means'][number][] => {
      const mean = change[which];
      return mean === null ? [] : [{ of, members: code.split('+'), mean: about(mean), sd: null }];
    },
  );
  const { holders = [], without = [] } = released.items[area] ?? {};
  const distributions = holders.flatMap(({ holder, ratings }) => {
    const entering = released.groups.filter(
      ({ code, side }) => (holder === 'everyone' || side === holder) && !without.includes(code),
    );
    const shown = entering.filter(({ code }) => figures.some(([group, one]) => group === code && !('hidden' in one)));
    return Object.entries(ratings).map(([item, counts]) => ({
      item,
      of: 'complete' as const,
      members: shown.flatMap(({ parts }) => parts),
      counts: ['1', '2', '3', '4', '5'].map((rating) => counts[rating] ?? 0),
    }));
  });
  return { items, means: [...means, ...compared], distributions };
}
