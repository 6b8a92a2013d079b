import type { Context } from '../context';
import type { ReportRecommendation, ReviewedRecommendation } from '../input';
import { areaWords } from '../sections/recommendations';
import { column, plain, type Sheet, type SheetValue } from './sheet';

/** What the working group recommended and what became of it, each in a line; null where it recommended nothing. */
export function recommendationsSheet(context: Context): Sheet | null {
  const { w, rounds } = context;
  const baseline = rounds.find(({ round }) => round.name === 'baseline')?.name ?? w.say('round.baseline.name');
  const common = (
    round: string,
    at: number,
    { area, what, who, due }: ReportRecommendation | ReviewedRecommendation,
  ): SheetValue[] => [
    ...[plain(round), at + 1, area, plain(areaWords(context, area)), what],
    ...[who === '' ? null : who, due],
  ];
  const words = (given: string): SheetValue => (given === '' ? null : given);
  const rows = rounds.flatMap(({ name, round }) => [
    ...round.reviewed.map((one, at): SheetValue[] => [
      ...common(baseline, at, one),
      null,
      plain(w.say(`recommendations.fate.${one.fate ?? 'open'}`)),
      ...[words(one.why), words(one.evidence)],
    ]),
    ...round.recommendations.map((one, at): SheetValue[] => [
      ...common(name, at, one),
      one.priority ? w.say('recommendations.sheet.yes') : null,
      plain(w.say(`recommendations.state.${one.state}`)),
      ...[words(one.remark), null],
    ]),
  ]);
  if (rows.length === 0) return null;
  return {
    name: w.say('recommendations.title'),
    columns: [
      column(w.say('sheets.round'), 26),
      column(w.say('recommendations.sheet.number'), 6, 0),
      column(w.say('csv.code'), 8),
      column(w.say('column.area'), 34),
      column(w.say('recommendations.sheet.what'), 80),
      column(w.say('recommendations.who'), 34),
      column(w.say('recommendations.sheet.due'), 20),
      column(w.say('recommendations.sheet.priority'), 16),
      column(w.say('recommendations.sheet.fate'), 20),
      column(w.say('recommendations.remark'), 60),
      column(w.say('recommendations.evidence'), 40),
    ],
    rows,
  };
}
