import { sides } from '../../definitions/instrument';
import type { Language } from '../../locales/translate';
import { dotLook, type Chart, type Holds } from '../charts/chart';
import { dotChart, type Series } from '../charts/rows';
import {
  areaPlace,
  areas,
  contextOf,
  holderName,
  shortName,
  standing,
  survey,
  whyWords,
  type Context,
} from '../context';
import { placesOf, rowsOf, type Holder, type Place } from '../figure-rows';
import type { ReportInput, ReportRound } from '../input';
import { part, type Part, type Section } from '../section';
import { verdictOf, verdictWords } from '../verdicts';
import { wordingOf } from '../wording';
import { placeTable } from './annex';
import { areaAnswers } from './answers';
import { placeFinding } from './findings';
import { placesTable } from './places-table';
import { reasonsOf } from './planes';
import { dotSeries } from './round-dots';

/** What a reader asked to see alone: one place or all, one view of it or all, one round or all. */
export interface Choice {
  readonly place: string | null;
  readonly holder: string | null;
  readonly round: string | null;
}

interface Option {
  readonly value: string;
  readonly text: string;
}

/** What can be chosen: index, planes and areas; everybody who has a figure; the rounds. */
export interface Choices {
  readonly places: readonly Option[];
  readonly holders: readonly Option[];
  /** Empty in a report of one round. */
  readonly rounds: readonly Option[];
}

export function choicesOf(input: ReportInput, language: Language): Choices {
  const context = contextOf(input, wordingOf(language));
  return {
    places: placesOf(input.instrument).map((place) => ({
      value: place.code,
      text: place.level === 'area' ? `${place.code} ${shortName(context, place)}` : shortName(context, place),
    })),
    holders: holdersOf(input).map((holder) => ({ value: codeOf(holder), text: holderName(context, holder) })),
    rounds: context.two ? context.rounds.map(({ name, round }) => ({ value: round.name, text: name })) : [],
  };
}

/** The chosen figures as one section; null where nothing was chosen, or what nobody knows. */
export function chosenSection(input: ReportInput, language: Language, choice: Choice): Section | null {
  const place = placesOf(input.instrument).find(({ code }) => code === choice.place) ?? null;
  const holder = holdersOf(input).find((one) => codeOf(one) === choice.holder) ?? null;
  const round = input.rounds.find(({ name }) => name === choice.round) ?? null;
  if (place === null && holder === null && round === null) return null;
  const context = contextOf(ofRound(input, round), wordingOf(language));
  const { w } = context;
  const about = [
    ...(place === null ? [] : [shortName(context, place)]),
    ...(holder === null ? [] : [holderName(context, holder)]),
    ...(round === null ? [] : [context.rounds[0]?.inside ?? '']),
  ];
  return {
    id: 'chosen',
    title: w.say('chosen.title', { about: about.join(', ') }),
    lead: [],
    parts: place === null ? [everyPlace(context, holder ?? survey)] : onePlace(context, place, holder),
  };
}

function ofRound(input: ReportInput, round: ReportRound | null): ReportInput {
  return round === null || input.rounds.length === 1
    ? input
    : { ...input, rounds: [round], change: null, agreedChange: null };
}

function holdersOf(input: ReportInput): readonly Holder[] {
  return rowsOf(input, { level: 'index', code: 'index' }).map(({ holder }) => holder);
}

function codeOf(holder: Holder): string {
  // A side and a group may have one code.
  return 'code' in holder ? `${holder.kind}-${holder.code}` : holder.kind;
}

function everyPlace(context: Context, holder: Holder): Part {
  const { w } = context;
  const places = areas(context).map(({ code }) => areaPlace(code));
  const finding = findingOf(context, { level: 'index', code: 'index' }, holder);
  return part({
    finding,
    chart: dotChart({
      id: 'chart-chosen',
      alt: finding,
      scale: context.scale,
      rows: places.map((place) => shortName(context, place)),
      series: dotSeries(context, places, holder, (_all, form) => dotLook(holdsOf(holder), form)),
    }),
    table: placesTable(context, holder, w.say('chosen.caption', { holder: holderName(context, holder) })),
  });
}

function onePlace(context: Context, place: Place, holder: Holder | null): readonly Part[] {
  const { input } = context;
  const finding = findingOf(context, place, holder ?? survey);
  const asked = holder === null ? null : codeOf(holder);
  const plane = input.instrument.planes.find(({ areas: own }) => own.some(({ code }) => code === place.code));
  const reasons =
    plane === undefined
      ? []
      : reasonsOf(context, { ...plane, areas: plane.areas.filter(({ code }) => code === place.code) });
  const answers = place.level === 'area' && holder === null ? areaAnswers(context, place.code) : null;
  return [
    part({
      finding,
      chart: holder === null ? holdersChart(context, place, finding) : null,
      table: placeTable(context, place, (one) => asked === null || codeOf(one) === asked),
    }),
    ...(answers === null ? [] : [{ ...answers, chart: renamed(answers.chart) }]),
    ...(reasons.length > 0 && (holder === null || holder.kind === 'agreed')
      ? [part({ title: context.w.say('plane.agreed'), reasons })]
      : []),
  ];
}

/** „Konsultacje: z 2,74 na 3,56 (+0,82 punktu, +30 %), pewny wzrost.” */
function findingOf(context: Context, place: Place, holder: Holder): string {
  const one = standing(context, place, holder);
  if (one.now === null) return `${shortName(context, place)}: ${whyWords(context, one.whyNow)}.`;
  const verdict = verdictOf(context, place, holder);
  const said = verdict === null ? '' : `, ${verdictWords(context, verdict, holder)}`;
  return `${placeFinding(context, place, holder)}${said}.`;
}

/** Everybody's view of one place, a row each. */
function holdersChart(context: Context, place: Place, alt: string): Chart {
  const { w } = context;
  const shown = rowsOf(context.input, place).filter(
    ({ holder, figures }) =>
      holder.kind !== 'group' || figures.some(({ mean, why }) => mean !== null || why === 'hidden'),
  );
  const all = shown.map(({ holder }) => standing(context, place, holder));
  return dotChart({
    id: 'chart-chosen',
    alt,
    scale: context.scale,
    rows: shown.map(({ holder }) => holderName(context, holder)),
    series: context.rounds.map(({ name, form }): Series => {
      const before = form === 'before';
      const values = all.map((one) => (before ? one.before : one.now));
      return {
        name,
        look: dotLook(
          shown.map(({ holder }) => holdsOf(holder)),
          form,
        ),
        values,
        labels: values.map((value) => (value === null ? null : w.score(value))),
        absent: all.map((one, at) =>
          values[at] === null ? whyWords(context, before ? one.whyBefore : one.whyNow) : null,
        ),
      };
    }),
  });
}

function holdsOf(holder: Holder): Holds {
  if (holder.kind === 'side') return holder.code;
  return holder.kind === 'group' ? (sides.find((side) => side === holder.side) ?? 'neither') : 'survey';
}

/** The same picture stands in the annex: its place in the page has a name of its own here. */
function renamed(chart: Chart | null): Chart | null {
  return chart === null ? null : { ...chart, id: `chosen-${chart.id}` };
}
