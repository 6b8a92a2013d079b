import type { Language } from '../../locales/translate';
import { publishedPercent, publishedPoints, round2, roundedOrNull } from '../../shared/rounding';
import { contextOf, holderName, longName, type Context } from '../context';
import { figureRows, type FigureRow } from '../figure-rows';
import type { ReportInput } from '../input';
import { verdictCell, verdictOf } from '../verdicts';
import { wordingOf } from '../wording';
import { csvText, type CsvValue as Value } from './csv-text';

/**
 * One round's figures for a spreadsheet: one line per area, plane and index, and per holder. Figures only, never single
 * answers, with what the scorecard hides hidden.
 *
 * @param at which of the report's rounds
 */
export function roundFiguresCsv(input: ReportInput, at: number, language: Language): string {
  const context = contextOf(input, wordingOf(language));
  return csvText(language, [
    [...placeColumns, 'mean', 'n', 'sd', 'low', 'high', 'reason'].map((column) =>
      plain(context.w.say(`csv.${column}`)),
    ),
    ...figureRows(input).map((row) => [...placeCells(context, row), ...figureCells(context, row, at)]),
  ]);
}

/** Both rounds' figures beside each other, and what changed over the groups and areas that both have. */
export function comparisonFiguresCsv(input: ReportInput, language: Language): string {
  const context = contextOf(input, wordingOf(language));
  const { w, rounds } = context;
  const own = ['mean', 'n', 'sd', 'low', 'high', 'reason'];
  return csvText(language, [
    [
      ...placeColumns.map((column) => plain(w.say(`csv.${column}`))),
      ...rounds.flatMap(({ short }) => own.map((column) => plain(`${short}: ${w.say(`csv.${column}`)}`))),
      ...['baseline', 'followUp', 'points', 'percent', 'reason', ...judgedColumns].map((column) =>
        plain(w.say(`csv.${column}`)),
      ),
    ],
    ...figureRows(input).map((row) => [
      ...placeCells(context, row),
      ...rounds.flatMap((_round, at) => figureCells(context, row, at)),
      ...changeCells(context, row),
      ...judgedCells(context, row),
    ]),
  ]);
}

const placeColumns = ['level', 'code', 'name', 'kind', 'holder'];

function placeCells(context: Context, { place, holder }: FigureRow): Value[] {
  const { w } = context;
  return [
    w.say(`csv.levels.${place.level}`),
    place.code,
    plain(longName(context, place)),
    w.say(`csv.kinds.${holder.kind}`),
    plain(holderName(context, holder)),
  ];
}

function figureCells({ w }: Context, { figures }: FigureRow, at: number): Value[] {
  const figure = figures[at];
  if (figure === undefined) return [null, null, null, null, null, null];
  const { mean, n, sd, interval, why } = figure;
  const [low, high] = interval ?? [null, null];
  const reason = why === null ? null : plain(w.say(`csv.why.${why}`));
  return [roundedOrNull(mean), n, roundedOrNull(sd), roundedOrNull(low), roundedOrNull(high), reason];
}

function changeCells({ w }: Context, { change }: FigureRow): Value[] {
  if (change === null) return [null, null, null, null, null];
  const { baseline, followUp, why } = change;
  const reason = why === null ? null : plain(w.say(`csv.why.${why}`));
  if (baseline === null || followUp === null) return [null, null, null, null, reason];
  return [
    ...[round2(baseline), round2(followUp), publishedPoints(baseline, followUp), publishedPercent(baseline, followUp)],
    reason,
  ];
}

/** What may be said of the change, and what it rests on: as on the page and in the technical annex. */
const judgedColumns = ['verdict', 'withheld', 'se', 'df', 'p', 'adjustedP', 'changeLow', 'changeHigh', 'delta'];

function judgedCells(context: Context, { holder, place, change }: FigureRow): Value[] {
  const { w } = context;
  if (change === null || change.judged === null || verdictOf(context, place, holder) === null) {
    return judgedColumns.map((): Value => null);
  }
  const { judged } = change;
  const withheld = 'withheld' in judged ? judged.withheld : undefined;
  const [low, high] = judged.interval ?? [null, null];
  const delta = 'delta' in judged ? judged.delta : null;
  const numbers: readonly (number | null)[] = [judged.se, judged.df, judged.p, judged.adjustedP, low, high, delta];
  return [
    withheld === undefined ? plain(verdictCell(context, place, holder).text) : null,
    withheld === undefined ? null : plain(w.say(`verdict.withheld.${withheld}`)),
    // Infinite degrees of freedom (an assumed variance) stand empty beside a p that does not.
    ...numbers,
  ];
}

/** Spaces that keep words together on a page only disturb a search in a spreadsheet. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
