import { sides } from '../../definitions/instrument';
import type { GapOfPair, GapOfSides } from '../../scoring';
import { groupName, shortName, type Context } from '../context';
import { gapsAt, placesOf, type Place } from '../figure-rows';
import { gapVerdict } from '../verdicts';
import { judgedColumns, judgedValues } from './judged-columns';
import { column, plain, type Sheet, type SheetValue } from './sheet';

/** Where the sides, and every two groups, see it differently: each round, place and pair a line. */
export function gapsSheet(context: Context): Sheet {
  const { w, input, rounds } = context;
  const line = (round: string, place: Place, first: string, second: string, gap: GapOfSides | GapOfPair) => {
    const withheld = 'withheld' in gap ? gap.withheld : undefined;
    const pair = 'first' in gap;
    const said = pair
      ? w.say(`verdict.pair.${gap.verdict === 'higher' || gap.verdict === 'lower' ? 'differ' : gap.verdict}`)
      : gapVerdict(context, gap.verdict);
    const [a, b] = gap.figures ?? [null, null];
    return [
      ...[plain(round), w.say(`csv.levels.${place.level}`), place.code, plain(shortName(context, place))],
      ...[plain(first), plain(second), a, b, gap.points],
      withheld === undefined ? plain(said) : null,
      ...judgedValues(context, gap),
      pair ? gap.delta : null,
      withheld === undefined ? null : plain(w.say(`verdict.withheld.${withheld}`)),
    ] satisfies SheetValue[];
  };
  const [one, other] = sides.map((side) => w.say(`side.${side}.name`));
  return {
    name: w.say('sheets.gaps'),
    columns: [
      column(w.say('sheets.round'), 26),
      column(w.say('csv.level'), 13),
      column(w.say('csv.code'), 8),
      column(w.say('csv.name'), 34),
      column(w.say('sheets.first'), 30),
      column(w.say('sheets.second'), 30),
      column(w.say('sheets.firstScore'), 12, 2),
      column(w.say('sheets.secondScore'), 12, 2),
      column(w.say('column.difference'), 12, 'points'),
      column(w.say('column.verdict'), 34),
      ...judgedColumns(context),
      column(w.say('column.delta'), 10, 2),
      column(w.say('csv.reason'), 36),
    ],
    rows: rounds.flatMap(({ name, round }) =>
      placesOf(input.instrument).flatMap((place) => {
        const gaps = gapsAt(round, place);
        if (gaps === undefined) return [];
        return [
          ...(gaps.sides.points === null ? [] : [line(name, place, one ?? '', other ?? '', gaps.sides)]),
          ...gaps.pairs
            .filter(({ points }) => points !== null)
            .map((pair) => line(name, place, groupName(context, pair.first), groupName(context, pair.second), pair)),
        ];
      }),
    ),
  };
}
