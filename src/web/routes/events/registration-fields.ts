import type { Instrument } from '../../../definitions/instrument';
import type { Event } from '../../../events/event';
import { formatDate } from '../../../locales/formats';
import { translator, type Language } from '../../../locales/translate';
import { fieldId } from '../../forms/field-names';
import { rawText, type RawForm } from '../../forms/raw';
import { readAnswers } from '../../forms/read-answers';
import type { Answers } from '../../../definitions/answers';
import { questionField, type QuestionField } from '../../view-models/question-field';
import { askedIn, flowOf, personPrefix, type InputError } from './registration-input';

/** A text field as the partial `components/input` shows it. */
export interface TextField {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly error?: string;
}

export interface PersonFields {
  readonly number: number;
  readonly legend: string;
  readonly name: TextField;
  readonly email: TextField;
  readonly questions: readonly QuestionField[];
  readonly shownName: string;
  readonly shown: string;
  /** Value of the button that takes the row away; null where it is the only one. */
  readonly remove: string | null;
  readonly removeText: string;
  readonly autofocus: boolean;
}

export function textField(form: RawForm, name: string, errors: readonly InputError[]): TextField {
  const error = errors.find(({ field }) => field === name)?.text;
  return { id: fieldId(name), name, value: rawText(form, name), ...(error === undefined ? {} : { error }) };
}

export function personFields(
  form: RawForm,
  index: number,
  rows: number,
  instrument: Instrument | null,
  errors: readonly InputError[],
  language: Language,
  autofocus: boolean,
): PersonFields {
  const t = translator(language);
  const prefix = personPrefix(index);
  const questions = instrument === null ? [] : questionFields(form, prefix, instrument, errors, language);
  return {
    number: index + 1,
    legend: rows === 1 ? t('events:register.onePerson') : t('events:register.person', { number: index + 1 }),
    name: textField(form, `${prefix}name`, errors),
    email: textField(form, `${prefix}email`, errors),
    questions,
    shownName: `${prefix}shown`,
    shown: questions.map(({ code }) => code).join(','),
    remove: rows === 1 ? null : `remove-${index}`,
    removeText: t('events:register.remove', { number: index + 1 }),
    autofocus,
  };
}

/** The questions that are asked after what was answered so far. */
export function questionFields(
  form: RawForm,
  prefix: string,
  instrument: Instrument,
  errors: readonly InputError[],
  language: Language,
): QuestionField[] {
  const asked = askedIn(instrument);
  const { answers } = readAnswers(instrument, asked, form, prefix);
  const given = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null)) as Answers;
  const { visible, required } = flowOf(instrument, given);
  const words = Object.fromEntries(
    errors.flatMap(({ field, text }) => (field.startsWith(prefix) ? [[field.slice(prefix.length), text]] : [])),
  );
  return asked
    .filter(({ code }) => visible.has(code))
    .map((question) =>
      questionField(question, { instrument, language, group: null, form, prefix, visible, required, errors: words }),
    );
}

/** Who decides about the data and when they are deleted, as the form promises. */
export function clauseWords(event: Event, language: Language): string {
  const words = { controller: event.controller, day: formatDate(event.deleteAfter, language) };
  return translator(language)('events:register.clause', words);
}
