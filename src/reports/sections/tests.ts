import type { Delta, GapOfSides, GroupDelta } from '../../scoring';
import { areaPlace, areas, groupNames, holderName, indexPlace, longName, type Context } from '../context';
import { gapsAt, placesOf, rowsOf, type FigureRow, type Place } from '../figure-rows';
import { part, type Section } from '../section';
import { absentCell, numberCell, textCell, type Cell, type Column } from '../table';
import { gapVerdict, verdictWords } from '../verdicts';

/** The technical annex: what every verdict rests on, for the change between rounds and for the gap of the sides. */
export function testsSections(context: Context): readonly Section[] {
  return [...(context.two ? [changesSection(context)] : []), gapsSection(context)];
}

const statistics = ['se', 'df', 'p', 'adjustedP', 'interval', 'detectable'] as const;

function changesSection(context: Context): Section {
  const { w, input } = context;
  return {
    id: 'annex-tests',
    only: 'page',
    title: w.say('annex.tests'),
    lead: [w.say('annex.testsLead')],
    parts: placesOf(input.instrument).map((place) => {
      const rows = rowsOf(input, place).flatMap((row) => {
        const judged = row.change?.judged ?? null;
        return judged?.points == null ? [] : [{ row, judged }];
      });
      return part({
        table: {
          caption: captionOf(context, place),
          columns: columnsOf(context, 'column.holder', ['points', ...statistics, 'bothN', 'delta'], ['verdict']),
          rows: rows.map(({ row, judged }) => ({
            heading: holderName(context, row.holder),
            cells: [
              numberCell(w.points(judged.baseline ?? 0, judged.followUp ?? 0), judged.points ?? 0),
              ...statisticCells(context, judged),
              ...groupCells(context, judged),
              textCell(verdictOrWithheld(context, row, judged)),
            ],
          })),
          notes: borrowedNotes(
            context,
            rows.map(({ row, judged }) => [holderName(context, row.holder), judged]),
          ),
        },
      });
    }),
  };
}

function gapsSection(context: Context): Section {
  const { w, rounds, latest } = context;
  const places = [indexPlace, ...areas(context).map(({ code }) => areaPlace(code))];
  const found = places.flatMap((place) => {
    const gap = gapsAt(latest, place)?.sides;
    return gap?.points == null ? [] : [{ place, gap, points: gap.points }];
  });
  return {
    id: 'annex-gaps',
    only: 'page',
    title: w.say('annex.gaps'),
    lead: [w.say('annex.gapsLead', { round: rounds.at(-1)?.inside })],
    parts: [
      part({
        table: {
          caption: w.say('annex.gaps'),
          columns: columnsOf(context, 'column.place', ['difference', ...statistics], ['verdict']),
          rows: found.map(({ place, gap, points }) => ({
            heading: longName(context, place),
            cells: [
              numberCell(w.points(0, points), points),
              ...statisticCells(context, gap),
              textCell(gapVerdict(context, gap.verdict)),
            ],
          })),
          notes: borrowedNotes(
            context,
            found.map(({ place, gap }) => [longName(context, place), gap]),
          ),
        },
      }),
    ],
  };
}

function captionOf(context: Context, place: Place): string {
  return context.w.say(`annex.${place.level}`, { code: place.code, name: longName(context, place) });
}

function columnsOf({ w }: Context, heading: string, numbers: readonly string[], words: readonly string[]): Column[] {
  return [
    { text: w.say(heading), numeric: false },
    ...numbers.map((column) => ({ text: w.say(`column.${column}`), numeric: true })),
    ...words.map((column) => ({ text: w.say(`column.${column}`), numeric: false })),
  ];
}

/** One cell each of `statistics`; a dash where there is no test. */
function statisticCells({ w }: Context, one: Delta | GapOfSides): readonly Cell[] {
  const number = (value: number | null, decimals: number): Cell =>
    value === null ? absentCell('–', false) : numberCell(w.number(value, decimals), value);
  const probability = (value: number | null): Cell =>
    value === null ? absentCell('–', false) : numberCell(w.probability(value), value);
  const infinite = one.p !== null && one.df === null;
  return [
    number(one.se, 3),
    infinite ? { text: w.say('annex.infinite'), value: null, numeric: true } : number(one.df, 1),
    probability(one.p),
    probability(one.adjustedP),
    one.interval === null ? absentCell('–', false) : { text: w.span(one.interval), value: null, numeric: true },
    number(one.detectable, 2),
  ];
}

function groupCells({ w }: Context, judged: Delta | GroupDelta): readonly Cell[] {
  if (!('n' in judged)) return [absentCell('–', false), absentCell('–', false)];
  const { n, delta } = judged;
  return [
    {
      text: w.say('change.pair', { before: w.count(n.baseline), now: w.count(n.followUp) }),
      value: null,
      numeric: true,
    },
    delta === null ? absentCell('–', false) : numberCell(w.number(delta, 2), delta),
  ];
}

function verdictOrWithheld(context: Context, { holder }: FigureRow, judged: Delta | GroupDelta): string {
  const withheld = 'withheld' in judged ? judged.withheld : undefined;
  return withheld === undefined
    ? verdictWords(context, judged.verdict, holder)
    : context.w.say(`verdict.withheld.${withheld}`);
}

/** Whose spread is not their own: what rests on the same is said once, of all rows together. */
function borrowedNotes(context: Context, rows: readonly (readonly [string, Delta | GapOfSides])[]): string[] {
  const { w } = context;
  const alike = new Map<string, { names: string[]; one: Delta | GapOfSides }>();
  for (const [name, one] of rows) {
    const { borrowed = [] } = one;
    if (borrowed.length === 0 && !one.assumed) continue;
    const key = one.assumed ? 'assumed' : borrowed.join(' ');
    const found = alike.get(key);
    if (found) found.names.push(name);
    else alike.set(key, { names: [name], one });
  }
  return [...alike.values()].map(({ names, one: { assumed, borrowed = [] } }) => {
    const holder = w.list(names);
    if (assumed) return w.say('annex.assumed', { holder });
    return w.say('annex.borrowed', { holder, count: borrowed.length, groups: groupNames(context, borrowed) });
  });
}
