import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Clock } from '../shared/clock';
import { dayOf } from '../shared/clock';
import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import type { Event } from './event';
import { active } from './queue';
import type { Queues } from './queues';

/** Whether a registered person came; the id is `<eventId>:<personId>`. */
export interface Attendance extends Stored {
  readonly eventId: string;
  readonly personId: string;
  readonly present: boolean;
}

export const attendancesSpec: CollectionSpec<Attendance> = {
  name: 'attendances',
  schema: documentOf({ eventId: text, personId: text, present: { type: 'boolean' } }),
  indexes: [['eventId']],
};

export interface Attendances {
  /** Marks everybody on the list as present or not; from the day of the event on. People not on the list are left out. */
  mark(
    eventId: string,
    present: ReadonlySet<string>,
  ): Promise<{ readonly present: number } | Refusal<'event-unknown' | 'event-not-begun' | 'data-erased'>>;
  /** Present or not by person id; empty before anything was marked. */
  of(eventId: string): Promise<ReadonlyMap<string, boolean>>;
  holdsMarks(eventId: string): Promise<boolean>;
  erase(eventId: string): Promise<void>;
}

export function createAttendances(deps: {
  store: Store;
  clock: Clock;
  queues: Queues;
  eventOf: (id: string) => Promise<Event | null>;
}): Attendances {
  const attendances = deps.store.collection(attendancesSpec);

  async function fault(eventId: string): Promise<Refusal<'event-unknown' | 'event-not-begun' | 'data-erased'> | null> {
    const event = await deps.eventOf(eventId);
    if (event === null) return refuse('event-unknown');
    if (event.erasedOn !== null) return refuse('data-erased');
    return dayOf(deps.clock()) < event.startsAt.slice(0, 10) ? refuse('event-not-begun') : null;
  }

  return {
    async mark(eventId, present) {
      const refused = await fault(eventId);
      if (isRefusal(refused)) return refused;
      const people = active(await deps.queues.state(eventId)).map(({ person }) => person.id);
      for (const personId of people) {
        const id = `${eventId}:${personId}`;
        const one: Attendance = { id, eventId, personId, present: present.has(personId) };
        if (!(await attendances.insert(one)).inserted) await attendances.update(id, () => one);
      }
      return { present: people.filter((id) => present.has(id)).length };
    },
    async of(eventId) {
      const all = await attendances.find({ eventId });
      return new Map(all.map(({ personId, present }) => [personId, present]));
    },
    holdsMarks: async (eventId) => (await attendances.count({ eventId })) > 0,
    async erase(eventId) {
      await attendances.remove({ eventId });
    },
  };
}
