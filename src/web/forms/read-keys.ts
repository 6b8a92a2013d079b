import type { Instrument, Question } from '../../definitions/instrument';
import { isSpecial, otherKey } from '../../definitions/answers';
import { blankKey, keysOf, type Key } from '../../definitions/paper/keys';
import type { FieldFault } from './field-fault';
import { fieldNames, specialValue } from './field-names';
import { rawText, type RawForm } from './raw';
import { readAnswers, type ReadAnswers } from './read-answers';

/** One line of a paper form as it was typed, read; `line-empty` and `key-unknown` are faults of the keys. */
export type ReadKeys =
  { readonly answers: ReadAnswers['answers'] } | { readonly fault: FieldFault; readonly field: string };

/** Signs between several keys on one line: what a number pad has. */
const between = /[\s,.+;]+/;

/**
 * Reads the line of a question: its keys become the fields that a respondent's page would have sent, and are read and
 * checked as those. `typed` has the line under the question's code, and the words of its "other" choice beside it.
 */
export function readKeys(instrument: Instrument, question: Question, typed: RawForm): ReadKeys {
  const line = rawText(typed, question.code).trim();
  const keys = keysOf(instrument, question);
  if (line === '') return { fault: { code: 'line-empty' }, field: question.code };
  const form = isBlank(line, keys) ? {} : fieldsOf(question, line, keys);
  if (form === null) return { fault: { code: 'key-unknown' }, field: question.code };
  const words = rawText(typed, fieldNames.other(question.code)).trim();
  const read = readAnswers(instrument, [question], {
    ...form,
    ...(words === '' || words === blankKey ? {} : { [fieldNames.other(question.code)]: [words] }),
  });
  const [error] = read.errors;
  if (error === undefined) return { answers: read.answers };
  const isWords = error.target.endsWith(`-${otherKey(question.code)}`);
  return { fault: error.fault, field: isWords ? fieldNames.other(question.code) : question.code };
}

function isBlank(line: string, keys: readonly Key[]): boolean {
  const hasOwnZero = keys.length === 0 || keys.some(({ key }) => key === '0' || Number.isNaN(Number(key)));
  return line === blankKey || (line === '0' && !hasOwnZero);
}

/** null: something on the line is no key. */
function fieldsOf(question: Question, line: string, keys: readonly Key[]): RawForm | null {
  const { code, type } = question;
  const special = keys.find(({ key, answer }) => key === line && isSpecial(answer));
  switch (type) {
    case 'rating':
    case 'yes-no':
    case 'single-choice': {
      const found = keys.find(({ key }) => key === line);
      return found === undefined ? null : { [code]: [valueOf(found)] };
    }
    case 'multiple-choice':
    case 'ranking': {
      if (special) return { [fieldNames.special(code)]: [valueOf(special)] };
      const found = splitKeys(line, keys).map((one) =>
        keys.find(({ key, answer }) => key === one && !isSpecial(answer)),
      );
      const values = found.flatMap((one) => (one === undefined ? [] : [valueOf(one)]));
      if (values.length < found.length) return null;
      if (type === 'multiple-choice') return { [code]: values };
      return Object.fromEntries(values.map((value, at) => [fieldNames.place(code, at + 1), [value]]));
    }
    case 'date':
      return special ? { [fieldNames.special(code)]: [valueOf(special)] } : dateFields(code, line);
    default:
      return special ? { [fieldNames.special(code)]: [valueOf(special)] } : { [code]: [line] };
  }
}

/** „135” are three keys where each has one digit; otherwise signs stand between them: „1.10.12”. */
function splitKeys(line: string, keys: readonly Key[]): readonly string[] {
  const parts = line.split(between).filter((part) => part !== '');
  const usual = keys.filter(({ answer }) => !isSpecial(answer));
  return usual.every(({ key }) => key.length === 1) ? parts.flatMap((part) => Array.from(part)) : parts;
}

/** „31122026” or „31.12.2026”. */
function dateFields(code: string, line: string): RawForm | null {
  const [, day, month, year] =
    /^(\d{2})(\d{2})(\d{4})$/.exec(line) ?? /^(\d{1,2})[\s,.+/-](\d{1,2})[\s,.+/-](\d{4})$/.exec(line) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  return { [fieldNames.day(code)]: [day], [fieldNames.month(code)]: [month], [fieldNames.year(code)]: [year] };
}

function valueOf({ answer }: Key): string {
  return isSpecial(answer) ? specialValue(answer.special) : String(answer);
}

/** Whether a line says all that it can with what is typed: then the next one may come without a further key. */
export function isComplete(instrument: Instrument, question: Question, line: string): boolean {
  if (!['rating', 'yes-no', 'single-choice'].includes(question.type)) return false;
  const keys = [...keysOf(instrument, question).map(({ key }) => key), '0', blankKey];
  return keys.includes(line) && !keys.some((key) => key !== line && key.startsWith(line));
}
