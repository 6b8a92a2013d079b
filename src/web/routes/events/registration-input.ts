import isEmailAddress from 'validator/lib/isEmail';
import type { Answers } from '../../../definitions/answers';
import { followFlow, type Flow } from '../../../definitions/flow';
import { inLanguage, type Instrument, type Question } from '../../../definitions/instrument';
import { addressIn } from '../../../events/addresses-in-text';
import type { Event } from '../../../events/event';
import { isInRegion } from '../../../events/programmes';
import type { Organisation, Person } from '../../../events/queue';
import { translator, type Language } from '../../../locales/translate';
import { forbiddenInName, visibleLength, visibleText } from '../../../shared/plain-text';
import { readNumber } from '../../../shared/typed-number';
import type { Place } from '../../../territory/place';
import { faultText } from '../../forms/fault-text';
import { fieldId } from '../../forms/field-names';
import { rawText, type RawForm } from '../../forms/raw';
import { firstField, readAnswers } from '../../forms/read-answers';
import type { ErrorLink } from '../../outcome';
import type { Services } from '../../services';
import { outside, seatsOf } from './seats-of-region';

/** Characters that a reader sees. */
const longestName = 200;

/** Something to mend: `field` is the name of the form's field, or of the question behind its prefix. */
export interface InputError extends ErrorLink {
  readonly field: string;
}

export interface RegistrationInput {
  readonly organisation: Organisation;
  readonly contactEmail: string;
  readonly people: readonly Omit<Person, 'id'>[];
  readonly errors: readonly InputError[];
  /** Names of questions that came up by what was answered and have not been seen yet. */
  readonly appeared: readonly string[];
}

export interface ReadingContext {
  readonly services: Services;
  readonly event: Event;
  readonly instrument: Instrument | null;
  readonly places: readonly Place[];
  readonly language: Language;
}

export function personPrefix(index: number): string {
  return `p${index + 1}.`;
}

/** How many rows for people the form has. */
export function rowsOf(form: RawForm, limit: number): number {
  const read = readNumber(rawText(form, 'rows'));
  const rows = 'number' in read && Number.isInteger(read.number) ? read.number : 1;
  return Math.min(Math.max(rows, 1), limit);
}

/** Reads a form; with errors, what was read is of no use, and the form is shown again as it was typed. */
export function readRegistration(form: RawForm, context: ReadingContext): RegistrationInput {
  const { event, services, places, language } = context;
  const t = translator(language);
  const errors: InputError[] = [];
  const fault = (field: string, key: string, words?: Record<string, unknown>): void =>
    void errors.push({ field, href: `#${fieldId(field)}`, text: t(`events:errors.${key}`, words) });

  const name = line(form, 'organisation');
  const nameFault = faultOfName(form, 'organisation', 'organisation');
  if (nameFault) fault('organisation', ...nameFault);
  const kind = (['ngo', 'office', 'other'] as const).find((one) => one === rawText(form, 'kind'));
  if (kind === undefined) fault('kind', 'kind');
  const seat = rawText(form, 'seat');
  const programme = services.programmes.get(event.programme);
  if (seat === '') fault('seat', 'seat');
  else if (seat === outside || !isInRegion(programme, seat)) fault('seat', 'outside');
  else if (!seatsOf(places, programme).some(({ code }) => code === seat)) fault('seat', 'seat');
  const contactEmail = line(form, 'email');
  if (contactEmail === '') fault('email', 'email');
  else if (!isEmail(contactEmail)) fault('email', 'emailMalformed');

  const appeared: string[] = [];
  const people: Omit<Person, 'id'>[] = [];
  const rows = rowsOf(form, event.perFormLimit);
  for (let index = 0; index < rows; index += 1) {
    const prefix = personPrefix(index);
    const read = readPerson(form, prefix, context);
    // A row that was added and left empty is nobody.
    const isBlank = read.person.name === '' && read.person.email === undefined && read.person.answers === undefined;
    if (isBlank && read.errors.length === 1 && (index > 0 || rows > 1) && !isLastHope(index)) continue;
    errors.push(...read.errors);
    appeared.push(...read.appeared);
    people.push(read.person);
  }

  function isLastHope(index: number): boolean {
    return index === rows - 1 && people.length === 0;
  }

  const organisation: Organisation = { name, kind: kind ?? 'other', seat };
  return { organisation, contactEmail, people, errors, appeared };
}

