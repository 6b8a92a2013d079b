import { checkAnswer, inChoiceOrder, longestText } from '../../definitions/answer-check';
import { longestOtherWords, otherKey, type Answer } from '../../definitions/answers';
import type { FactField, Instrument, Question } from '../../definitions/instrument';
import { readNumber } from '../../shared/typed-number';
import { fieldFault, type FieldFault } from './field-fault';
import { fieldId, fieldNames, specialOf } from './field-names';
import { rawList, rawText, type RawForm } from './raw';

/** Something typed that is no answer yet. */
export interface FieldError {
  /** Code of the question it is about. */
  readonly question: string;
  /** Id of the element to go to. */
  readonly target: string;
  readonly fault: FieldFault;
}

/** What was read from a form: for every question asked either an answer, null (none given), or an error. */
export interface ReadAnswers {
  /** By question code (and `<code>.other`); null takes an answer back. Questions with an error are absent. */
  readonly answers: Readonly<Record<string, Answer | null>>;
  readonly errors: readonly FieldError[];
}

type Asked = Question | FactField;
type Read = { readonly answer: Answer | null } | { readonly fault: FieldFault; readonly field?: string };

/**
 * Reads the answers to these questions and to no others: fields that the form did not have are dropped unread.
 *
 * @param prefix stands before every field name, e.g. `p1.` for the first of several people.
 */
export function readAnswers(
  instrument: Instrument,
  questions: readonly Asked[],
  form: RawForm,
  prefix = '',
): ReadAnswers {
  const answers = new Map<string, Answer | null>();
  const errors: FieldError[] = [];
  for (const question of questions) {
    const name = prefix + question.code;
    const words = rawText(form, fieldNames.other(name)).trim();
    const read = checked(instrument, question, withOther(question, readOne(question, form, name), words, name));
    if ('fault' in read) {
      errors.push({
        question: question.code,
        target: fieldId(read.field ?? firstField(question, name)),
        fault: read.fault,
      });
      continue;
    }
    answers.set(question.code, read.answer);
    if (otherChoiceOf(question) === undefined) continue;
    if (Array.from(words).length > longestOtherWords) {
      const fault: FieldFault = {
        code: 'too-long',
        details: { max: longestOtherWords, length: Array.from(words).length },
      };
      errors.push({ question: question.code, target: fieldId(fieldNames.other(name)), fault });
    } else {
      answers.set(otherKey(question.code), words === '' ? null : words);
    }
  }
  return { answers: Object.fromEntries(answers), errors };
}

function otherChoiceOf(question: Asked): string | undefined {
  return 'choices' in question ? question.choices.find(({ other }) => other)?.code : undefined;
}

/**
 * Without JavaScript the field of an "other" choice can be filled in without taking the choice. Where nothing speaks
 * against it the words take it; where another answer does, the person decides: neither may vanish.
 */
function withOther(question: Asked, read: Read, words: string, name: string): Read {
  const other = otherChoiceOf(question);
  if (other === undefined || words === '' || 'fault' in read) return read;
  const { answer } = read;
  if (question.type === 'single-choice') {
    if (answer === null) return { answer: other };
    if (answer === other) return read;
  }
  if (question.type === 'multiple-choice' && (answer === null || Array.isArray(answer))) {
    return { answer: inChoiceOrder(question, [...new Set([...((answer ?? []) as readonly string[]), other])]) };
  }
  if (Array.isArray(answer) && answer.includes(other)) return read;
  return { fault: { code: 'other-not-chosen' }, field: fieldNames.other(name) };
}

function checked(instrument: Instrument, question: Asked, read: Read): Read {
  if ('fault' in read || read.answer === null) return read;
  const fault = checkAnswer(instrument, question, read.answer);
  return fault === null ? read : { fault: fieldFault(question, fault, read.answer) };
}

function readOne(question: Asked, form: RawForm, name: string): Read {
  const ticked = specialOf(rawText(form, fieldNames.special(name)));
  const read = readUsual(question, form, name);
  if (ticked === null) return read;
  const nothingElse = 'answer' in read && (read.answer === null || (Array.isArray(read.answer) && !read.answer.length));
  return nothingElse ? { answer: { special: ticked } } : { fault: { code: 'either-or' } };
}

