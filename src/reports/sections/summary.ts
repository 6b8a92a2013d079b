import type { Chart } from '../charts/chart';
import { radarChart } from '../charts/radar';
import {
  agreedHolder,
  areaPlace,
  areas,
  changeWords,
  indexPlace,
  shortChange,
  shortName,
  standing,
  survey,
  whyWords,
  type Context,
} from '../context';
import type { Holder } from '../figure-rows';
import type { Table } from '../table';
import { areaCodes, areasFinding, gapFinding, rankedAreas } from './findings';
import { limitsOf } from './limits';
import { smallGroups, respondentsShown, totalWords } from './participation';
import { placesTable } from './places-table';
import { surveyChart } from './planes';

/** What somebody with two minutes reads. */
export interface Summary {
  readonly title: string;
  /** Survey and, where there is one, agreed index, then and now. */
  readonly indices: readonly IndexFigure[];
  readonly finding: string;
  readonly strengths: readonly Ranked[];
  readonly weaknesses: readonly Ranked[];
  readonly gap: string | null;
  readonly radar: Chart;
  readonly changes: Chart;
  /** The same with narrow rows, for the two pages. */
  readonly changesShort: Chart;
  readonly changesFinding: string | null;
  /** The figures of both charts. */
  readonly table: Table;
  readonly limits: readonly string[];
  /** How it was made, a line each. */
  readonly made: readonly string[];
}

export interface IndexFigure {
  readonly name: string;
  readonly before: string | null;
  readonly now: string;
  /** „+0,55 punktu, +23 %”; null where no change is told. */
  readonly change: string | null;
  readonly beforeRound: string | null;
  readonly nowRound: string;
}

export interface Ranked {
  readonly name: string;
  readonly score: string;
}

export function summaryOf(context: Context): Summary {
  const { w, input, rounds, two } = context;
  const holders = [survey, ...(rounds.some(({ round }) => round.agreed !== null) ? [agreedHolder] : [])];
  const ranked = rankedAreas(context).map(({ place, value }) => ({
    name: shortName(context, place),
    score: w.score(value),
  }));
  // An area is never a strength and a weakness at once.
  const many = Math.min(3, Math.floor(ranked.length / 2));
  const codes = areaCodes(context);
  const index = standing(context, indexPlace, survey);
  const finding =
    index.now === null
      ? w.say('summary.noIndex', { reason: whyWords(context, index.whyNow) })
      : w.say('summary.finding', { change: changeWords(context, index) });
  const changesFinding = areasFinding(context, codes, survey);
  return {
    title: w.say('summary.title'),
    indices: holders.map((holder) => indexFigure(context, holder)),
    finding,
    strengths: ranked.slice(0, many),
    weaknesses: many === 0 ? [] : ranked.slice(-many).reverse(),
    gap: gapFinding(context),
    radar: areasRadar(context, finding, changesFinding),
    changes: surveyChart(context, 'chart-changes', codes, changesFinding ?? finding, 26),
    changesShort: surveyChart(context, 'chart-changes', codes, changesFinding ?? finding, 21),
    changesFinding,
    table: placesTable(context, survey, context.w.say('summary.caption')),
    limits: limitsOf(context),
    made: [
      ...rounds.map((words) => {
        const groups = (input.instrument.groups ?? []).flatMap(({ code, name }) => {
          const n = respondentsShown(context, words, code);
          return n === null || n === 0 ? [] : [`${w.text(name)} ${w.count(n)}`];
        });
        const small = smallGroups(context, words);
        const hidden = small.length > 0 ? w.say('summary.fewer', { k: w.count(input.k) }) : '';
        return `${totalWords(context, words)} ${w.say('summary.groups', { groups: groups.join(', ') })}${hidden}`;
      }),
      w.say(two ? 'summary.madeTwo' : 'summary.madeOne'),
      w.say('summary.version', {
        title: w.text(input.instrument.title),
        version: `${input.instrument.id} ${input.instrument.version}`,
        hash: input.hash.slice(0, 12),
      }),
      w.say('summary.where'),
    ],
  };
}

function indexFigure(context: Context, holder: Holder): IndexFigure {
  const { w, rounds } = context;
  const one = standing(context, indexPlace, holder);
  const { before, now } = one;
  return {
    name: w.say(`summary.index.${holder.kind}`),
    before: rounds.length < 2 ? null : before === null ? whyWords(context, one.whyBefore) : w.score(before),
    now: now === null ? whyWords(context, one.whyNow) : w.score(now),
    change: shortChange(context, one),
    beforeRound: rounds.length < 2 ? null : (rounds[0]?.short ?? null),
    nowRound: rounds.at(-1)?.short ?? '',
  };
}

function areasRadar(context: Context, finding: string, areasFound: string | null): Chart {
  const { w, rounds } = context;
  const all = areas(context).map(({ code }) => standing(context, areaPlace(code), survey));
  return radarChart({
    id: 'chart-radar',
    alt: [finding, areasFound].filter((sentence) => sentence !== null).join(' '),
    scale: context.scale,
    spokes: areas(context).map(({ code }, at) => {
      const name = shortName(context, areaPlace(code));
      const one = all[at];
      if (one === undefined || (one.now === null && one.before === null)) {
        return [name, whyWords(context, one?.whyNow ?? null)];
      }
      const text = (value: number | null) => (value === null ? '–' : w.score(value));
      return [
        name,
        rounds.length > 1 ? w.say('change.pair', { before: text(one.before), now: text(one.now) }) : text(one.now),
      ];
    }),
    rounds: rounds.map(({ name, form }) => ({
      name,
      form,
      values: all.map((one) => (form === 'before' ? one.before : one.now)),
    })),
  });
}
