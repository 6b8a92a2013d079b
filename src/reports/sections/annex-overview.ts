import { sides, type Side } from '../../definitions/instrument';
import { publishedPoints } from '../../shared/rounding';
import {
  holderName,
  indexPlace,
  scoreCell,
  shortName,
  sideHolder,
  standing,
  survey,
  whyWords,
  type Context,
} from '../context';
import type { Interval } from '../../scoring';
import { gapsAt, groupingOf, placesOf, rowOf, rowsOf, type FigureRow, type Holder, type Place } from '../figure-rows';
import { part, type Part, type Section } from '../section';
import { absentCell, numberCell, textCell, type Cell, type Row, type Table } from '../table';
import { gapVerdict, isOnEdge, verdictOf, verdictSign } from '../verdicts';

/**
 * All means of a report on one printed page, and what is certain of its changes: a line a place, a column a holder. What
 * the lines rest on (spreads, tests, every group's change) is in the spreadsheet, which has room for it.
 */
export function overviewSections(context: Context): readonly Section[] {
  const { w, two } = context;
  return [
    {
      id: 'annex-overview',
      title: w.say('overview.title'),
      lead: [w.say('overview.lead')],
      only: 'print',
      parts: [
        ...context.rounds.map((_round, at) => part({ table: meansTable(context, at) })),
        ...(two ? [changesPart(context)] : []),
        ...gapsPart(context),
      ],
    },
  ];
}

/** Means of one round; under a group's mean its n. */
function meansTable(context: Context, at: number): Table {
  const { w, input, rounds } = context;
  const round = rounds[at];
  if (round === undefined) throw new Error(`There is no round ${at}.`);
  const shown = rowsOf(input, indexPlace)
    .map(({ holder }) => holder)
    .filter((holder) => holder.kind !== 'group' || isShown(round, holder.code))
    .filter((holder) => holder.kind !== 'agreed' || round.round.agreed !== null);
  return {
    caption: round.name,
    columns: [
      { text: w.say('column.place'), numeric: false },
      ...shown.map((holder) => ({ text: holderName(context, holder), numeric: true })),
    ],
    rows: placesOf(input.instrument).map((place) => ({
      ...headed(context, place),
      cells: shown.map((holder) => meanCell(context, rowOf(input, place, holder), at)),
    })),
    notes: [],
  };
}

function isShown({ round }: Context['rounds'][number], group: string): boolean {
  return (
    groupingOf(round, group) === null && ((round.respondents[group] ?? 0) > 0 || round.hiddenGroups.includes(group))
  );
}

function meanCell(context: Context, { figures }: FigureRow, at: number): Cell {
  const { w } = context;
  const figure = figures[at];
  const cell = scoreCell(context, figure?.mean ?? null, figure?.why ?? null);
  return figure?.mean == null || figure.n === null
    ? cell
    : { ...cell, text: w.say('overview.mean', { mean: cell.text, n: w.count(figure.n) }) };
}

/** Joint figures and both sides: change, its interval, and the verdict as the sign that the charts have. */
function changesPart(context: Context): Part {
  const { w, input } = context;
  const holders: readonly Holder[] = [survey, ...sides.map((side: Side) => sideHolder(side))];
  return part({
    title: w.say('overview.changes'),
    table: {
      caption: w.say('overview.changesCaption'),
      spans: [
        { text: '', columns: 1 },
        ...holders.map((holder) => ({ text: holderName(context, holder), columns: holder.kind === 'survey' ? 4 : 3 })),
      ],
      columns: [
        { text: w.say('column.place'), numeric: false },
        ...holders.flatMap(({ kind }) => [
          { text: w.say('column.points'), numeric: true },
          { text: w.say('overview.interval'), numeric: true },
          ...(kind === 'survey' ? [{ text: w.say('column.adjustedP'), numeric: true }] : []),
          { text: w.say('overview.sign'), numeric: false },
        ]),
      ],
      rows: placesOf(input.instrument).map((place) => ({
        ...headed(context, place),
        cells: holders.flatMap((holder) => changeCellsOf(context, place, holder)),
      })),
      notes: [w.say('overview.signs')],
    },
  });
}

/** How far the sides are apart in the later round, and how certain that is. */
function gapsPart(context: Context): readonly Part[] {
  const { w, input, latest, rounds } = context;
  const rows = placesOf(input.instrument).flatMap((place): Row[] => {
    const gap = gapsAt(latest, place)?.sides;
    if (gap?.points == null) return [];
    const { points, interval, adjustedP: p, verdict } = gap;
    const dash = absentCell('–', false);
    return [
      {
        ...headed(context, place),
        cells: [
          numberCell(w.points(0, points), points),
          interval === null ? dash : { text: intervalWords(context, interval), value: null, numeric: true },
          p === null ? dash : numberCell(w.probability(p), p),
          textCell(gapVerdict(context, verdict)),
        ],
      },
    ];
  });
  if (rows.length === 0) return [];
  return [
    part({
      title: w.say('overview.gaps'),
      table: {
        caption: w.say('overview.gapsCaption', { round: rounds.at(-1)?.inside }),
        columns: [
          { text: w.say('column.place'), numeric: false },
          { text: w.say('column.difference'), numeric: true },
          { text: w.say('overview.interval'), numeric: true },
          { text: w.say('column.adjustedP'), numeric: true },
          { text: w.say('column.verdict'), numeric: false },
        ],
        rows,
        notes: [],
      },
    }),
  ];
}

function changeCellsOf(context: Context, place: Place, holder: Holder): readonly Cell[] {
  const { w, input } = context;
  const { before, now, compared } = standing(context, place, holder);
  const change = rowOf(input, place, holder).change;
  const judged = change?.judged ?? null;
  const dash = absentCell('–', false);
  const withP = holder.kind === 'survey';
  if (!compared || before === null || now === null) {
    const why = change?.why ?? null;
    const first = why === null ? dash : absentCell(whyWords(context, why), why === 'hidden');
    return [first, dash, ...(withP ? [dash] : []), textCell('–')];
  }
  const p = judged?.adjustedP ?? null;
  return [
    numberCell(w.points(before, now), publishedPoints(before, now)),
    judged?.interval == null ? dash : { text: intervalWords(context, judged.interval), value: null, numeric: true },
    ...(withP ? [p === null ? dash : numberCell(w.probability(p), p)] : []),
    textCell(signOf(context, place, holder)),
  ];
}

/** „+0,29; +0,69”: one line in a narrow column. */
function intervalWords({ w }: Context, [low, high]: Interval): string {
  return w.say('overview.ends', { low: w.points(0, low), high: w.points(0, high) });
}

function signOf(context: Context, place: Place, holder: Holder): string {
  const sign = verdictSign(verdictOf(context, place, holder));
  return isOnEdge(context, place, holder) ? `${sign}*` : sign === '' ? '–' : sign;
}

function headed(context: Context, place: Place): Pick<Row, 'heading' | 'kind'> {
  const { level, code } = place;
  // Short names keep each place on one line; their codes find the long ones.
  if (level === 'area') return { heading: `${code} ${shortName(context, place)}`, kind: 'part' };
  return {
    heading: level === 'plane' ? `${code} ${shortName(context, place)}` : shortName(context, place),
    kind: 'total',
  };
}
