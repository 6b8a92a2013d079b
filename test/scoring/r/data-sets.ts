import type { Answer, Answers } from '../../../src/definitions/answers';
import type { FormName, Instrument } from '../../../src/definitions/instrument';
import { choice, item, smallInstrument, text } from '../../support/instruments';
import { randomOf, type Random } from '../../../src/commands/bench/random';

/**
 * The data sets on which the engine and R have to agree: two rounds each, with ties, gaps of all three kinds, tiny
 * groups, groups that answer alike, full response and unknown sizes, merges, areas out of scope, both forms. They are
 * drawn from their number, so R reads them from files and the test draws them again.
 */
export interface DataSet {
  readonly number: number;
  readonly instrument: Instrument;
  readonly form: FormName;
  readonly k: number;
  readonly rounds: readonly [DataRound, DataRound];
}

export interface DataRound {
  readonly respondents: readonly { readonly group: string; readonly answers: Answers }[];
  /** A group without a size is of unknown size. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly outOfScope: readonly string[];
}

/** How many there are. */
export const dataSets = 200;

const named = (code: string) => ({ code, name: text(code), shortName: text(code) });
const groups = ['a1', 'a2', 'a3', 'n1', 'n2', 'o'] as const;
const ngoOnly = { in: [{ group: true }, ['n1', 'n2', 'o']] };
const gated = { '==': [{ answer: 'gate' }, 'yes'] };
const gate = {
  type: 'single-choice',
  code: 'gate',
  text: text('Czy tak?', 'Is it so?'),
  choices: [choice('yes'), choice('no')],
} as const;

const items = [
  item('x1', 'A1', { core: true }),
  item('x2', 'A1', { weight: 2 }),
  item('x3', 'A1'),
  item('x4', 'A2', { core: true }),
  item('x5', 'A3', { core: true }),
  item('x6', 'A3', { visibleIf: ngoOnly }),
  item('x7', 'A4', { core: true, weight: 0.5 }),
  item('x8', 'A4', { visibleIf: gated }),
  item('x9', 'A5', { core: true }),
];
const areas = ['A1', 'A2', 'A3', 'A4', 'A5'] as const;

/** Three planes of 2, 2 and 1 areas; six groups, one without a side; one merge a side. */
export function instrumentOf(sideWeights: Instrument['sideWeights']): Instrument {
  const page = (codes: readonly string[]) => ({
    code: 'all',
    title: text('Pytania'),
    sections: [{ questions: codes }],
  });
  const core = items.filter((one) => one.core === true).map(({ code }) => code);
  return {
    ...smallInstrument(),
    id: 'checked-in-r',
    facts: [],
    calcs: [],
    groups: groups.map((code) => ({
      code,
      name: text(code),
      side: code === 'o' ? null : code.startsWith('a') ? ('administration' as const) : ('ngo' as const),
    })),
    mergePlan: [
      { groups: ['a2', 'a3'], name: text('a2 i a3') },
      { groups: ['n1', 'n2'], name: text('n1 i n2') },
    ],
    planes: [
      { ...named('P1'), areas: ['A1', 'A2'].map(named) },
      { ...named('P2'), areas: ['A3', 'A4'].map(named) },
      { ...named('P3'), areas: ['A5'].map(named) },
    ],
    questions: [gate, ...items],
    forms: {
      full: { minutes: 5, pages: [page(['gate', ...items.map(({ code }) => code)])] },
      core: { minutes: 2, pages: [page(core)] },
    },
    ...(sideWeights === undefined ? {} : { sideWeights }),
  };
}

/** The data set of this number, from 0. */
export function dataSet(number: number): DataSet {
  const random = randomOf(number);
  const form = random.chance(0.15) ? 'core' : 'full';
  const k = random.pick([5, 5, 5, 5, 3, 4, 1]);
  // Most groups are there in both rounds, and about as many.
  const plans = Object.fromEntries(groups.map((group) => [group, respondentsOf(random)]));
  // Where little changes, verdicts of practically no change are to be had.
  const calm = random.chance(0.25);
  const levels = Object.fromEntries(groups.map((group) => [group, 1 + 4 * random.next()]));
  const scopes: readonly string[] = random.chance(0.25) ? [random.pick(areas)] : [];
  const round = (): DataRound => {
    const respondents = groups.flatMap((group) => {
      const planned = plans[group] ?? 0;
      const count = (random.chance(0.2) ? respondentsOf(random) : planned) * (calm ? 2 : 1);
      const level = calm ? 3 : random.chance(0.5) ? (levels[group] ?? 3) : 1 + 4 * random.next();
      return people(random, { group, count, form, level, calm });
    });
    const sizes = groups.flatMap((group) => {
      const answered = respondents.filter((one) => one.group === group).length;
      const more = random.pick([null, 0, 0, 1, 3, 10, 60]);
      return more === null || answered + more === 0 ? [] : [[group, answered + more] as const];
    });
    const outOfScope = random.chance(0.15) ? [...new Set([...scopes, random.pick(areas)])] : scopes;
    return { respondents, sizes: Object.fromEntries(sizes), outOfScope };
  };
  const sideWeights = random.chance(0.2) ? { administration: 1, ngo: 2 } : undefined;
  return { number, instrument: instrumentOf(sideWeights), form, k, rounds: [round(), round()] };
}

function respondentsOf(random: Random): number {
  const [low, high] = random.pick<readonly [number, number]>([
    [0, 0],
    [1, 4],
    [5, 9],
    [5, 9],
    [10, 13],
    [10, 20],
    [10, 20],
  ]);
  return random.whole(low, high);
}

/** Answers around a level of the group: now and then all alike, often with many ties, some with many gaps. */
function people(
  random: Random,
  of: {
    readonly group: string;
    readonly count: number;
    readonly form: FormName;
    readonly level: number;
    readonly calm: boolean;
  },
): DataRound['respondents'] {
  const { group, count, form, level, calm } = of;
  const alike = !calm && random.chance(0.1);
  const gaps = random.pick(calm ? [0, 0.05] : [0, 0, 0.05, 0.15, 0.4]);
  const reach = calm ? 1 : random.pick([1, 2, 4]);
  const skipped = random.chance(0.3) ? random.pick(['x1', 'x4', 'x5', 'x9']) : null;
  return Array.from({ length: count }, () => {
    const own = level + (random.next() - 0.5) * reach;
    const answers: Record<string, Answer> = {};
    if (form === 'full' && !random.chance(gaps)) answers['gate'] = random.pick(['yes', 'yes', 'no']);
    for (const { code } of items) {
      const answer = Math.min(5, Math.max(1, Math.round(alike ? level : own + (random.next() - 0.5) * reach)));
      const kind = random.chance(code === skipped ? 0.6 : gaps)
        ? random.pick(['none', 'hard-to-say', 'not-applicable'] as const)
        : 'rating';
      if (kind === 'rating') answers[code] = answer;
      else if (kind !== 'none') answers[code] = { special: kind };
    }
    return { group, answers };
  });
}

/** All sets as three tables for R: items, rounds, answers. */
export function tablesForR(): { readonly items: string; readonly rounds: string; readonly answers: string } {
  const table = (rows: readonly (readonly (string | number)[])[]) => `${rows.map((row) => row.join(',')).join('\n')}\n`;
  const sets = Array.from({ length: dataSets }, (_, number) => dataSet(number));
  const codes = ['gate', ...items.map(({ code }) => code)];
  const cell = (answer: Answer | undefined) => {
    if (answer === undefined) return '';
    if (typeof answer === 'object') return JSON.stringify(answer).includes('hard-to-say') ? 'hs' : 'na';
    return String(answer);
  };
  return {
    items: table([
      ['item', 'area', 'plane', 'weight', 'core', 'rule'],
      ...items.map(({ code, area = '', weight = 1, core = false, visibleIf }) => [
        code,
        area,
        area < 'A3' ? 'P1' : area < 'A5' ? 'P2' : 'P3',
        weight,
        core ? 1 : 0,
        visibleIf === ngoOnly ? 'ngo-only' : visibleIf === gated ? 'gate-yes' : 'always',
      ]),
    ]),
    rounds: table([
      ['set', 'round', 'form', 'k', 'administration', 'ngo', 'outOfScope', ...groups],
      ...sets.flatMap(({ number, form, k, instrument, rounds }) =>
        rounds.map(({ sizes, outOfScope }, round) => [
          number,
          round + 1,
          form,
          k,
          instrument.sideWeights?.administration ?? 1,
          instrument.sideWeights?.ngo ?? 1,
          outOfScope.join('|'),
          ...groups.map((group) => sizes[group] ?? ''),
        ]),
      ),
    ]),
    answers: table([
      ['set', 'round', 'group', ...codes],
      ...sets.flatMap(({ number, rounds }) =>
        rounds.flatMap(({ respondents }, round) =>
          respondents.map(({ group, answers }) => [
            number,
            round + 1,
            group,
            ...codes.map((code) => cell(answers[code])),
          ]),
        ),
      ),
    ]),
  };
}
