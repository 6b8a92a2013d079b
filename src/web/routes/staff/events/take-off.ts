import type { Request } from 'express';
import { active, standings, waiting, type QueueState, type Registrant } from '../../../../events/queue';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText } from '../../../forms/raw';
import { notFound, redirect, type Outcome, type PageOutcome } from '../../../outcome';
import { staffPage } from '../signed-in';
import { stepInLog, type StaffEvent } from './one-event';

/** Asks before the whole event is cancelled: everybody on the list is told at once. */
export function cancelEventPage(_request: Request, { staff, event, state, path }: StaffEvent): Outcome {
  if (event.state !== 'published') return redirect(path);
  return staffPage(staff, 'staff/events/cancel-event', {
    title: staff.t('events:staff.cancelEvent.title'),
    name: event.title[staff.language] ?? event.title.pl,
    count: active(state).length,
    home: path,
  });
}

export async function cancelEvent(_request: Request, one: StaffEvent): Promise<Outcome | Refusal> {
  const result = await one.staff.services.events.events.cancel(one.event.id);
  if (isRefusal(result)) return result;
  return { ...redirect(`${one.path}?done=cancelled`), changed: [stepInLog(one, result)] };
}

/** Asks for the reason before somebody is taken off the list: the person is told it. */
export function takeOffPage(request: Request, one: StaffEvent): Outcome {
  return show(request, one, '');
}

export async function takeOff(request: Request, one: StaffEvent): Promise<Outcome | Refusal> {
  const { staff, event, path } = one;
  const reason = rawText(rawForm(request.body), 'reason')
    .replace(/[\p{Cc}]+/gu, ' ')
    .trim();
  if (reason.length > 500) return show(request, one, reason, staff.t('events:errors.tooLong', { count: 500 }));
  const id = String(request.params['person']);
  const result = await staff.services.events.registrations.cancelByOrganiser(event.id, id, reason);
  if (!isRefusal(result) || result.refused === 'cancelled-already') return redirect(`${path}?done=off`);
  if (result.refused !== 'cancellation-reason-missing') return result;
  return show(request, one, reason, staff.t(`refusals:${result.refused}`));
}

function show(request: Request, { staff, state, path }: StaffEvent, reason: string, error?: string): Outcome {
  const found = active(state).find(({ person }) => person.id === request.params['person']);
  if (found === undefined) return notFound();
  const outcome: PageOutcome = staffPage(staff, 'staff/events/take-off', {
    title: staff.t('events:staff.takeOff.title'),
    errors: error === undefined ? [] : [{ text: error, href: '#reason' }],
    address: `${path}/people/${found.person.id}/cancel`,
    name: found.person.name,
    text: staff.t(`events:staff.takeOff.${consequence(state, found)}`),
    reason,
    error,
    home: path,
  });
  return outcome;
}

/** What becomes of the place: nothing is said of a waiting list that is empty. */
function consequence(state: QueueState, { person }: Registrant): 'text' | 'waiting' | 'nobodyWaits' {
  if (standings(state).get(person.id)?.is === 'waiting') return 'waiting';
  return waiting(state).length > 0 ? 'text' : 'nobodyWaits';
}
