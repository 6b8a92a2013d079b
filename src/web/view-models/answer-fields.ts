import { isSpecial, otherKey, type Answer, type Answers } from '../../definitions/answers';
import type { FactField, Question } from '../../definitions/instrument';
import type { Language } from '../../locales/translate';
import { fieldNames, specialValue } from '../forms/field-names';
import { numberForField } from '../forms/numbers';
import type { RawForm } from '../forms/raw';

/** Saved answers as the fields of a form: the way back from `readAnswers`. */
export function formOf(
  questions: readonly (Question | FactField)[],
  answers: Answers,
  language: Language,
  prefix = '',
): RawForm {
  const fields: Record<string, readonly string[]> = {};
  for (const question of questions) {
    const name = prefix + question.code;
    const answer = answers[question.code];
    if (answer !== undefined) Object.assign(fields, fieldsOf(question, answer, name, language));
    const words = answers[otherKey(question.code)];
    // Words of a choice that is not taken would take it (`readAnswers`).
    if (typeof words === 'string' && takesOther(question, answer)) fields[fieldNames.other(name)] = [words];
  }
  return fields;
}

function takesOther(question: Question | FactField, answer: Answer | undefined): boolean {
  const other = 'choices' in question ? question.choices.find((choice) => choice.other)?.code : undefined;
  return other !== undefined && (Array.isArray(answer) ? answer.includes(other) : answer === other);
}

function fieldsOf(question: Question | FactField, answer: Answer, name: string, language: Language): RawForm {
  if (isSpecial(answer)) {
    const chosenLikeAnswers = ['rating', 'single-choice', 'yes-no'].includes(question.type);
    return { [chosenLikeAnswers ? name : fieldNames.special(name)]: [specialValue(answer.special)] };
  }
  if (Array.isArray(answer)) {
    const codes = answer as readonly string[];
    if (question.type !== 'ranking') return { [name]: codes };
    return Object.fromEntries(codes.map((code, index) => [fieldNames.place(name, index + 1), [code]]));
  }
  if (question.type === 'date' && typeof answer === 'string') {
    const [year = '', month = '', day = ''] = answer.split('-');
    return {
      [fieldNames.day(name)]: [String(Number(day))],
      [fieldNames.month(name)]: [String(Number(month))],
      [fieldNames.year(name)]: [year],
    };
  }
  if (typeof answer === 'number' && question.type !== 'rating') return { [name]: [numberForField(answer, language)] };
  return { [name]: [String(answer)] };
}
