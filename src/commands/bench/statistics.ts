import type { Instrument } from '../../definitions/instrument';
import {
  scoreRound,
  unroundedPair,
  type Change,
  type Respondent,
  type RoundInput,
  type Scorecard,
} from '../../scoring';
import type { Bench, Measurement } from './bench';
import { randomOf } from './random';
import { askedOf, populationOf, type Population, type SimulatedGroup } from './simulation';

/** One kind of survey, simulated many times. */
export interface SimulatedSurvey {
  readonly name: string;
  readonly groups: readonly SimulatedGroup[];
  readonly itemsAnArea: number;
  /** Share of items left unanswered; see `Asking`. */
  readonly unanswered?: number;
  /** What is judged: the change between two rounds, or gaps within one. */
  readonly judges: 'changes' | 'gaps';
  /** Groups of one side that are joined when one is too small. */
  readonly mergePlan?: readonly string[];
  /** Whose verdicts: joint figures and sides, or single groups (of gaps: pairs of them). */
  readonly holders: 'joint and sides' | 'groups';
}

type Answering = SimulatedGroup['answering'];

const group = (code: string, size: number, answering: Answering, sizeKnown = true): SimulatedGroup => ({
  code,
  size,
  answering,
  sizeKnown,
});
const five = (a1: Answering, a2: Answering, a3: Answering, n1: Answering, n2: Answering) => [
  group('a1', 12, a1),
  group('a2', 25, a2),
  group('a3', 18, a3),
  group('n1', 40, n1),
  group('n2', 30, n2),
];
const few = five(6, 12, 8, 14, 9);
const enough = five(10, 12, 14, 16, 11);
const joint = 'joint and sides';

/** The table of comparison §4, and what it does not have: gaps, groups by themselves, gaps in answers, merged groups. */
export const simulatedSurveys: readonly SimulatedSurvey[] = [
  { name: '6-14 of 12-40, two groups ≥ 2k', groups: few, itemsAnArea: 1, judges: 'changes', holders: joint },
  { name: '6-14 of 12-40, two groups ≥ 2k', groups: few, itemsAnArea: 3, judges: 'changes', holders: joint },
  { name: '10-16, all ≥ 2k', groups: enough, itemsAnArea: 1, judges: 'changes', holders: joint },
  { name: '10-16, all ≥ 2k', groups: enough, itemsAnArea: 3, judges: 'changes', holders: joint },
  {
    name: 'nearly everybody',
    groups: five(12, 24, 17, 38, 29),
    itemsAnArea: 1,
    judges: 'changes',
    holders: joint,
  },
  { name: 'nobody ≥ 2k (assumed)', groups: five(6, 7, 8, 9, 6), itemsAnArea: 1, judges: 'changes', holders: joint },
  {
    name: 'NGO sizes unknown, one group ≥ 2k',
    groups: [
      group('a1', 12, 6),
      group('a2', 25, 12),
      group('a3', 18, 8),
      group('n1', 40, 9, false),
      group('n2', 30, 8, false),
    ],
    itemsAnArea: 3,
    judges: 'changes',
    holders: joint,
  },
  {
    name: 'a fifth of items unanswered',
    groups: five([12, 11], 16, 14, 20, 13),
    itemsAnArea: 3,
    unanswered: 0.2,
    judges: 'changes',
    holders: joint,
  },
  {
    name: 'merged groups',
    groups: [...few.slice(0, 3), group('n1', 40, [4, 7]), group('n2', 30, 9), group('n3', 25, 12)],
    itemsAnArea: 3,
    mergePlan: ['n1', 'n2'],
    judges: 'changes',
    holders: joint,
  },
  { name: 'groups, 10-16', groups: enough, itemsAnArea: 1, judges: 'changes', holders: 'groups' },
  { name: 'groups, 10-16', groups: enough, itemsAnArea: 3, judges: 'changes', holders: 'groups' },
  { name: 'gap of sides, 6-14', groups: few, itemsAnArea: 1, judges: 'gaps', holders: joint },
  { name: 'gap of sides, 6-14', groups: few, itemsAnArea: 3, judges: 'gaps', holders: joint },
  { name: 'gaps of groups, 10-16', groups: enough, itemsAnArea: 3, judges: 'gaps', holders: 'groups' },
];

/** What was seen of one holder at one level, over all runs. */
export interface Seen {
  /** Runs in which it was judged. */
  runs: number;
  /** Sum, and sum of squares, of each run's share of intervals that hold the truth. */
  covered: number;
  squared: number;
  /** Runs in which something was said to differ though nothing does. */
  falseFamilies: number;
  /** Of all verdicts under a true rise, how many say so. */
  judged: number;
  found: number;
}

