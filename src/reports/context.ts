import { areasOf, sides, type Area, type Side } from '../definitions/instrument';
import { publishedPercent, round2, roundedOrNull } from '../shared/rounding';
import type { RoundForm } from './charts/chart';
import { placeName, rowOf, type FigureRow, type Holder, type Place, type Why } from './figure-rows';
import type { ReportInput, ReportRound } from './input';
import { absentCell, numberCell, type Cell } from './table';
import type { Wording } from './wording';

/** What every section is built from: figures, words, and the two together. */
export interface Context {
  readonly input: ReportInput;
  readonly w: Wording;
  readonly rounds: readonly RoundWords[];
  /** Whether two rounds are compared. */
  readonly two: boolean;
  /** The later round, or the only one. */
  readonly latest: ReportRound;
  readonly scale: { readonly min: number; readonly max: number };
}

export interface RoundWords {
  readonly round: ReportRound;
  /** „Runda początkowa (2024)”. */
  readonly name: string;
  /** „runda początkowa (2024)”, inside a sentence or a heading. */
  readonly inside: string;
  /** „2024” where the years tell the rounds apart, else „początkowa”. */
  readonly tiny: string;
  /** „początkowa (2024)”, for legends and headings of columns. */
  readonly short: string;
  readonly form: RoundForm;
}

export const survey: Holder = { kind: 'survey' };
export const agreedHolder: Holder = { kind: 'agreed' };
export const sideHolder = (side: Side): Holder => ({ kind: 'side', code: side });
export const areaPlace = (code: string): Place => ({ level: 'area', code });
export const indexPlace: Place = { level: 'index', code: 'index' };

export function contextOf(input: ReportInput, w: Wording): Context {
  const latest = input.rounds.at(-1);
  const { scale } = input.instrument;
  if (latest === undefined) throw new Error('A report needs a round.');
  const two = input.rounds.length > 1;
  const years = input.rounds.map(({ assessedYear }) => assessedYear);
  const yearsDiffer = !years.includes(null) && new Set(years).size === years.length;
  const rounds = input.rounds.map((round, at): RoundWords => {
    const year = round.assessedYear === null ? '' : ` (${round.assessedYear})`;
    return {
      round,
      name: `${w.say(`round.${round.name}.name`)}${year}`,
      inside: `${w.say(`round.${round.name}.inside`)}${year}`,
      tiny: yearsDiffer ? String(round.assessedYear) : w.say(`round.${round.name}.short`),
      short: `${w.say(`round.${round.name}.short`)}${year}`,
      form: two && at === 0 ? 'before' : 'now',
    };
  });
  return { input, w, rounds, two, latest, scale };
}

/** What stands for a place and a holder in pictures and sentences. */
export interface Standing {
  /** Rounded; of two rounds the compared figures, where both rounds have them. */
  readonly before: number | null;
  readonly now: number | null;
  readonly whyBefore: Why | null;
  readonly whyNow: Why | null;
  /** Both are compared figures: a change may be told. */
  readonly compared: boolean;
}

/**
 * With two rounds the compared figures (over groups and areas that both rounds have); where there are none, each
 * round's own, and no change is told.
 */
export function standingOf(row: FigureRow): Standing {
  const [first, last] = [row.figures[0], row.figures.at(-1)];
  if (row.change !== null && row.change.baseline !== null && row.change.followUp !== null) {
    const { baseline, followUp } = row.change;
    return { before: round2(baseline), now: round2(followUp), whyBefore: null, whyNow: null, compared: true };
  }
  const own = (figure: typeof first) => roundedOrNull(figure?.mean);
  const single = row.figures.length < 2;
  return {
    before: single ? null : own(first),
    now: own(last),
    whyBefore: single ? null : (first?.why ?? null),
    whyNow: last?.why ?? null,
    compared: false,
  };
}

export function standing({ input }: Context, place: Place, holder: Holder): Standing {
  return standingOf(rowOf(input, place, holder));
}

export function areas({ input }: Context): readonly Area[] {
  return areasOf(input.instrument);
}

export function shortName({ input, w }: Context, place: Place): string {
  const named = placeName(input.instrument, place);
  return named === null ? w.say('index') : w.text(named.shortName);
}

export function longName({ input, w }: Context, place: Place): string {
  const named = placeName(input.instrument, place);
  return named === null ? w.say('index') : w.text(named.name);
}

export function groupName({ input, w }: Context, code: string): string {
  const group = input.instrument.groups.find((one) => one.code === code);
  return group === undefined ? code : w.text(group.name);
}

export function groupNames(context: Context, codes: readonly string[]): string {
  return context.w.list(codes.map((code) => groupName(context, code)));
}

export function holderName(context: Context, holder: Holder): string {
  switch (holder.kind) {
    case 'survey':
      return context.w.say('holder.survey');
    case 'agreed':
      return context.w.say('holder.agreed');
    case 'side':
      return context.w.say(`side.${holder.code}.name`);
    case 'group':
      return context.w.text(holder.name);
  }
}

/** „ukryto”, „brak odpowiedzi”. */
export function whyWords({ w }: Context, why: Why | null): string {
  return w.say(`why.${why ?? 'no-answers'}`);
}

export function scoreCell(context: Context, value: number | null, why: Why | null): Cell {
  return value === null
    ? absentCell(whyWords(context, why), why === 'hidden')
    : numberCell(context.w.score(value), round2(value));
}

/** Points and percent of a change; where nothing is compared, one dash each. */
export function changeCells({ w }: Context, { before, now, compared }: Standing): readonly Cell[] {
  if (!compared || before === null || now === null) return [absentCell('–', false), absentCell('–', false)];
  const percent = w.percent(before, now);
  return [
    numberCell(w.points(before, now), round2(now - before)),
    percent === null ? absentCell('–', false) : numberCell(percent, publishedPercent(before, now) ?? 0),
  ];
}

export function pointsOf({ before, now, compared }: Standing): number | null {
  return compared && before !== null && now !== null ? round2(now - before) : null;
}

/** The two sides of a place in the latest round, and their gap (administration less NGO) in points. */
export function gapAt(context: Context, place: Place) {
  const of = (side: Side) => rowOf(context.input, place, sideHolder(side)).figures.at(-1);
  const [administration, ngo] = sides.map(of);
  const [high, low] = [administration, ngo].map((figure) => roundedOrNull(figure?.mean));
  return {
    administration: high ?? null,
    ngo: low ?? null,
    why: { administration: administration?.why ?? null, ngo: ngo?.why ?? null },
    gap: high == null || low == null ? null : round2(high - low),
  };
}

/** „z 2,14 na 3,42 (+1,28 punktu, +60 %)”; without a change „2,14”. */
export function changeWords({ w }: Context, standing: Standing): string {
  const { before, now, compared } = standing;
  if (now === null) return '';
  if (!compared || before === null) return w.score(now);
  const percent = w.percent(before, now);
  return w.say(percent === null ? 'change.points' : 'change.full', {
    ...{ before: w.score(before), now: w.score(now) },
    ...{ points: w.points(before, now), percent },
  });
}

/** „+1,28 punktu, +60 %”; null where no change is told. */
export function shortChange({ w }: Context, { before, now, compared }: Standing): string | null {
  if (!compared || before === null || now === null) return null;
  const [points, percent] = [w.points(before, now), w.percent(before, now)];
  return w.say(percent === null ? 'change.shortPoints' : 'change.short', { points, percent });
}
