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
import { round2 } from '../../shared/rounding';
import { endsOfRanking, levelsOf, type Level } from '../extremes';
import { rowOf, type Holder } from '../figure-rows';
import type { Part } from '../section';
import type { Table } from '../table';
import { areaCodes, areasFinding, gapFinding, rankedAreas } from './findings';
import { limitsOf } from './limits';
import { addressOf } from './published';
import { smallGroups, respondentsShown, totalWords } from './participation';
import { placesTable } from './places-table';
import { summaryRecommendations, type SummaryRecommendations } from './recommendations';
import { sidesSection } from './sides';
import { leadFinding } from '../verdicts';
import { surveyChart } from './round-dots';

/** What somebody with two minutes reads. */
export interface Summary {
  readonly title: string;
  /** Survey and, where there is one, agreed index, then and now. */
  readonly indices: readonly IndexFigure[];
  /** What changed for certain, from the highest level that can be told; with one round the index. */
  readonly lead: string;
  readonly finding: string;
  readonly strengths: readonly Ranked[];
  readonly weaknesses: readonly Ranked[];
  /** Said where an end of the ranking is not listed because too many areas share it. */
  readonly alike: string | null;
  readonly gap: string | null;
  /** null where nothing was recommended. */
  readonly recommendations: SummaryRecommendations | null;
  /** Where the sides see it differently, area by area: in place of the changes where there is one round. */
  readonly sides: Part | null;
  readonly radar: Chart;
  /** The same, flatter: for a page of print that has the recommendations too. */
  readonly radarShort: Chart;
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
  /** null says why in `missing`. */
  readonly now: string | null;
  /** Why there is no figure now, as a sentence. */
  readonly missing: string | null;
  /** „+0,55 punktu, +23 %”; null where no change is told. */
  readonly change: string | null;
  readonly beforeRound: string | null;
  readonly nowRound: string;
  /** Where the figures are not of all groups, what those of all are. */
  readonly basis: readonly string[];
}

export interface Ranked {
  /** One area, or all that share the score. */
  readonly name: string;
  readonly score: string;
}

export function summaryOf(context: Context): Summary {
  const { published } = context.input;
  const address = published === null ? null : addressOf(published);
  const { w, input, rounds, two } = context;
  const holders = [survey, ...(rounds.some(({ round }) => round.agreed !== null) ? [agreedHolder] : [])];
  const levels = levelsOf(rankedAreas(context), ({ value }) => value);
  const ends = endsOfRanking(levels, 3);
  const ranked = ({ value, entries }: (typeof levels)[number]) => ({
    name: w.list(entries.map(({ place }) => shortName(context, place))),
    score: w.score(value),
  });
  const codes = areaCodes(context);
  const index = standing(context, indexPlace, survey);
  const finding =
    index.now === null
      ? missingIndex(context, survey)
      : w.say('summary.finding', { change: changeWords(context, index) });
  const changesFinding = areasFinding(context, codes, survey);
  const alike = alikeWords(context, levels, ends);
  return {
    title: w.say('summary.title'),
    indices: holders.map((holder) => indexFigure(context, holder)),
    lead: leadFinding(context) ?? finding,
    finding,
    strengths: ends.top.map(ranked),
    weaknesses: ends.bottom.map(ranked),
    alike: alike === changesFinding ? null : alike,
    gap: gapFinding(context),
    recommendations: summaryRecommendations(context),
    radar: areasRadar(context, finding, changesFinding, 455),
    radarShort: areasRadar(context, finding, changesFinding, 320),
    sides: two ? null : (sidesSection(context)?.parts[0] ?? null),
    changes: surveyChart(context, 'chart-changes', codes, changesFinding ?? finding, 26),
    changesShort: surveyChart(context, 'chart-changes', codes, changesFinding ?? finding, 21),
    changesFinding,
    table: placesTable(context, survey, context.w.say('summary.caption')),
    limits: limitsOf(context),
    made: [
      ...rounds.map((words) => {
        const groups = input.instrument.groups.flatMap(({ code, name }) => {
          const n = respondentsShown(context, words, code);
          return n === null || n === 0
            ? []
            : [w.say('summary.group', { group: w.inside(w.text(name)), n: w.count(n) })];
        });
        const small = smallGroups(context, words).length;
        const hidden = small > 0 ? w.say('summary.fewer', { count: small, k: w.count(input.k) }) : '';
        const list = groups.length > 0 ? ` ${w.say('summary.groups', { groups: groups.join(', ') })}${hidden}.` : '';
        return `${totalWords(context, words)}${list}`;
      }),
      w.say(two ? 'summary.madeTwo' : 'summary.madeOne'),
      w.say('summary.where'),
      ...(address === null ? [] : [w.say('edition.address', { address })]),
      // Last, since the last goes where there is no room: the foot of the page names the version too.
      w.say('summary.version', {
        title: w.text(input.instrument.title),
        version: `${input.instrument.id} ${input.instrument.version}`,
        hash: input.instrument.hash.slice(0, 12),
      }),
    ],
  };
}

