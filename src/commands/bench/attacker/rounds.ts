import type { Answer } from '../../../definitions/answers';
import type { Instrument, RatingQuestion } from '../../../definitions/instrument';
import type { Respondent, RoundInput } from '../../../scoring';
import { randomOf, type Random } from '../random';

/** Two rounds of a made-up unit whose groups are small and whose people skip questions. */
export interface AttackedUnit {
  readonly instrument: Instrument;
  readonly rounds: readonly [RoundInput, RoundInput];
}

const groups = ['a1', 'a2', 'a3', 'n1', 'n2', 'o'] as const;
const text = (pl: string) => ({ pl });
const named = (code: string) => ({ code, name: text(code), shortName: text(code) });
const item = (code: string, area: string, more: Partial<RatingQuestion> = {}): RatingQuestion => ({
  type: 'rating',
  code,
  area,
  text: text(code),
  ...more,
});
const items = [
  item('x1', 'A1', { core: true }),
  item('x2', 'A1'),
  item('x3', 'A1', { weight: 2 }),
  item('x4', 'A2', { core: true }),
  item('x5', 'A3', { core: true }),
  // Asked of those only who said yes.
  item('x6', 'A3', { visibleIf: { '==': [{ answer: 'gate' }, 'yes'] } }),
];
const page = (codes: readonly string[]) => ({ code: 'all', title: text('Pytania'), sections: [{ questions: codes }] });

/** Three areas: of three items, of one, and of two of which a question before decides on one; a merge on each side. */
const instrument: Instrument = {
  id: 'attacked',
  version: '1.0.0',
  kind: 'assessment',
  languages: ['pl'],
  title: text('Atak'),
  scale: {
    min: 1,
    max: 5,
    points: Object.fromEntries([1, 2, 3, 4, 5].map((point) => [String(point), text(String(point))])),
  },
  groups: groups.map((code) => ({
    code,
    name: text(code),
    side: code === 'o' ? null : code.startsWith('a') ? 'administration' : 'ngo',
  })),
  mergePlan: [
    { groups: ['a2', 'a3'], name: text('a2 i a3') },
    { groups: ['n1', 'n2'], name: text('n1 i n2') },
  ],
  rounds: ['baseline', 'follow-up'],
  planes: [
    { ...named('P1'), areas: [named('A1'), named('A2')] },
    { ...named('P2'), areas: [named('A3')] },
  ],
  questions: [
    {
      type: 'single-choice',
      code: 'gate',
      text: text('Czy tak?'),
      choices: [
        { code: 'yes', text: text('tak') },
        { code: 'no', text: text('nie') },
      ],
    },
    ...items,
    {
      type: 'multiple-choice',
      code: 'barriers',
      text: text('Co przeszkadza?'),
      choices: ['money', 'time', 'trust'].map((code) => ({ code, text: text(code) })),
    },
  ],
  forms: {
    full: { minutes: 5, pages: [page(['gate', ...items.map(({ code }) => code), 'barriers'])] },
    core: { minutes: 2, pages: [page(items.filter(({ core }) => core === true).map(({ code }) => code))] },
  },
};

/** The unit of this number, from 0: the same on every machine. */
export function attackedUnit(number: number, k: number): AttackedUnit {
  const random = randomOf(number);
  // Now and then the follow-up is asked by the short form.
  const core = random.chance(0.15);
  const round = (index: 0 | 1): RoundInput => {
    const respondents = groups.flatMap((group) => people(random, group, respondentsOf(random, k)));
    const sizes = groups.flatMap((group) => {
      const answered = respondents.filter((one) => one.group === group).length;
      return answered === 0 || random.chance(0.2) ? [] : [[group, answered + random.pick([0, 0, 1, 4, 20])] as const];
    });
    return {
      form: core && index === 1 ? 'core' : 'full',
      round: instrument.rounds?.[index] ?? null,
      respondents,
      facts: {},
      groupSizes: Object.fromEntries(sizes),
      outOfScope: random.chance(0.1) ? ['A3'] : [],
      k,
    };
  };
  return { instrument, rounds: [round(0), round(1)] };
}

function respondentsOf(random: Random, k: number): number {
  const [low, high] = random.pick([
    [0, 0],
    [1, k - 1],
    [k, 2 * k - 1],
    [k, 2 * k - 1],
    [2 * k, 3 * k],
    [2 * k, 3 * k],
  ] as const);
  return random.whole(low, high);
}

/** Answers about a level of the group, with gaps: of single people in an item, or of a share of the group. */
function people(random: Random, group: string, count: number): Respondent[] {
  const level = 1.5 + 3 * random.next();
  const reach = random.pick([1, 2, 3]);
  const gaps = random.pick([0, 0, 0.02, 0.05, 0.2]);
  const skipped = random.chance(0.3) ? random.pick(['x1', 'x2', 'x3', 'x4', 'x5', 'x6']) : null;
  const share = random.pick([0.1, 0.3, 0.6]);
  return Array.from({ length: count }, (_, index): Respondent => {
    const answers: Record<string, Answer> = {};
    answers['gate'] = random.chance(0.8) ? 'yes' : 'no';
    for (const { code } of items) {
      if (random.chance(code === skipped ? share : gaps)) {
        const kind = random.pick(['none', 'hard-to-say', 'not-applicable'] as const);
        if (kind !== 'none') answers[code] = { special: kind };
      } else {
        answers[code] = Math.min(5, Math.max(1, Math.round(level + (random.next() - 0.5) * 2 * reach)));
      }
    }
    answers['barriers'] = [random.pick(['money', 'time', 'trust'])];
    return { id: `${group} ${index}`, group, answers };
  });
}
