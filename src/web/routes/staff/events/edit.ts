import type { Request } from 'express';
import type { Event } from '../../../../events/event';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { errorLinks, fieldError, readForm, shownFields, type FormError } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { answersOf, eventForm, eventInputOf, fieldOfRefusal, fieldOfTime } from './event-form';

export function newEventPage(_request: Request, staff: Staff): Outcome {
  const defaults = { perFormLimit: ['5'], opensTime: ['8:00'], closesTime: ['16:00'] };
  return show(staff, null, defaults, []);
}

export async function editEventPage(request: Request, staff: Staff): Promise<Outcome> {
  const event = await staff.services.events.events.get(String(request.params['event']));
  if (event === null) return notFound();
  const raw = formOf(eventForm(staff.services, false).fields, answersOf(event), staff.language);
  return show(staff, event, { ...raw, revision: [String(event.revision)] }, []);
}

/** Makes an event, or changes the one of the address. */
export async function saveEvent(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const { events } = staff.services.events;
  const id = request.params['event'];
  const event = id === undefined ? null : await events.get(String(id));
  if (id !== undefined && event === null) return notFound();
  const form = eventForm(staff.services, event === null);
  const raw = rawForm(request.body);
  const { values, errors: missing } = readForm(form, raw, staff.language);
  const { input, seats, errors: malformed } = eventInputOf(form, values, staff.services, event, staff.t);
  const errors = [...missing, ...malformed];
  if (errors.length > 0) return show(staff, event, raw, errors);

  const saved = event
    ? await events.edit(event.id, input, Number(rawText(raw, 'revision')))
    : await events.create(input, seats);
  if (!isRefusal(saved)) return redirect(`/staff/events/${saved.id}?done=${event ? 'saved' : 'created'}`);
  const { refused, details } = saved;
  const text = staff.t(`refusals:${refused}`, details);
  const field = refused === 'time-malformed' ? fieldOfTime[String(details?.['field'])] : fieldOfRefusal[refused];
  if (field !== undefined) return show(staff, event, raw, [fieldError(form, field, text)]);
  // Saved by somebody else meanwhile: what was typed stays, and the next press saves it over theirs.
  if (refused !== 'changed-meanwhile' || event === null) return saved;
  const again = { ...raw, revision: [String(event.revision)] };
  return show(staff, event, again, [{ field: '', target: 'main', text }]);
}

function show(staff: Staff, event: Event | null, raw: RawForm, errors: readonly FormError[]): Outcome {
  const form = eventForm(staff.services, event === null);
  const address = event ? `/staff/events/${event.id}/edit` : '/staff/events/new';
  const fields = shownFields(form, raw, staff.language, errors);
  const part = (key: string, ...codes: readonly string[]) => ({
    title: staff.t(`events:staff.parts.${key}`),
    fields: codes.flatMap((code) => fields[code] ?? []),
  });
  return staffPage(staff, 'staff/events/edit', {
    title: staff.t(event ? 'events:staff.edit' : 'events:staff.new'),
    errors: errorLinks(errors),
    address,
    back: event ? `/staff/events/${event.id}` : '/staff/events',
    revision: rawText(raw, 'revision'),
    parts: [
      part('what', 'activity', 'titlePl', 'titleEn', 'descriptionPl', 'descriptionEn'),
      part('when', 'startDay', 'startTime', 'endTime', 'endDay', 'agenda'),
      part('where', 'place', 'address', 'subregion'),
      part('registration', 'seats', 'opensDay', 'opensTime', 'closesDay', 'closesTime', 'perFormLimit', 'form'),
      part('data', 'controller', 'deleteAfter'),
    ],
  });
}
