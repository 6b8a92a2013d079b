import { publishedPercent, publishedPoints, round2, roundedOrNull } from '../../shared/rounding';
import { holderName, shortName, type Context } from '../context';
import { figureRows, type FigureRow } from '../figure-rows';
import { isOnEdge, verdictWords } from '../verdicts';
import { judgedColumns, judgedValues } from './judged-columns';
import { column, plain, valueOr, type Sheet, type SheetColumn, type SheetValue } from './sheet';

/** Every figure of every round, a line a place and holder. */
export function scoresSheet(context: Context): Sheet {
  const { w, input, rounds } = context;
  const own = (round: string): SheetColumn[] => [
    column(`${round}: ${w.say('csv.mean')}`, 14, 2),
    column(`${round}: ${w.say('csv.n')}`, 8, 0),
    column(`${round}: ${w.say('csv.sd')}`, 14, 2),
    column(`${round}: ${w.say('csv.low')}`, 14, 2),
    column(`${round}: ${w.say('csv.high')}`, 14, 2),
    column(`${round}: ${w.say('csv.reason')}`, 30),
  ];
  return {
    name: w.say('sheets.scores'),
    columns: [...placeColumns(context), ...rounds.flatMap(({ short }) => own(short))],
    rows: figureRows(input).map((row) => [
      ...placeValues(context, row),
      ...row.figures.flatMap((figure): SheetValue[] => {
        const { mean, n, sd, interval, why, withheld } = figure;
        const [low, high] = interval ?? [null, null];
        const reason =
          why !== null ? w.say(`csv.why.${why}`) : withheld === null ? null : w.say('verdict.withheld.few');
        return [
          valueOr(context, roundedOrNull(mean), why),
          ...[n, roundedOrNull(sd), roundedOrNull(low), roundedOrNull(high)],
          reason === null ? null : plain(reason),
        ];
      }),
    ]),
  };
}

/** What changed and what may be said of it, with what that rests on; null in a report of one round. */
export function changesSheet(context: Context): Sheet | null {
  const { w, input, two } = context;
  if (!two) return null;
  return {
    name: w.say('sheets.changes'),
    columns: [
      ...placeColumns(context),
      column(w.say('csv.baseline'), 14, 2),
      column(w.say('csv.followUp'), 14, 2),
      column(w.say('csv.points'), 12, 'points'),
      column(w.say('csv.percent'), 12, 'percent'),
      column(w.say('column.verdict'), 26),
      ...judgedColumns(context),
      column(w.say('column.detectable'), 12, 2),
      column(w.say('sheets.nBefore'), 10, 0),
      column(w.say('sheets.nNow'), 10, 0),
      column(w.say('column.delta'), 10, 2),
      column(w.say('csv.reason'), 36),
    ],
    rows: figureRows(input).map((row) => [...placeValues(context, row), ...changeValues(context, row)]),
  };
}

function changeValues(context: Context, row: FigureRow): readonly SheetValue[] {
  const { w } = context;
  const { change, holder, place } = row;
  const empty = (count: number): null[] => Array.from({ length: count }, () => null);
  if (change === null) return empty(16);
  const { baseline, followUp, judged } = change;
  // A change without a percent has its two figures all the same.
  if (baseline === null || followUp === null) {
    const why = valueOr(context, null, change.why);
    return [why, why, ...empty(13), plain(w.say(`csv.why.${change.why ?? 'no-answers'}`))];
  }
  const percent = publishedPercent(baseline, followUp);
  const figures = [round2(baseline), round2(followUp), publishedPoints(baseline, followUp), percent];
  if (judged === null) return [...figures, null, ...empty(10), reasonOf(context, row)];
  const n = 'n' in judged ? judged.n : null;
  const withheld = 'withheld' in judged ? judged.withheld : undefined;
  const edge = isOnEdge(context, place, holder) ? ` (${w.say('verdict.edge')})` : '';
  return [
    ...figures,
    withheld === undefined ? plain(`${verdictWords(context, judged.verdict, holder)}${edge}`) : null,
    ...judgedValues(context, judged),
    ...[judged.detectable, n?.baseline ?? null, n?.followUp ?? null],
    'delta' in judged ? judged.delta : null,
    withheld === undefined ? reasonOf(context, row) : plain(w.say(`verdict.withheld.${withheld}`)),
  ];
}

function reasonOf({ w }: Context, { change }: FigureRow): string | null {
  return change?.why == null ? null : plain(w.say(`csv.why.${change.why}`));
}

function placeColumns({ w }: Context): readonly SheetColumn[] {
  return [
    column(w.say('csv.level'), 13),
    column(w.say('csv.code'), 8),
    column(w.say('csv.name'), 34),
    column(w.say('csv.kind'), 18),
    column(w.say('csv.holder'), 32),
  ];
}

function placeValues(context: Context, { place, holder }: FigureRow): readonly SheetValue[] {
  const { w } = context;
  return [
    w.say(`csv.levels.${place.level}`),
    place.code,
    plain(shortName(context, place)),
    w.say(`csv.kinds.${holder.kind}`),
    plain(holderName(context, holder)),
  ];
}