/** One person's fields. */
export function readPerson(
  form: RawForm,
  prefix: string,
  { instrument, language }: Pick<ReadingContext, 'instrument' | 'language'>,
): {
  readonly person: Omit<Person, 'id'>;
  readonly errors: readonly InputError[];
  readonly appeared: readonly string[];
} {
  const t = translator(language);
  const errors: InputError[] = [];
  const fault = (field: string, text: string, target = fieldId(field)): void =>
    void errors.push({ field, href: `#${target}`, text });
  const name = line(form, `${prefix}name`);
  const nameFault = faultOfName(form, `${prefix}name`, 'name');
  if (nameFault) fault(`${prefix}name`, t(`events:errors.${nameFault[0]}`, nameFault[1]));
  const email = line(form, `${prefix}email`);
  if (email !== '' && !isEmail(email)) fault(`${prefix}email`, t('events:errors.emailMalformed'));

  if (instrument === null) return { person: personOf(name, email, {}), errors, appeared: [] };
  const questions = askedIn(instrument);
  const read = readAnswers(instrument, questions, form, prefix);
  const given = Object.fromEntries(Object.entries(read.answers).filter(([, answer]) => answer !== null)) as Answers;
  const flow = flowOf(instrument, given);
  const seen = new Set(rawText(form, `${prefix}shown`).split(','));
  const isNew = (code: string): boolean => flow.visible.has(code) && !seen.has(code);
  for (const { question, target, fault: found } of read.errors) {
    if (flow.visible.has(question)) fault(prefix + question, faultText(found, language), target);
  }
  for (const { question, message } of flow.invalid) fault(prefix + question, inLanguage(message, language));
  for (const question of questions) {
    const missing = flow.required.has(question.code) && flow.answers[question.code] === undefined;
    const told = read.errors.some((one) => one.question === question.code);
    if (!missing || told || isNew(question.code)) continue;
    const words = faultText({ code: 'answer-missing' }, language);
    fault(prefix + question.code, words, fieldId(firstField(question, prefix + question.code)));
  }
  const appeared = questions.filter(({ code }) => isNew(code)).map(({ code }) => prefix + code);
  return { person: personOf(name, email, flow.answers), errors, appeared };
}

/** Questions of the form in the order of its bank. */
export function askedIn(instrument: Instrument): readonly Question[] {
  const codes = new Set(
    instrument.forms.full.pages.flatMap(({ sections }) => sections.flatMap(({ questions }) => questions)),
  );
  return instrument.questions.filter(({ code }) => codes.has(code));
}

export function flowOf(instrument: Instrument, given: Answers): Flow {
  return followFlow(instrument, { form: 'full', group: null, round: null, facts: {} }, given);
}

function personOf(name: string, email: string, answers: Answers): Omit<Person, 'id'> {
  return {
    name,
    ...(email === '' ? {} : { email }),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
  };
}

/** Why a name of a person or an organisation cannot be taken: the key of the words and what they need; null: it can. */
function faultOfName(form: RawForm, field: string, missing: string): readonly [string, Record<string, unknown>] | null {
  const name = line(form, field);
  // The browser's own field holds one line; what it cannot hold was sent by something else.
  const character = forbiddenInName(rawText(form, field).trim());
  if (character !== null) return ['forbidden', { character }];
  if (name === '') return [missing, {}];
  if (visibleLength(name) > longestName) return ['tooLong', { count: longestName }];
  return addressIn(name) ? ['address', {}] : null;
}

/** One line of text as a reader sees it. */
export function line(form: RawForm, field: string): string {
  return visibleText(rawText(form, field));
}

/** By the grammar of addresses as mail programs take them; quoted names and bare host names are none. */
export function isEmail(text: string): boolean {
  return isEmailAddress(text, { allow_utf8_local_part: false });
}