type Level = 'area' | 'plane' | 'index';

/** True rise of all scores where power is measured. */
const rise = 0.5;
/** Populations are drawn once and asked many times. */
const populations = 40;

/** One interval and its verdict. */
interface Judgement {
  readonly level: Level;
  readonly holder: string;
  readonly interval: readonly [number, number];
  readonly verdict: string;
}

/** What was seen, by level and holder ("area joint"), in `runs` runs without any change and as many with a rise. */
export function simulated(survey: SimulatedSurvey, runs: number): ReadonlyMap<string, Seen> {
  const random = randomOf(20_261_125);
  const instrument = instrumentOf(survey);
  const people = Array.from({ length: populations }, () => populationOf(random, survey.groups, 12));
  const seen = new Map<string, Seen>();
  const at = (key: string) => {
    const one = seen.get(key) ?? { runs: 0, covered: 0, squared: 0, falseFamilies: 0, judged: 0, found: 0 };
    seen.set(key, one);
    return one;
  };
  for (let run = 0; run < runs; run += 1) {
    const population = people[run % populations] as Population;
    const round = (number: 0 | 1, risen: number) => {
      const { unanswered = 0, groups } = survey;
      const respondents = askedOf(random, instrument, population, groups, number, { rise: risen, unanswered });
      return { opened: { instrument, hash: '' }, input: inputOf(survey, respondents) };
    };
    const first = round(0, 0);
    const calm =
      survey.judges === 'gaps'
        ? gapsOf(scoreRound(instrument, first.input))
        : changesOf(unroundedPair(first, round(1, 0)).change);
    for (const [key, family] of familiesOf(survey, calm)) {
      const one = at(key);
      const share = family.filter(({ interval: [low, high] }) => low <= 0 && high >= 0).length / family.length;
      one.runs += 1;
      one.covered += share;
      one.squared += share * share;
      if (family.some(({ verdict }) => verdict !== 'unknown' && verdict !== 'same')) one.falseFamilies += 1;
    }
    if (survey.judges === 'gaps') continue;
    for (const [key, family] of familiesOf(survey, changesOf(unroundedPair(first, round(1, rise)).change))) {
      at(key).judged += family.length;
      at(key).found += family.filter(({ verdict }) => verdict === 'rose').length;
    }
  }
  return seen;
}

/** Three planes of four areas; each area has as many items as the survey says. */
function instrumentOf({ groups, itemsAnArea, mergePlan }: SimulatedSurvey): Instrument {
  const text = (pl: string) => ({ pl });
  const named = (code: string) => ({ code, name: text(code), shortName: text(code) });
  const planes = [1, 2, 3].map((plane) => ({
    ...named(`P${plane}`),
    areas: [1, 2, 3, 4].map((area) => named(`P${plane}.${area}`)),
  }));
  const questions = planes.flatMap(({ areas }) =>
    areas.flatMap(({ code: area }) =>
      Array.from({ length: itemsAnArea }, (_, index) => ({
        type: 'rating' as const,
        code: `${area} ${index}`,
        area,
        text: text(area),
      })),
    ),
  );
  const page = { code: 'all', title: text('all'), sections: [{ questions: questions.map(({ code }) => code) }] };
  return {
    id: 'simulated',
    version: '1.0.0',
    kind: 'assessment',
    languages: ['pl'],
    title: text('Simulated'),
    scale: { min: 1, max: 5, points: {} },
    groups: groups.map(({ code }) => ({
      code,
      name: text(code),
      side: code.startsWith('a') ? ('administration' as const) : ('ngo' as const),
    })),
    ...(mergePlan === undefined ? {} : { mergePlan: [{ groups: mergePlan, name: text(mergePlan.join(' + ')) }] }),
    planes,
    questions,
    forms: { full: { minutes: 5, pages: [page] } },
  };
}

function inputOf({ groups }: SimulatedSurvey, respondents: readonly Respondent[]): RoundInput {
  const known = groups.filter(({ sizeKnown }) => sizeKnown !== false);
  return {
    form: 'full',
    round: null,
    respondents,
    facts: {},
    groupSizes: Object.fromEntries(known.map(({ code, size }) => [code, size])),
    outOfScope: [],
    k: 5,
  };
}

