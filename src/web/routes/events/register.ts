import type { Request } from 'express';
import type { Instrument } from '../../../definitions/instrument';
import { Failure, isRefusal, type Refusal } from '../../../shared/errors';
import { isLanguage, translator, type Language } from '../../../locales/translate';
import { fieldId } from '../../forms/field-names';
import { rawForm, rawList, rawText, type RawForm } from '../../forms/raw';
import { languageCookie } from '../../language';
import { page, redirect, withCookie, type Outcome, type PageOutcome } from '../../outcome';
import type { Services } from '../../services';
import type { Event } from '../../../events/event';
import type { RegistrationForm } from '../../../events/registrations';
import type { OneEvent } from './event-page';
import { eventWords } from './event-words';
import { clauseWords, personFields, textField } from './registration-fields';
import { personPrefix, readRegistration, rowsOf, type InputError } from './registration-input';
import { seatPicker } from './seats-of-region';

/** Where the form is and who sends it: the public page, or the staff taking a call. */
export interface RegisterPlace {
  readonly channel: RegistrationForm['channel'];
  readonly view: string;
  action(event: Event): string;
  /** Where to go once it is stored. */
  done(event: Event, link: string): string;
  /** What the page needs beside the form. */
  readonly model?: Readonly<Record<string, unknown>>;
}

export const publicPlace: RegisterPlace = {
  channel: 'web',
  view: 'events/register',
  action: ({ id }) => `/events/${id}/register`,
  done: (_event, link) => `/registrations/${link}?sent=1`,
};

export function registerPage(place: RegisterPlace) {
  return (_request: Request, one: OneEvent): Promise<Outcome> => showForm(one, place, {});
}

export function register(place: RegisterPlace) {
  return async (request: Request, one: OneEvent): Promise<Outcome> => {
    const { services, event } = one;
    const form = rawForm(request.body);
    const asked = rawText(form, 'language');
    if (isLanguage(asked)) {
      return withCookie(await showForm({ ...one, language: asked }, place, form), languageCookie(asked));
    }
    const action = rawText(form, 'action');
    const rows = rowsOf(form, event.perFormLimit);
    if (action === 'add') {
      const more = { ...form, rows: [String(Math.min(rows + 1, event.perFormLimit))] };
      return showForm(one, place, more, { autofocus: rows });
    }
    const removed = /^remove-(\d{1,2})$/.exec(action)?.[1];
    if (removed !== undefined) return showForm(one, place, withoutPerson(form, Number(removed), rows));

    const instrument = registrationInstrument(services, event);
    const places = await services.territory.all();
    const input = readRegistration(form, { services, event, instrument, places, language: one.language });
    if (input.errors.length > 0) return showForm(one, place, form, { errors: input.errors });
    if (input.appeared.length > 0) return showForm(one, place, form, { appeared: input.appeared });

    const result = await services.events.registrations.register(event.id, {
      formKey: keyOf(form) ?? services.ids.uuid(),
      channel: place.channel,
      organisation: input.organisation,
      contactEmail: input.contactEmail,
      language: one.language,
      people: input.people,
    });
    if (isRefusal(result)) return refused(one, place, form, result);
    return redirect(place.done(event, result.link));
  };
}

/** The refusal over the form as it was typed: nothing has to be typed again. */
async function refused(one: OneEvent, place: RegisterPlace, form: RawForm, { refused: code, details }: Refusal) {
  const { language } = one;
  const text = translator(language)(`refusals:${code}`, details);
  if (code === 'form-changed-after-sending' && typeof details?.['link'] === 'string') {
    const link = { href: `/registrations/${details['link']}`, text: translator(language)('events:register.toSent') };
    const title = translator(language)('events:register.sentAlready');
    return page('errors/message', { title, text, link }, 409);
  }
  const name = details?.['name'];
  if (code === 'too-many-letters')
    return showForm(one, place, form, { errors: [{ field: 'email', text, href: `#${fieldId('email')}` }] });
  const index = Array.from({ length: rowsOf(form, one.event.perFormLimit) }).findIndex(
    (_, row) => typeof name === 'string' && rawText(form, `${personPrefix(row)}name`).trim() === name,
  );
  const field = code === 'person-registered-already' ? `${personPrefix(Math.max(index, 0))}name` : 'rows';
  const href = field === 'rows' ? '#registration-form' : `#${fieldId(field)}`;
  return showForm(one, place, form, { errors: [{ field, text, href }] });
}

