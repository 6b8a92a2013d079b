import type { Answer } from '../../../definitions/answers';
import type { Instrument } from '../../../definitions/instrument';
import type { VersionMap } from '../../../definitions/version-map';
import type { Respondent, RoundInput } from '../../../scoring';
import { randomOf, type Random } from '../random';
import { first, groups, later, map, type Group } from './instrument';

/** Two rounds of a made-up unit whose groups are small and whose people skip questions. */
export interface AttackedUnit {
  readonly rounds: readonly [AttackedRound, AttackedRound];
  readonly map: VersionMap | null;
}

export interface AttackedRound {
  readonly instrument: Instrument;
  readonly input: RoundInput;
}

/** The unit of this number, from 0: the same on every machine. */
export function attackedUnit(number: number, k: number): AttackedUnit {
  const random = randomOf(number);
  const differ = random.pick(['nothing', 'nothing', 'nothing', 'nothing', 'earlier-core', 'later-core', 'version']);
  const laterK = random.chance(0.1) ? k + 2 : k;
  // Now and then there are large groups only, which show spreads, items and alpha.
  const large = random.chance(0.2);
  const round = (index: 0 | 1): AttackedRound => {
    const instrument = differ === 'version' && index === 1 ? later : first;
    const asked = askedGroups(random, instrument);
    const gateOpen = random.pick([0.6, 0.8, 0.95]);
    const respondents = asked.flatMap(({ code }) =>
      people(random, instrument, code, respondentsOf(random, k, large), gateOpen),
    );
    const sizes = asked.flatMap(({ code, parts }) => {
      const answered = respondents.filter(({ group }) => group === code).length;
      if (answered === 0 || random.chance(0.2)) return [];
      const size = answered + random.pick([0, 0, 1, 4, 20]);
      return parts.map((part, at) => [part, Math.max(1, at === 0 ? size - parts.length + 1 : 1)] as const);
    });
    return {
      instrument,
      input: {
        form: differ === (index === 0 ? 'earlier-core' : 'later-core') ? 'core' : 'full',
        round: instrument.rounds?.[index] ?? null,
        respondents,
        facts: {},
        groupSizes: Object.fromEntries(sizes),
        askedMerged: asked.filter(({ parts }) => parts.length > 1).map(({ code }) => code),
        outOfScope: random.chance(0.1) ? ['A3'] : [],
        k: index === 1 ? laterK : k,
      },
    };
  };
  return { rounds: [round(0), round(1)], map: differ === 'version' ? map : null };
}

/** Whom the round asks: now and then the groups of an entry of the merge plan as one. */
function askedGroups(random: Random, instrument: Instrument): readonly Group[] {
  const entries = (instrument.mergePlan ?? []).filter(() => random.chance(0.07));
  return groups.flatMap((code): Group[] => {
    const entry = entries.find((one) => one.groups.includes(code))?.groups;
    if (entry === undefined) return [{ code, parts: [code] }];
    return entry[0] === code ? [{ code: entry.join('+'), parts: entry }] : [];
  });
}

function respondentsOf(random: Random, k: number, large: boolean): number {
  if (large) return random.chance(0.5) ? 0 : random.whole(2 * k, 6 * k);
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
function people(random: Random, instrument: Instrument, group: string, count: number, gateOpen: number): Respondent[] {
  const items = instrument.questions.filter(({ type }) => type === 'rating').map(({ code }) => code);
  const level = 1.5 + 3 * random.next();
  const reach = random.pick([1, 2, 3]);
  const gaps = random.pick([0, 0, 0.02, 0.05, 0.2]);
  const skipped = random.chance(0.3) ? random.pick(['x1', 'x2', 'x3', 'x4', 'x5', 'x6']) : null;
  const share = random.pick([0.1, 0.3, 0.6]);
  return Array.from({ length: count }, (_, index): Respondent => {
    const rated = items.flatMap((code): (readonly [string, Answer])[] => {
      if (random.chance(code === skipped ? share : gaps)) {
        const kind = random.pick(['none', 'hard-to-say', 'not-applicable'] as const);
        return kind === 'none' ? [] : [[code, { special: kind }]];
      }
      return [[code, Math.min(5, Math.max(1, Math.round(level + (random.next() - 0.5) * 2 * reach)))]];
    });
    const gate = random.chance(gateOpen) ? 'yes' : 'no';
    const knows = random.chance(gateOpen);
    const often = random.pick(['often', 'seldom']);
    const barriers = random.chance(0.1) ? {} : { barriers: [random.pick(['money', 'time', 'trust'])] };
    return {
      id: `${group} ${index}`,
      group,
      answers: { gate, knows, often, ...Object.fromEntries(rated), ...barriers },
    };
  });
}
