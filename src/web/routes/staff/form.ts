import type { Answer } from '../../../definitions/answers';
import type { FactField, Instrument, Question, Text } from '../../../definitions/instrument';
import { translator, type Language } from '../../../locales/translate';
import { forbiddenInName, forbiddenInText, isBlank } from '../../../shared/plain-text';
import { faultText } from '../../forms/fault-text';
import { fieldId } from '../../forms/field-names';
import type { RawForm } from '../../forms/raw';
import { firstField, readAnswers } from '../../forms/read-answers';
import type { ErrorLink } from '../../outcome';
import { questionField, type QuestionField } from '../../view-models/question-field';

/** A form of the staff: its fields are read, checked and shown by the same code as the questions of a survey. */
export interface StaffForm {
  readonly fields: readonly (Question | FactField)[];
  /** Fields that must be filled in, each with the key of the sentence that asks for it. */
  readonly required?: Readonly<Record<string, string>>;
}

export interface FormError {
  readonly field: string;
  /** Id of the element to go to. */
  readonly target: string;
  readonly text: string;
}

/** Fields need an instrument only for its scale. */
export const noInstrument: Instrument = {
  id: 'staff',
  version: '1.0.0',
  kind: 'form',
  languages: ['pl', 'en'],
  title: { pl: '' },
  questions: [],
  forms: { full: { minutes: 1, pages: [] } },
};

/** The words of a key in both languages. */
export function textOf(key: string, parameters?: Readonly<Record<string, unknown>>): Text {
  return { pl: translator('pl')(key, parameters), en: translator('en')(key, parameters) };
}

/** @param prefix stands before every field's name, where one form asks the same several times */
export function readForm(
  form: StaffForm,
  raw: RawForm,
  language: Language,
  prefix = '',
): { readonly values: Readonly<Record<string, Answer | null>>; readonly errors: readonly FormError[] } {
  const read = readAnswers(noInstrument, form.fields, raw, prefix);
  const answers: Record<string, Answer | null> = { ...read.answers };
  const faults = read.errors.map(({ question, target, fault }) => ({
    field: question,
    target,
    text: faultText(fault, language),
  }));
  for (const { code, type } of form.fields) {
    const value = answers[code];
    if ((type !== 'short-text' && type !== 'long-text') || typeof value !== 'string') continue;
    const refused = type === 'short-text' ? forbiddenInName(value) : forbiddenInText(value);
    if (refused !== null) {
      const text = faultText({ code: 'hidden-characters', details: { character: refused } }, language);
      faults.push(fieldError(form, code, text, prefix));
    } else if (isBlank(value)) answers[code] = null;
  }
  const missing = Object.entries(form.required ?? {}).flatMap(([field, key]) =>
    answers[field] === null ? [fieldError(form, field, translator(language)(key), prefix)] : [],
  );
  const order = form.fields.map(({ code }) => code);
  const all = [...faults, ...missing].sort((one, other) => order.indexOf(one.field) - order.indexOf(other.field));
  return { values: answers, errors: all };
}

/** An error found by the domain, put at the field it is about. */
export function fieldError(form: StaffForm, field: string, text: string, prefix = ''): FormError {
  const question = form.fields.find(({ code }) => code === field);
  const name = prefix + field;
  return { field, target: fieldId(question ? firstField(question, name) : name), text };
}

/** The fields as the partials `questions/*` show them, by code. */
export function shownFields(
  form: StaffForm,
  raw: RawForm,
  language: Language,
  errors: readonly FormError[] = [],
  prefix = '',
): Record<string, QuestionField> {
  const words = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  const required = new Set(Object.keys(form.required ?? {}));
  const context = { instrument: noInstrument, language, group: null, form: raw, prefix, required, errors: words };
  return Object.fromEntries(form.fields.map((field) => [field.code, questionField(field, context)]));
}

export function errorLinks(errors: readonly FormError[]): ErrorLink[] {
  return errors.map(({ text, target }) => ({ text, href: `#${target}` }));
}

export function asText(value: Answer | null | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function asNumber(value: Answer | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function asList(value: Answer | null | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