export function registrationInstrument(services: Services, { form }: Event): Instrument | null {
  if (form === null) return null;
  const found = services.instruments.get(form.id, form.version);
  if (found === undefined) {
    throw new Failure('instrument-missing', `The form ${form.id} ${form.version} of an event is not installed.`);
  }
  return found.instrument;
}

interface Shown {
  readonly errors?: readonly InputError[];
  readonly appeared?: readonly string[];
  /** Row that gets the focus. */
  readonly autofocus?: number;
}

async function showForm(one: OneEvent, place: RegisterPlace, form: RawForm, shown: Shown = {}): Promise<PageOutcome> {
  const { services, event, state, language } = one;
  const t = translator(language);
  const { errors = [] } = shown;
  const programme = services.programmes.get(event.programme);
  const words = eventWords(event, state, programme, language, services.clock());
  if (place.channel === 'web' && !words.canRegister && Object.keys(form).length === 0) {
    return page('events/not-open', { title: t('events:register.title'), event: words }, 409);
  }
  const instrument = registrationInstrument(services, event);
  const rows = rowsOf(form, event.perFormLimit);
  const people = Array.from({ length: rows }, (_, index) =>
    personFields(form, index, rows, instrument, errors, language, shown.autofocus === index),
  );
  const seat = rawText(form, 'seat');
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  return page(place.view, {
    ...place.model,
    language,
    languageForm: 'registration-form',
    address: place.action(event),
    title: t('events:register.title'),
    errors,
    appeared: (shown.appeared ?? []).map((name) => ({ href: `#${fieldId(name)}`, text: labelOf(people, name) })),
    event: words,
    action: place.action(event),
    formKey: keyOf(form) ?? services.ids.uuid(),
    rows,
    organisation: textField(form, 'organisation', errors),
    kinds: (['ngo', 'office', 'other'] as const).map((kind, index) => ({
      id: index === 0 ? fieldId('kind') : `${fieldId('kind')}-${kind}`,
      value: kind,
      label: t(`events:organisation.${kind}`),
      checked: rawText(form, 'kind') === kind,
    })),
    kindError: errorOf('kind'),
    seat: seatPicker(await services.territory.all(), programme, seat, language, errorOf('seat')),
    scripts: ['places.js'],
    email: textField(form, 'email', errors),
    emailHint: emailHint(services, place, language),
    people,
    canAdd: rows < event.perFormLimit,
    limit: event.perFormLimit,
    clause: clauseWords(event, language),
  });
}

/** What becomes of the address, and whether it has to be confirmed. */
function emailHint({ events }: Services, { channel }: RegisterPlace, language: Language): string {
  const t = translator(language);
  const { confirmWithinHours } = events;
  if (confirmWithinHours === null || channel === 'telephone') return t('events:register.emailHint');
  return t('events:register.confirmIn', { count: confirmWithinHours });
}

function labelOf(people: readonly { readonly questions: readonly { name: string; label: string }[] }[], name: string) {
  return people.flatMap(({ questions }) => questions).find((one) => one.name === name)?.label ?? name;
}

function keyOf(form: RawForm): string | null {
  const key = rawText(form, 'formKey');
  return /^[A-Za-z0-9_-]{16,64}$/.test(key) ? key : null;
}

/** The form with one row taken out; the rows behind it move up with all their fields. */
function withoutPerson(form: RawForm, index: number, rows: number): RawForm {
  const kept: Record<string, readonly string[]> = {};
  for (const field of Object.keys(form)) {
    const found = /^p(\d{1,2})\.(.+)$/.exec(field);
    const row = Number(found?.[1]) - 1;
    if (found === null || row < index) kept[field] = rawList(form, field);
    else if (row > index) kept[personPrefix(row - 1) + (found[2] ?? '')] = rawList(form, field);
  }
  return { ...kept, rows: [String(Math.max(rows - 1, 1))] };
}
