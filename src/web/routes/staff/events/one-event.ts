import type { Request } from 'express';
import type { AuditedChange } from '../../../../accounts/audit-entry';
import { isOver, type Event } from '../../../../events/event';
import { shownState } from '../../../../events/event-status';
import { standings, type QueueState, type Registrant, type Standing } from '../../../../events/queue';
import { formatDate } from '../../../../locales/formats';
import { dayOf } from '../../../../shared/clock';
import type { Refusal } from '../../../../shared/errors';
import type { Place } from '../../../../territory/place';
import { notFound, type Outcome } from '../../../outcome';
import { standingWords } from '../../events/event-words';
import { placeWords } from '../../../view-models/place-picker';
import type { Staff, StaffHandler } from '../signed-in';

/** A request of the staff about one event, published or not. */
export interface StaffEvent {
  readonly staff: Staff;
  readonly event: Event;
  readonly state: QueueState;
  readonly path: string;
  readonly over: boolean;
}

export type EventHandler = (request: Request, one: StaffEvent) => Outcome | Refusal | Promise<Outcome | Refusal>;

export function forEvent(handler: EventHandler): StaffHandler {
  return async (request, staff) => {
    const { events } = staff.services;
    const event = await events.events.get(String(request.params['event']));
    if (event === null) return notFound();
    const over = isOver(event, staff.services.clock());
    const state = await events.queues.state(event.id);
    return handler(request, { staff, event, state, path: `/staff/events/${event.id}`, over });
  };
}

/** One person of the list, in words. */
export interface PersonRow {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly kind: string;
  readonly seat: string;
  readonly contact: string;
  /** „23.11.2026 21:05, telefonicznie”. */
  readonly arrived: string;
  readonly is: Standing['is'];
  readonly standing: string;
  /** Why somebody waits, or who cancelled and why; empty for those with a place. */
  readonly why: string;
  readonly registrant: Registrant;
}

/** Everybody in the order of arrival. */
export function personRows({ staff, state }: StaffEvent, places: readonly Place[]): PersonRow[] {
  const { t, language } = staff;
  const now = standings(state);
  const at = (iso: string): string => {
    const moment = new Date(iso);
    const time = new Intl.DateTimeFormat('pl-PL', { timeStyle: 'short', timeZone: 'Europe/Warsaw' }).format(moment);
    return `${formatDate(dayOf(moment), language, 'short')}, ${time}`;
  };
  return state.registrants.map((registrant, index) => {
    const { person, form, cancelled } = registrant;
    const standing = now.get(person.id) ?? { is: 'cancelled' as const };
    const why =
      standing.is === 'waiting'
        ? t('events:staff.why.waiting', { seats: state.seats, before: standing.position - 1 })
        : cancelled === null
          ? ''
          : cancelled.kind === 'lapsed'
            ? t('events:staff.why.lapsed', { at: at(cancelled.at) })
            : t(`events:staff.why.${cancelled.by}`, { at: at(cancelled.at), reason: cancelled.reason ?? '' });
    return {
      number: index + 1,
      id: person.id,
      name: person.name,
      email: person.email ?? '',
      organisation: form.organisation.name,
      kind: t(`events:organisation.${form.organisation.kind}`),
      seat: placeWords(places, form.organisation.seat, language),
      contact: form.contactEmail,
      arrived: form.channel === 'telephone' ? t('events:staff.byTelephone', { at: at(form.at) }) : at(form.at),
      is: standing.is,
      standing: standingWords(standing, language),
      why,
      registrant,
    };
  });
}

/** A step of the event, as the log of the staff's work has it. */
export function stepInLog({ staff, event }: StaffEvent, after: Event): AuditedChange {
  const { services, t } = staff;
  const words = (one: Event): string => t(`events:staff.state.${shownState(one, services.clock())}`);
  return { label: t('events:staff.search.state'), before: words(event), after: words(after) };
}