function readUsual(question: Asked, form: RawForm, name: string): Read {
  const value = rawText(form, name).trim();
  switch (question.type) {
    case 'rating':
      return { answer: value === '' ? null : (asSpecial(value) ?? (/^\d{1,3}$/.test(value) ? Number(value) : NaN)) };
    case 'single-choice':
      return { answer: value === '' ? null : (asSpecial(value) ?? value) };
    case 'yes-no':
      if (value === '') return { answer: null };
      return { answer: asSpecial(value) ?? (value === 'true' ? true : value === 'false' ? false : value) };
    case 'multiple-choice': {
      const codes = rawList(form, name).filter((code) => code !== '');
      return { answer: codes.length === 0 ? null : inChoiceOrder(question, codes) };
    }
    case 'ranking':
      return readRanking(question, form, name);
    case 'number':
    case 'percent':
    case 'money': {
      if (value === '') return { answer: null };
      const reading = readNumber(value);
      if ('number' in reading) return { answer: reading.number };
      if ('notANumber' in reading) return { fault: { code: `not-a-${question.type}` } };
      const [thousands, fraction] = reading.ambiguous;
      return { fault: { code: 'ambiguous-number', details: { thousands, fraction } } };
    }
    case 'date':
      return readDate(form, name);
    case 'short-text':
    case 'long-text': {
      const text = rawText(form, name).replaceAll('\r\n', '\n').trim();
      if (Array.from(text).length <= longestText(question)) return { answer: text === '' ? null : text };
      return { fault: { code: 'too-long', details: { max: longestText(question), length: Array.from(text).length } } };
    }
  }
}

function asSpecial(value: string): Answer | null {
  const special = specialOf(value);
  return special === null ? null : { special };
}

function readRanking(
  question: Extract<Asked, { type: 'single-choice' | 'multiple-choice' | 'ranking' }>,
  form: RawForm,
  name: string,
): Read {
  const places = question.places ?? question.choices.length;
  const chosen = Array.from({ length: places }, (_, index) => rawText(form, fieldNames.place(name, index + 1)));
  const empty = chosen.findIndex((code, index) => code === '' && chosen.slice(index).some((later) => later !== ''));
  if (empty >= 0) {
    return {
      fault: { code: 'place-left-out', details: { place: empty + 1 } },
      field: fieldNames.place(name, empty + 1),
    };
  }
  const repeated = chosen.findIndex((code, index) => code !== '' && chosen.indexOf(code) < index);
  if (repeated >= 0) {
    const details = { first: chosen.indexOf(chosen[repeated] ?? '') + 1, second: repeated + 1 };
    return { fault: { code: 'repeated-place', details }, field: fieldNames.place(name, repeated + 1) };
  }
  const codes = chosen.filter((code) => code !== '');
  return { answer: codes.length === 0 ? null : codes };
}

function readDate(form: RawForm, name: string): Read {
  const [day, month, year] = [fieldNames.day(name), fieldNames.month(name), fieldNames.year(name)];
  const parts = [day, month, year].map((part) => rawText(form, part).trim());
  if (parts.every((part) => part === '')) return { answer: null };
  const missing = parts.findIndex((part) => part === '');
  if (missing >= 0) {
    const code = (['day-missing', 'month-missing', 'year-missing'] as const)[missing] ?? 'day-missing';
    return { fault: { code }, field: [day, month, year][missing] ?? day };
  }
  const fits = [/^\d{1,2}$/, /^\d{1,2}$/, /^\d{4}$/];
  const wrong = parts.findIndex((part, index) => !fits[index]?.test(part));
  if (wrong >= 0) return { fault: { code: 'not-a-date' }, field: [day, month, year][wrong] ?? day };
  const [d = '', m = '', y = ''] = parts;
  return { answer: `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` };
}

/** The field that stands for the whole question. */
export function firstField(question: Asked, name: string): string {
  if (question.type === 'ranking') return fieldNames.place(name, 1);
  return question.type === 'date' ? fieldNames.day(name) : name;
}
