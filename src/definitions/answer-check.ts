import { isSpecial, type Answer } from './answers';
import { isRealDate } from '../shared/calendar-day';
import { specialAnswersOf, type FactField, type Instrument, type NumberQuestion, type Question } from './instrument';

/** Why a value is no answer to its question; the words for each come from the locale files. */
export type AnswerFault =
  | 'wrong-type'
  | 'special-not-offered'
  | 'not-on-scale'
  | 'unknown-choice'
  | 'repeated-choice'
  | 'exclusive-with-others'
  | 'too-few-choices'
  | 'too-many-choices'
  | 'below-min'
  | 'above-max'
  | 'too-many-decimals'
  | 'not-a-date'
  | 'too-long';

/** Any question or field of the fact sheet. */
type Asked = Question | FactField;

/**
 * Does a value fit its question? The one check behind forms, CSV import and the API; rules (`valid`, `requiredIf`) are
 * the flow's business. Takes anything, so that input from outside may be passed as it came.
 *
 * @returns null where it fits, else the first fault found.
 */
export function checkAnswer(instrument: Instrument, question: Asked, answer: unknown): AnswerFault | null {
  if (isRecord(answer)) {
    const given = answer as Answer;
    const offered = specialAnswersOf(question);
    if (!isSpecial(given) || Object.keys(answer).length !== 1) return 'wrong-type';
    return offered.includes(given.special) ? null : 'special-not-offered';
  }
  switch (question.type) {
    case 'rating':
      return checkRating(instrument, answer);
    case 'single-choice':
      if (typeof answer !== 'string') return 'wrong-type';
      return question.choices.some(({ code }) => code === answer) ? null : 'unknown-choice';
    case 'multiple-choice':
    case 'ranking':
      return checkChoices(question, answer);
    case 'number':
    case 'percent':
    case 'money':
      return checkNumber(question, answer);
    case 'date':
      if (typeof answer !== 'string') return 'wrong-type';
      if (!isRealDate(answer)) return 'not-a-date';
      if (question.min !== undefined && answer < question.min) return 'below-min';
      return question.max !== undefined && answer > question.max ? 'above-max' : null;
    case 'yes-no':
      return typeof answer === 'boolean' ? null : 'wrong-type';
    case 'short-text':
    case 'long-text':
      if (typeof answer !== 'string') return 'wrong-type';
      return Array.from(answer).length > longestText(question) ? 'too-long' : null;
  }
}

/** Lowest and highest value a number, percent or money question accepts, both inclusive; null = no bound of its own. */
export function rangeOf(question: Pick<NumberQuestion, 'type' | 'min' | 'max'>): {
  readonly min: number | null;
  readonly max: number | null;
} {
  return {
    min: question.min ?? (question.type === 'number' ? null : 0),
    max: question.max ?? (question.type === 'percent' ? 100 : null),
  };
}

/** Decimal places a number, percent or money question accepts. */
export function decimalsOf(question: Pick<NumberQuestion, 'type' | 'decimals'>): number {
  return question.decimals ?? { number: 0, percent: 1, money: 2 }[question.type];
}

/** Most characters a text question accepts; a character is what a reader counts as one code point. */
export function longestText(question: {
  readonly type: 'short-text' | 'long-text';
  readonly maxLength?: number;
}): number {
  return question.maxLength ?? (question.type === 'short-text' ? 200 : 2000);
}

/** Codes in the order of the definition, as answers to a multiple choice are kept; unknown codes go last. */
export function inChoiceOrder(
  question: { readonly choices: readonly { readonly code: string }[] },
  codes: readonly string[],
): readonly string[] {
  const place = new Map(question.choices.map(({ code }, index) => [code, index]));
  return [...codes].sort((one, other) => (place.get(one) ?? Infinity) - (place.get(other) ?? Infinity) || 0);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkRating({ scale }: Instrument, answer: unknown): AnswerFault | null {
  if (typeof answer !== 'number') return 'wrong-type';
  if (scale === undefined || !Number.isInteger(answer)) return 'not-on-scale';
  return answer < scale.min || answer > scale.max ? 'not-on-scale' : null;
}

function checkChoices(
  question: Extract<Asked, { type: 'single-choice' | 'multiple-choice' | 'ranking' }>,
  answer: unknown,
): AnswerFault | null {
  if (!Array.isArray(answer) || !answer.every((code) => typeof code === 'string')) return 'wrong-type';
  // No choice at all is unanswered, not an answer.
  if (answer.length === 0) return 'too-few-choices';
  const byCode = new Map(question.choices.map((choice) => [choice.code, choice]));
  if (!answer.every((code) => byCode.has(code))) return 'unknown-choice';
  if (new Set(answer).size < answer.length) return 'repeated-choice';
  if (question.type === 'ranking') {
    return answer.length > (question.places ?? question.choices.length) ? 'too-many-choices' : null;
  }
  if (answer.some((code) => byCode.get(code)?.exclusive === true)) {
    return answer.length > 1 ? 'exclusive-with-others' : null;
  }
  if (answer.length > (question.maxChoices ?? Infinity)) return 'too-many-choices';
  return answer.length < (question.minChoices ?? 0) ? 'too-few-choices' : null;
}

function checkNumber(
  question: Extract<Asked, { type: 'number' | 'percent' | 'money' }>,
  answer: unknown,
): AnswerFault | null {
  if (typeof answer !== 'number' || Number.isNaN(answer)) return 'wrong-type';
  // Past this a number no longer keeps its last digits.
  const most = Number.MAX_SAFE_INTEGER;
  const { min, max } = rangeOf(question);
  if (answer < (min ?? -most)) return 'below-min';
  if (answer > (max ?? most)) return 'above-max';
  return Number(answer.toFixed(decimalsOf(question))) === answer ? null : 'too-many-decimals';
}
