import type { Side } from '../../../definitions/instrument';
import type { AreaItems, ReleasedRound } from '../../../scoring';
import { rangesUnder, type Constraint, type Form } from './ranges';
import type { Success } from './success';

/**
 * Counting: does what is published of a round tell how many people are in a group that is left out, or how many gave an
 * answer to the question that decides who is asked on, where that is 1 to k-1 of a group, of a side or of all?
 */
export function countsOfFew(document: ReleasedRound, k: number): readonly Success[] {
  const model = modelOf(document, k);
  const ranges = rangesUnder(model.unknowns, model.constraints);
  const sides: readonly (Side | null)[] = ['administration', 'ngo', null];
  const sets = [
    ...document.groups.map((group) => [group.code, [group]] as const),
    ...sides.map((side) => [String(side), document.groups.filter((group) => group.side === side)] as const),
    ['all', document.groups] as const,
  ];
  const targets = [
    ...document.groups.map((group) => [`respondents of ${group.code}`, model.form([group], ['yes', 'no'])] as const),
    ...sets.flatMap(([name, of]) =>
      (['yes', 'no', 'knows', 'not'] as const).map((one) => [`"${one}" of ${name}`, model.form(of, [one])] as const),
    ),
  ];
  const counted = targets.flatMap(([what, form]): Success[] => {
    const [low, high] = ranges(form);
    const [fewest, most] = [Math.ceil(low - 1e-6), Math.floor(high + 1e-6)];
    return fewest === most && most >= 1 && most < k ? [{ how: 'counted few', what: `${most} ${what}` }] : [];
  });
  return [...counted, ...answersOfOneGroup(document, k)];
}

/** A question whose holder, or what everyone has beyond a side, is a single group of k to 2k-1 people gives their answers. */
function answersOfOneGroup(document: ReleasedRound, k: number): readonly Success[] {
  return document.questions.flatMap(({ question, holders, without }) => {
    const counts = holders.map((one) => ({ ...one, of: behind(document, one.holder, without) }));
    const beyond = counts.flatMap((all) =>
      counts
        .filter(({ holder }) => all.holder === 'everyone' && holder !== 'everyone')
        .map((side) => ({
          of: all.of.filter((group) => !side.of.includes(group)),
          answered: all.answered - side.answered,
          chosen: Object.fromEntries(
            Object.entries(all.chosen).map(([code, count]) => [code, count - (side.chosen[code] ?? 0)]),
          ),
        })),
    );
    return [...counts, ...beyond].flatMap(({ of, answered, chosen }): Success[] => {
      const [only, ...more] = of.filter(({ respondents }) => respondents !== 0);
      const alike = Object.values(chosen).every((count) => count === 0 || count === answered);
      if (only === undefined || more.length > 0 || answered < k || answered >= 2 * k || alike) return [];
      return [{ how: 'found the answers of few', what: `${answered} of ${only.code} to ${question}` }];
    });
  });
}

/** The groups that are in a holder. */
function behind({ groups }: ReleasedRound, holder: Side | 'everyone', without: readonly string[]): readonly Group[] {
  return groups.filter(({ code, side }) => (holder === 'everyone' || side === holder) && !without.includes(code));
}

const many = 1_000;

type Group = ReleasedRound['groups'][number];
type Unknown = 'yes' | 'no' | 'rated' | 'knows' | 'not' | 'barriers';

/**
 * The unknowns are, for each group, how many said yes and no to the two questions that decide who is asked on, rated
 * the item that the first one opens, and answered the question that nobody must. Everybody must answer those two, and
 * whom the second one lets through the one behind it.
 */
function modelOf(document: ReleasedRound, k: number) {
  const { groups, questions, items } = document;
  const kinds: readonly Unknown[] = ['yes', 'no', 'rated', 'knows', 'not', 'barriers'];
  const form = (of: readonly Group[], which: readonly Unknown[], weight = 1): Form =>
    new Map(
      of.flatMap((group) =>
        which.map((one) => [groups.indexOf(group) * kinds.length + kinds.indexOf(one), weight] as const),
      ),
    );
  const constraints: Constraint[] = groups.flatMap((group): Constraint[] => {
    const all = form([group], ['yes', 'no']);
    const [low, high] = group.respondents === null ? [1, k - 1] : [group.respondents, group.respondents];
    const within = (which: Unknown, of: readonly Unknown[]): Constraint => ({
      form: new Map([...form([group], of), ...form([group], [which], -1)]),
      low: 0,
      high: many,
    });
    return [
      { form: all, low, high },
      { form: new Map([...all, ...form([group], ['knows', 'not'], -1)]), low: 0, high: 0 },
      within('rated', ['yes']),
      within('barriers', ['yes', 'no']),
    ];
  });
  const exactly = (of: Form, count: number) => constraints.push({ form: of, low: count, high: count });
  const whoAnswers: Readonly<Record<string, readonly Unknown[]>> = {
    gate: ['yes', 'no'],
    knows: ['knows', 'not'],
    often: ['knows'],
    barriers: ['barriers'],
  };
  for (const { question, holders, without } of questions) {
    const answering = whoAnswers[question] ?? [];
    for (const group of groups.filter(({ code }) => without.includes(code))) {
      // A question that a rule reads, or asks of some, leaves groups out for other reasons than too few answers.
      const few = question === 'barriers' ? k - 1 : many;
      constraints.push({ form: form([group], answering), low: 1, high: few });
    }
    for (const { holder, answered, chosen } of holders) {
      const of = behind(document, holder, without);
      exactly(form(of, answering), answered);
      const [yes, no] = answering;
      if (yes === undefined || no === undefined) continue;
      exactly(form(of, [yes]), chosen['yes'] ?? 0);
      exactly(form(of, [no]), chosen['no'] ?? 0);
    }
  }
  for (const { holder, unrated } of items['A3']?.holders ?? []) {
    const of = groupsIn(document, behind(document, holder, items['A3']?.without ?? []), 'A3');
    const everybody = of.reduce((total, { respondents }) => total + (respondents ?? 0), 0);
    const asked = new Map([...form(of, ['yes']), ...form(of, ['rated'], -1)]);
    const behindIt = unrated['x6'];
    if (behindIt === undefined) continue;
    // Everybody who did not rate it is counted; of the unanswered nobody knows who was asked.
    exactly(form(of, ['rated']), everybody - sum(behindIt));
    constraints.push({ form: asked, low: behindIt.hardToSay + behindIt.notApplicable, high: sum(behindIt) });
  }
  return {
    unknowns: groups.flatMap(() => kinds.map(() => ({ low: 0, high: many }))),
    constraints,
    form,
  };
}

type Unrated = AreaItems['holders'][number]['unrated'][string];

function sum({ hardToSay, notApplicable, unanswered }: Unrated): number {
  return hardToSay + notApplicable + unanswered;
}

/** Groups that are shown in the area: others are in no holder. */
function groupsIn(document: ReleasedRound, groups: readonly Group[], area: string): readonly Group[] {
  return groups.filter(({ code }) => {
    const figure = document.scorecard.areas[area]?.groups[code];
    return figure !== undefined && !('hidden' in figure) && figure.mean !== null;
  });
}
