import type { Request } from 'express';
import { actionsOfStaff, canEdit, shownState, takesCalls } from '../../../../events/event-status';
import { active } from '../../../../events/queue';
import { formatDate } from '../../../../locales/formats';
import { dayOf } from '../../../../shared/clock';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText } from '../../../forms/raw';
import { redirect, type Outcome, type PageOutcome } from '../../../outcome';
import { eventWords } from '../../events/event-words';
import { staffPage } from '../signed-in';
import { personRows, stepInLog, type StaffEvent } from './one-event';

/** The event's own page: what to do, who is on the list and why somebody waits. */
export function eventOverview(request: Request, one: StaffEvent): Promise<Outcome> {
  const done = request.query['done'];
  return show(one, typeof done === 'string' ? done : '');
}

export async function setSeats(request: Request, one: StaffEvent): Promise<Outcome> {
  const { staff, event, path } = one;
  const typed = rawText(rawForm(request.body), 'seats').trim();
  const seats = /^\d{1,6}$/.test(typed) ? Number(typed) : -1;
  const result = await staff.services.events.events.setSeats(event.id, seats);
  if (!isRefusal(result)) {
    const changed = [
      { label: staff.t('events:staff.seatsLabel'), before: String(one.state.seats), after: String(seats) },
    ];
    return { ...redirect(`${path}?done=seats`), changed };
  }
  if (result.refused === 'seats-same') return redirect(path);
  const error = staff.t(`refusals:${result.refused}`, result.details);
  return show(one, '', { seats: typed, error });
}

export async function publishEvent(_request: Request, one: StaffEvent): Promise<Outcome | Refusal> {
  const result = await one.staff.services.events.events.publish(one.event.id);
  if (isRefusal(result)) return result;
  return { ...redirect(`${one.path}?done=published`), changed: [stepInLog(one, result)] };
}

export async function retryMails(_request: Request, { staff, event, path }: StaffEvent): Promise<Outcome> {
  await staff.services.events.outbox.retry(event.id);
  return redirect(`${path}?done=retry`);
}

const notices = ['created', 'saved', 'seats', 'published', 'retry', 'registered', 'cancelled', 'attendance', 'off'];

async function show(
  one: StaffEvent,
  done: string,
  wrong?: { readonly seats: string; readonly error: string },
): Promise<PageOutcome> {
  const { staff, event, state, path, over } = one;
  const { services, language, t } = staff;
  const mails = await services.events.outbox.ofEvent(event.id);
  const count = (...states: readonly string[]): number => mails.filter((mail) => states.includes(mail.state)).length;
  const counts = await services.events.counts.of(event);
  const now = services.clock();
  const begun = dayOf(now) >= event.startsAt.slice(0, 10);
  return staffPage(staff, 'staff/events/event', {
    title: event.title[language] ?? event.title.pl,
    errors: wrong ? [{ text: wrong.error, href: '#seats' }] : [],
    address: path,
    done: notices.includes(done) ? t(`events:staff.done.${done}`) : null,
    home: path,
    event: eventWords(event, state, services.programmes.get(event.programme), language, now),
    state: t(`events:staff.state.${shownState(event, now)}`),
    actions: Object.fromEntries(actionsOfStaff(event, now).map((action) => [action, true])),
    isPlanned: event.state === 'planned',
    isPublished: event.state === 'published',
    canEdit: canEdit(event, now),
    canRegister: takesCalls(event, now),
    canMark: begun && event.erasedOn === null && active(state).length > 0,
    isErased: event.erasedOn !== null,
    erasedOn: event.erasedOn,
    counts,
    seats: wrong?.seats ?? String(state.seats),
    seatsError: wrong?.error,
    people: personRows(one, await services.territory.all()).map((row) => ({
      ...row,
      canCancel: row.is !== 'cancelled' && !over,
    })),
    hasPeople: state.registrants.length > 0,
    mails: {
      total: mails.length,
      sent: count('sent'),
      waiting: count('waiting', 'sending'),
      failed: mails
        .filter(({ state: is }) => is === 'failed')
        .map(({ to, subject, error }) => ({ to, subject, error })),
      off: !services.mail.sends,
    },
    deleteAfter: formatDate(event.deleteAfter, language),
  });
}
