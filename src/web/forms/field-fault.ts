import { decimalsOf, rangeOf, type AnswerFault } from '../../definitions/answer-check';
import type { Answer } from '../../definitions/answers';
import type { FactField, Question, Text } from '../../definitions/instrument';

/** Faults of what is typed, beside those of answers: what cannot even be read as one. */
type ReadingFault =
  | 'not-a-number'
  | 'not-a-percent'
  | 'not-a-money'
  | 'ambiguous-number'
  | 'hidden-characters'
  | 'day-missing'
  | 'month-missing'
  | 'year-missing'
  | 'place-left-out'
  | 'repeated-place'
  | 'either-or'
  | 'other-not-chosen'
  | 'line-empty'
  | 'key-unknown'
  | 'answer-missing'
  | 'out-of-range'
  | 'date-out-of-range';

/** Words under `answers:<code>`. */
export interface FieldFault {
  readonly code: AnswerFault | ReadingFault;
  /** Numbers, days and texts of the instrument still unformatted: the language comes later. */
  readonly details?: Readonly<Record<string, string | number | Text>>;
}

/** An answer's fault with what its sentence needs. */
export function fieldFault(question: Question | FactField, fault: AnswerFault, answer: Answer): FieldFault {
  switch (question.type) {
    case 'number':
    case 'percent':
    case 'money': {
      if (fault === 'too-many-decimals') return { code: fault, details: { count: decimalsOf(question) } };
      const { min, max } = rangeOf(question);
      if (min !== null && max !== null) return { code: 'out-of-range', details: { min, max } };
      return { code: fault, details: { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) } };
    }
    case 'date': {
      const { min, max } = question;
      if (fault === 'not-a-date') return { code: fault };
      if (min !== undefined && max !== undefined) {
        return { code: 'date-out-of-range', details: { minDay: min, maxDay: max } };
      }
      const details = { ...(min === undefined ? {} : { minDay: min }), ...(max === undefined ? {} : { maxDay: max }) };
      return { code: fault, details };
    }
    case 'multiple-choice': {
      if (fault === 'exclusive-with-others') {
        const codes: readonly string[] = Array.isArray(answer) ? answer : [];
        const choice = question.choices.find(({ code, exclusive }) => exclusive === true && codes.includes(code));
        return { code: fault, details: choice === undefined ? {} : { choice: choice.text } };
      }
      const chosen = Array.isArray(answer) ? answer.length : 0;
      const count = fault === 'too-few-choices' ? question.minChoices : question.maxChoices;
      return { code: fault, details: { count: count ?? 0, chosen } };
    }
    default:
      return { code: fault };
  }
}