/** The simulation of comparison §4 and its bounds: coverage at least 94 %, false families at most 5.5 %. */
export const statisticsBench: Bench = {
  name: 'statistics',
  about: 'intervals and verdicts on made-up rounds whose truth is known (5,000 a row; --runs)',
  // eslint-disable-next-line @typescript-eslint/require-await -- a bench yields as it goes; this one waits for nothing
  async *run({ runs }) {
    for (const survey of simulatedSurveys)
      for (const row of rowsOf(survey, simulated(survey, runs ?? 5_000))) yield row;
  },
};

/**
 * The rows of one survey: the lowest coverage and the most false families of all holders and levels, each with the two
 * standard errors that chance is allowed, and the power of each holder and level.
 */
export function rowsOf(survey: SimulatedSurvey, seen: ReadonlyMap<string, Seen>): Measurement[] {
  const what = `${survey.name}, ${survey.itemsAnArea} ${survey.itemsAnArea === 1 ? 'item' : 'items'}`;
  const all = [...seen].filter(([, { runs }]) => runs > 0);
  const coverage = all.map(([key, { runs, covered, squared }]) => {
    const mean = covered / runs;
    return { key, share: mean, error: Math.sqrt(Math.max(0, squared / runs - mean * mean) / runs) };
  });
  const families = all.map(([key, { runs, falseFamilies }]) => {
    const share = falseFamilies / runs;
    return { key, share, error: Math.sqrt((share * (1 - share)) / runs) };
  });
  const least = coverage.toSorted((a, b) => a.share + 2 * a.error - (b.share + 2 * b.error))[0];
  const most = families.toSorted((a, b) => b.share - 2 * b.error - (a.share - 2 * a.error))[0];
  const row = (name: string, ours: number, budget: Measurement['budget']): Measurement => ({
    what: `${what}: ${name}`,
    unit: '%',
    ours: 100 * ours,
    bound: null,
    spread: null,
    budget,
  });
  return [
    ...(least === undefined
      ? []
      : [
          row(`least coverage (${least.key})`, least.share, null),
          row('least coverage + 2 se', least.share + 2 * least.error, { least: 94 }),
        ]),
    ...(most === undefined
      ? []
      : [
          row(`most false families (${most.key})`, most.share, null),
          row('most false families - 2 se', most.share - 2 * most.error, { most: 5.5 }),
        ]),
    ...[...seen].flatMap(([key, { judged, found }]) =>
      judged === 0 ? [] : [row(`power, ${key}`, found / judged, null)],
    ),
  ];
}

/** Places of a change or of gaps by level. */
function byLevel<Place>(at: {
  readonly areas: Readonly<Record<string, Place>>;
  readonly planes: Readonly<Record<string, Place>>;
  readonly index: Place;
}): readonly (readonly [Level, Place])[] {
  return [
    ...Object.values(at.areas).map((place) => ['area', place] as const),
    ...Object.values(at.planes).map((place) => ['plane', place] as const),
    ['index', at.index] as const,
  ];
}

function changesOf(change: Change): readonly Judgement[] {
  return byLevel(change).flatMap(([level, { survey, sides, groups }]) => [
    ...judgementsOf(level, { joint: survey, ...sides }),
    ...judgementsOf(level, groups),
  ]);
}

function gapsOf({ gaps }: Scorecard): readonly Judgement[] {
  return byLevel(gaps).flatMap(([level, { sides, pairs }]) =>
    judgementsOf(level, {
      sides,
      ...Object.fromEntries(pairs.map((pair) => [`${pair.first}-${pair.second}`, pair])),
    }),
  );
}

/** What was judged: a difference without an interval is not. */
function judgementsOf(
  level: Level,
  holders: Readonly<Record<string, { readonly interval: Judgement['interval'] | null; readonly verdict: string }>>,
): readonly Judgement[] {
  return Object.entries(holders).flatMap(([holder, { interval, verdict }]) =>
    interval === null ? [] : [{ level, holder, interval, verdict }],
  );
}

/** The judgements of the holders that the survey is about, by level and holder. */
function familiesOf(
  { holders, groups }: SimulatedSurvey,
  judgements: readonly Judgement[],
): ReadonlyMap<string, readonly Judgement[]> {
  const codes = groups.map(({ code }) => code);
  const ofGroups = ({ holder }: Judgement) => codes.includes(holder) || holder.includes('-') || holder.includes('+');
  const families = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    if (ofGroups(judgement) !== (holders === 'groups')) continue;
    const key = `${judgement.level} ${judgement.holder}`;
    families.set(key, [...(families.get(key) ?? []), judgement]);
  }
  return families;
}
