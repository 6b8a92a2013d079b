import type { Answer } from '../answers';
import { specialAnswersOf, type Instrument, type Question, type SpecialAnswer } from '../instrument';

/** What a typist presses for an answer on paper; the paper shows the same number at its box. */
export interface Key {
  readonly key: string;
  /** A point of the scale, yes or no, the code of a choice, or a special answer. */
  readonly answer: Exclude<Answer, readonly string[]>;
}

/** Nothing is marked, for any question; where 0 is no answer it does the same. */
export const blankKey = '-';

/** Special answers of questions that are written out: signs of the number pad that no number begins with. */
const specialSigns: Readonly<Record<SpecialAnswer, string>> = { 'hard-to-say': '*', 'not-applicable': '/' };

/**
 * The keys of a question, in the order of its answers: points of the scale as they are, choices counted from 1 (yes 1,
 * no 2), special answers 8 and 9, or 98 and 99 where an answer has one of these numbers. A question whose answer is
 * written out has keys for special answers only.
 */
export function keysOf(instrument: Instrument, question: Question): readonly Key[] {
  const usual = usualKeys(instrument, question);
  const special = specialAnswersOf(question);
  if (usual === null) return special.map((kind) => ({ key: specialSigns[kind], answer: { special: kind } }));
  const taken = usual.some(({ key }) => Number(key) >= 8);
  const numbers: Readonly<Record<SpecialAnswer, string>> = taken
    ? { 'hard-to-say': '98', 'not-applicable': '99' }
    : { 'hard-to-say': '8', 'not-applicable': '9' };
  return [...usual, ...special.map((kind) => ({ key: numbers[kind], answer: { special: kind } }))];
}

/** null: the answer is written out. */
function usualKeys({ scale }: Instrument, question: Question): Key[] | null {
  switch (question.type) {
    case 'rating':
      return Object.keys(scale?.points ?? {}).map((point) => ({ key: point, answer: Number(point) }));
    case 'yes-no':
      return [
        { key: '1', answer: true },
        { key: '2', answer: false },
      ];
    case 'single-choice':
    case 'multiple-choice':
    case 'ranking':
      return question.choices.map(({ code }, at) => ({ key: String(at + 1), answer: code }));
    default:
      return null;
  }
}
