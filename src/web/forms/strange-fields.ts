import type { AnswerFault } from '../../definitions/answer-check';
import type { Question } from '../../definitions/instrument';
import { fieldNames } from './field-names';
import type { FieldError } from './read-answers';
import type { RawForm } from './raw';

/** Faults that nobody can make on a page: it offers no such value. */
const impossible: ReadonlySet<string> = new Set<AnswerFault>([
  ...(['wrong-type', 'special-not-offered', 'not-on-scale', 'unknown-choice', 'repeated-choice'] as const),
]);

/**
 * Whether a form holds what a page with these questions cannot have sent: another field, or a choice that there is not.
 *
 * @param own other fields that the page has
 */
export function isStrange(
  form: RawForm,
  questions: readonly Question[],
  errors: readonly FieldError[],
  own: readonly string[],
): boolean {
  const known = new Set([...own, ...questions.flatMap(fieldsOf)]);
  return Object.keys(form).some((name) => !known.has(name)) || errors.some(({ fault }) => impossible.has(fault.code));
}

/** All names that the fields of a question may have. */
function fieldsOf(question: Question): string[] {
  const { code } = question;
  const places =
    question.type === 'ranking'
      ? Array.from({ length: question.places ?? question.choices.length }, (_, at) => fieldNames.place(code, at + 1))
      : [];
  const { day, month, year, other, special } = fieldNames;
  return [code, ...places, ...[day, month, year, other, special].map((name) => name(code))];
}
