import type { Request } from 'express';
import type { Event } from '../../../../events/event';
import type { EventInput } from '../../../../events/events';
import { withBase } from '../../../../letters/base-mark';
import type { Refusal } from '../../../../shared/errors';
import { dayOf } from '../../../../shared/clock';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { revisionOf } from '../../../forms/revision';
import { notFound, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from '../edit';
import { errorLinks, fieldError, readForm, shownFields, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { answersOf, eventForm, eventInputOf, fieldOfRefusal, fieldOfTime } from './event-form';

/** One request about the details of one event. */
interface EventDetails extends Staff {
  /** null: a new one. */
  readonly event: Event | null;
  /** The event that a new one begins as, without its days; null: an empty form. */
  readonly like: Event | null;
  readonly form: StaffForm;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

interface Details {
  readonly input: EventInput;
  readonly seats: number;
}

/** What is written about the event and who looks after its data are texts; the rest are settings. */
const texts = ['titlePl', 'titleEn', 'descriptionPl', 'descriptionEn', 'agenda', 'controller'];

const eventEdit: StaffEdit<EventDetails, Details, Event> = {
  logsWords: (code) => !texts.includes(code),
  stored: async ({ event, services }) => (event === null ? null : services.events.events.get(event.id)),
  parts: (staff) => fieldParts(staff.form, staff),

  raw({ form, like, language }, stored) {
    if (stored !== null) return formOf(form.fields, answersOf(stored), language);
    if (like !== null) return withoutDays(formOf(form.fields, answersOf(like), language));
    return { perFormLimit: ['5'], opensTime: ['8:00'], closesTime: ['16:00'] };
  },

  read(staff, raw) {
    const { form, services, event, language, t } = staff;
    const { values, errors } = readForm(form, raw, language);
    const [first] = form.fields;
    // Nobody is helped by a fault at every field of a form that has not been begun.
    const isEmpty = Object.keys(form.required ?? {}).every((code) => values[code] === null);
    if (isEmpty && first) return { errors: [fieldError(form, first.code, t('events:staff.errors.empty'))] };
    const read = eventInputOf(form, values, services, event, staff.today, t);
    const all = [...errors, ...read.errors];
    return all.length > 0 ? { errors: all } : { input: { input: read.input, seats: read.seats } };
  },

  save: ({ event, services }, { input, seats }, seen) =>
    event === null ? services.events.events.create(input, seats) : services.events.events.edit(event.id, input, seen),

  refused({ form, t }, { refused, details }) {
    const field = refused === 'time-malformed' ? fieldOfTime[String(details?.['field'])] : fieldOfRefusal[refused];
    return field === undefined ? null : fieldError(form, field, t(`refusals:${refused}`, details));
  },

  done: ({ event }, saved) => `/staff/events/${saved.id}?done=${event ? 'saved' : 'created'}`,

  show(staff, { raw, errors, edit, status }) {
    const { event, form, language, t } = staff;
    const fields = shownFields(form, raw, language, errors);
    const part = (key: string, ...codes: readonly string[]) => ({
      title: t(`events:staff.parts.${key}`),
      fields: codes.flatMap((code) => fields[code] ?? []),
    });
    return staffPage(
      staff,
      'staff/events/edit',
      {
        title: t(event ? 'events:staff.edit' : 'events:staff.new'),
        errors: errorLinks(errors),
        address: addressOf(event),
        back: event ? `/staff/events/${event.id}` : '/staff/events',
        edit,
        parts: [
          part('what', 'activity', 'titlePl', 'titleEn', 'descriptionPl', 'descriptionEn'),
          part('when', 'startDay', 'startTime', 'endTime', 'endDay', 'agenda'),
          part('where', 'place', 'address', 'subregion'),
          part('registration', 'seats', 'opensDay', 'opensTime', 'closesDay', 'closesTime', 'perFormLimit', 'form'),
          part('data', 'controller', 'deleteAfter'),
        ],
      },
      status,
    );
  },
};

/** The form of a new event (`?like=` another one), or of the one of the address. */
export async function eventDetailsPage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(eventEdit, subject);
}

/** Makes an event, or changes the one of the address; where people have been told otherwise, the letters are shown first. */
export async function saveEventDetails(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  if (subject === null) return notFound();
  return (await previewOf(subject, rawForm(request.body))) ?? saveEdit(eventEdit, subject, request);
}

/** What would be written to whom; null where nobody has to be told, or it has been shown. */
async function previewOf(subject: EventDetails, raw: RawForm): Promise<Outcome | null> {
  const { event, services, t } = subject;
  if (event === null || rawText(raw, 'told') === 'yes' || revisionOf(raw) !== event.revision) return null;
  const read = await eventEdit.read(subject, raw);
  if ('errors' in read) return null;
  const letters = await services.events.previewOfChange(event, read.input.input);
  const [first] = letters;
  if (first === undefined) return null;
  return staffPage(subject, 'staff/events/preview', {
    title: t('events:staff.preview.title'),
    address: addressOf(event),
    back: `/staff/events/${event.id}`,
    count: letters.length,
    subject: first.subject,
    paragraphs: withBase(first.text, services.baseUrl ?? '')
      .trim()
      .split('\n\n')
      .map((paragraph) => paragraph.split('\n')),
    mailOff: !services.mail.sends,
    fields: Object.entries(raw).flatMap(([name, values]) => values.map((value) => ({ name, value }))),
  });
}

async function find(request: Request, staff: Staff): Promise<EventDetails | null> {
  const { events } = staff.services.events;
  const id = request.params['event'];
  const event = id === undefined ? null : await events.get(String(id));
  if (id !== undefined && event === null) return null;
  const other = request.query['like'];
  const like = event === null && typeof other === 'string' ? await events.get(other) : null;
  const today = dayOf(staff.services.clock());
  return { ...staff, event, like, today, form: eventForm(staff.services, event, today) };
}

function addressOf(event: Event | null): string {
  return event ? `/staff/events/${event.id}/edit` : '/staff/events/new';
}

const days = ['startDay', 'endDay', 'opensDay', 'closesDay', 'deleteAfter'];

function withoutDays(raw: RawForm): RawForm {
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !days.some((day) => name.startsWith(`${day}.`))));
}