function indexFigure(context: Context, holder: Holder): IndexFigure {
  const { w, rounds } = context;
  const one = standing(context, indexPlace, holder);
  const { before, now } = one;
  return {
    name: w.say(`summary.index.${holder.kind}`),
    before: rounds.length < 2 || before === null ? null : w.score(before),
    now: now === null ? null : w.score(now),
    missing: now === null ? missingIndex(context, holder) : null,
    change: shortChange(context, one),
    beforeRound: rounds.length < 2 ? null : (rounds[0]?.short ?? null),
    nowRound: rounds.at(-1)?.short ?? '',
    basis: basisOf(context, holder),
  };
}

/** Why the latest round has no index, as a sentence. */
export function missingIndex(context: Context, holder: Holder): string {
  const { w, latest } = context;
  if (holder.kind === 'agreed') {
    const inScope = areas(context).filter(({ code }) => !latest.outOfScope.includes(code));
    const agreed = inScope.filter(({ code }) => typeof latest.agreed?.scores.areas[code] === 'number').length;
    return agreed === 0
      ? w.say('agreed.indexMissing.none')
      : w.say('agreed.indexMissing.some', { count: inScope.length, agreed: w.count(agreed) });
  }
  const figure = rowOf(context.input, indexPlace, holder).figures.at(-1);
  const why = figure?.why ?? 'no-answers';
  const known = ['side-missing', 'area-missing', 'hidden', 'no-answers', 'out-of-scope'].includes(why);
  const lacking = (figure?.missingAreas ?? []).map((code) => shortName(context, areaPlace(code)));
  return w.say(`summary.missing.${known ? why : 'no-answers'}`, { areas: w.list(lacking) });
}

/** Beside compared figures: what all groups of each round gave, where that differs. */
function basisOf(context: Context, holder: Holder): readonly string[] {
  const { w, rounds, input } = context;
  const { change, figures } = rowOf(input, indexPlace, holder);
  const own = rounds.flatMap(({ name }, at) => {
    const all = figures[at]?.mean ?? null;
    const compared = (at === 0 ? change?.baseline : change?.followUp) ?? null;
    return all === null || compared === null || round2(all) === round2(compared)
      ? []
      : [w.say('summary.basis', { round: name, own: w.score(all) })];
  });
  return own.length === 0 ? [] : [w.say('summary.basisLead'), ...own];
}

/** All areas alike, or all that are on no list. */
function alikeWords(
  { w }: Context,
  levels: readonly Level<unknown>[],
  { top, bottom }: ReturnType<typeof endsOfRanking<unknown>>,
): string | null {
  const [first] = levels;
  if (levels.length === 1 && first !== undefined && first.entries.length > 1) {
    return w.say('finding.alike', { score: w.score(first.value) });
  }
  const rest = levels.filter((level) => !top.includes(level) && !bottom.includes(level));
  const [only] = rest;
  const listed = top.length > 0 && bottom.length > 0;
  return rest.length === 1 && only !== undefined && only.entries.length > 1 && !listed
    ? w.say('finding.rest', { score: w.score(only.value) })
    : null;
}

function areasRadar(context: Context, finding: string, areasFound: string | null, height: number): Chart {
  const { w, rounds } = context;
  const all = areas(context).map(({ code }) => standing(context, areaPlace(code), survey));
  return radarChart({
    id: 'chart-radar',
    alt: [finding, areasFound].filter((sentence) => sentence !== null).join(' '),
    ...{ height, scale: context.scale },
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
