import { isSpecial, type Answers } from '../definitions/answers';
import { readByRules } from '../definitions/read-by-rules';
import { countedAt, type CountedQuestion, type Instrument } from '../definitions/instrument';
import { holdersOf, qualifies, type CountsHolder } from './holders';
import type { ScoredGroup } from './merging';
import type { Protection } from './release-rules';
import type { CountedAnswers } from './respondent-scores';

/** How one question outside the areas was answered. */
export interface QuestionCounts {
  /** Code of the question. */
  readonly question: string;
  /** Both sides, or everyone, or nobody. */
  readonly holders: readonly HolderCounts[];
  /** Why nobody: too few answered, or none did; null where there are counts. */
  readonly why: 'hidden' | 'no-answers' | null;
  /** Groups that answered and are in no count, since fewer than k people of them would be told apart. */
  readonly without: readonly string[];
}

export interface HolderCounts {
  readonly holder: CountsHolder;
  /** People who chose something; at least 2k. */
  readonly answered: number;
  /** Of them, how many named each choice, by its code (`yes` and `no` for a yes-no question). */
  readonly chosen: Readonly<Record<string, number>>;
}

/** Codes of what can be chosen. */
export function choiceCodes(question: CountedQuestion): readonly string[] {
  return question.type === 'yes-no' ? ['yes', 'no'] : question.choices.map(({ code }) => code);
}

/**
 * Counts every question that the report shows and that this round asked somebody, over visible answers only
 * (anonymity §3): one holder a question, with at least 2k people, and without groups of which fewer than k answered it,
 * so that nobody can work out their number or their answers from the others.
 */
export function countQuestions(
  instrument: Instrument,
  groups: readonly ScoredGroup[],
  people: readonly CountedAnswers[],
  protection: Protection,
): readonly QuestionCounts[] {
  const questions = (['barriers', 'support', 'views'] as const).flatMap((place) => countedAt(instrument, place));
  // What few people answered to a question that a rule reads may not be derivable.
  const filters = readByRules(instrument).answers;
  const groupOf = new Map(groups.flatMap(({ code, parts }) => [code, ...parts].map((part) => [part, code] as const)));
  return questions.flatMap((question): QuestionCounts[] => {
    const { code } = question;
    if (!people.some(({ visible }) => visible.has(code))) return [];
    const given = new Map<string, Given>();
    for (const { group: part, visible, answers } of people) {
      const group = groupOf.get(part);
      if (group === undefined) continue;
      const ofGroup = given.get(group) ?? { chosen: [], notAsked: 0 };
      given.set(group, ofGroup);
      const one = chosenIn(answers[code]);
      if (one !== null) ofGroup.chosen.push(one);
      if (!visible.has(code)) ofGroup.notAsked += 1;
    }
    return [countsOf(groups, question, given, filters.has(code), protection)];
  });
}

/** What the people of one group did with one question. */
interface Given {
  /** Codes of the choices of everybody who chose something. */
  readonly chosen: (readonly string[])[];
  /** People whom a rule did not ask it. */
  notAsked: number;
}

function countsOf(
  groups: readonly ScoredGroup[],
  question: CountedQuestion,
  given: ReadonlyMap<string, Given>,
  isFilter: boolean,
  protection: Protection,
): QuestionCounts {
  const { k, rules } = protection;
  const isFew = (count: number) => count > 0 && count < k;
  const chosenBy = (code: string) => given.get(code)?.chosen ?? [];
  const countOf = (answers: Given['chosen']) =>
    choiceCodes(question).map((code) => [code, answers.filter((one) => one.includes(code)).length] as const);
  const anyOfFew = (answers: Given['chosen']) =>
    countOf(answers).some(([, count]) => isFew(count) || isFew(answers.length - count));
  // By group, so that no difference between two holders, or between two questions, tells of a group what few of it said.
  const enters = (code: string) => {
    const chosen = chosenBy(code);
    if (chosen.length < k && rules.has('questions-from-k')) return false;
    if (isFilter && anyOfFew(chosen) && rules.has('filters')) return false;
    return !isFew(given.get(code)?.notAsked ?? 0) || !rules.has('asked-on');
  };
  const entering = groups.filter(({ code }) => enters(code));
  const counts = (holder: CountsHolder): HolderCounts | null => {
    const answers = entering
      .filter(({ side }) => holder === 'everyone' || side === holder)
      .flatMap(({ code }) => chosenBy(code));
    if (answers.length === 0 || !qualifies(answers.length, protection)) return null;
    return { holder, answered: answers.length, chosen: Object.fromEntries(countOf(answers)) };
  };
  const holders = holdersOf(counts, protection);
  const answering = groups.filter(({ code }) => chosenBy(code).length > 0);
  return {
    question: question.code,
    holders,
    why: holders.length > 0 ? null : answering.length > 0 ? 'hidden' : 'no-answers',
    without: answering.filter((group) => !entering.includes(group)).map(({ code }) => code),
  };
}

/** Codes of the choices; null where there is no answer, or one that chooses nothing. */
function chosenIn(answer: Answers[string] | undefined): readonly string[] | null {
  if (answer === undefined || isSpecial(answer)) return null;
  if (typeof answer === 'boolean') return [answer ? 'yes' : 'no'];
  if (typeof answer === 'string') return [answer];
  return typeof answer === 'number' || answer.length === 0 ? null : answer;
}
