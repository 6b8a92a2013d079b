import { isSpecial, type Answers, type FactValues } from '../definitions/answers';
import { followFlow } from '../definitions/flow';
import { sides, type ChoiceQuestion, type FormName, type Instrument, type Side } from '../definitions/instrument';
import type { BarrierCounts, Barriers } from './input';

/** The code under which an instrument asks what hinders cooperation. */
const barriersCode = 'barriers';

/** The question about barriers, where the instrument has one. */
export function barriersQuestion(instrument: Instrument): ChoiceQuestion | null {
  const question = instrument.questions.find(({ code }) => code === barriersCode);
  return question?.type === 'multiple-choice' ? question : null;
}

export interface BarriersInput {
  readonly form: FormName;
  readonly round: string | null;
  readonly facts: FactValues;
  readonly respondents: readonly { readonly group: string; readonly answers: Answers }[];
  readonly k: number;
  /** Fewest answers of a side before its distribution is shown (method §5: 2k). */
  readonly distributions: number;
}

/**
 * Counts the barriers by side, over visible answers only. Groups with fewer than k people are left out, so that nobody
 * can work out their number or their answers from the side's; a side with fewer answers than `distributions` is null.
 */
export function countBarriers(instrument: Instrument, input: BarriersInput): Barriers | null {
  const question = barriersQuestion(instrument);
  if (question === null) return null;
  const sizes = new Map<string, number>();
  for (const { group } of input.respondents) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const { form, round, facts } = input;
  const answersOf = (group: string) =>
    input.respondents
      .filter((respondent) => respondent.group === group)
      .map(({ answers }) => followFlow(instrument, { form, group, round, facts }, answers).answers[question.code])
      .filter((answer): answer is readonly string[] => Array.isArray(answer) && !isSpecial(answer));

  const countSide = (side: Side): BarrierCounts | null => {
    const groups = (instrument.groups ?? []).filter((group) => group.side === side).map(({ code }) => code);
    // A group in which fewer than k answered just this question would be given away by the side's other groups.
    const answers = new Map(groups.map((group) => [group, answersOf(group)]));
    const counted = groups.filter((group) => (answers.get(group)?.length ?? 0) >= input.k);
    const chosen = counted.flatMap((group) => answers.get(group) ?? []);
    if (chosen.length < input.distributions) return null;
    return {
      answered: chosen.length,
      chosen: Object.fromEntries(
        question.choices.map(({ code }) => [code, chosen.filter((answer) => answer.includes(code)).length]),
      ),
      without: groups.filter((group) => !counted.includes(group) && (sizes.get(group) ?? 0) > 0),
    };
  };
  const counts: Barriers = { administration: countSide('administration'), ngo: countSide('ngo') };
  return sides.every((side) => counts[side] === null) ? null : counts;
}
