import type { Clock } from '../shared/clock';
import { dayOf } from '../shared/clock';
import type { Ids } from '../shared/ids';
import type { Store } from '../storage/port';
import { createAttendances, type Attendances } from './attendance';
import { createCounts, type Counts, type EventCounts } from './counts';
import { eventsSpec, type Event } from './event';
import { createEvents, type Events } from './events';
import { lettersFor, lettersOfCancelledEvent } from './mails/letters';
import { createOutbox, type Outbox } from './mails/outbox';
import { createQueues, type Appended, type Queues } from './queues';
import { createRegistrations, type Registrations } from './registrations';
import { createRetention, type Retention } from './retention';

/** An event that took place, with how many people had a place and came. */
export interface HeldEvent {
  readonly event: Event;
  readonly counts: EventCounts;
}

/** Everything that pages, commands and the programme may ask of this module. Call `oweMissing()` once at start. */
export interface EventServices {
  readonly events: Events;
  readonly queues: Queues;
  readonly registrations: Registrations;
  readonly attendances: Attendances;
  readonly outbox: Outbox;
  readonly counts: Counts;
  readonly retention: Retention;
  /** Events of a programme's activity that were published, not cancelled, and are over, by start. */
  held(programmeId: string, activity: string): Promise<HeldEvent[]>;
  /** Writes down letters that a crash kept from being written; how many events were looked at. */
  oweMissing(): Promise<number>;
}

export interface EventDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `randomBytes` of node:crypto. */
  readonly randomBytes: (size: number) => Buffer;
  /** Called when letters were written down, so that they go out at once. */
  readonly lettersWait?: () => void;
}

export function createEventServices(deps: EventDependencies): EventServices {
  const { store, clock } = deps;
  const stored = store.collection(eventsSpec);
  const eventOf = (id: string): Promise<Event | null> => stored.get(id);
  const outbox = createOutbox({ store, clock, eventOf });
  const queues = createQueues({ store, clock });

  async function appended(change: Appended): Promise<void> {
    const event = await eventOf(change.entry.eventId);
    if (event === null) return;
    const letters = lettersFor(change, event);
    await outbox.owe(letters);
    if (letters.length > 0) deps.lettersWait?.();
  }

  async function cancelled(event: Event): Promise<void> {
    await outbox.owe(lettersOfCancelledEvent(event, await queues.state(event.id)));
    deps.lettersWait?.();
  }

  const events = createEvents({ ...deps, queues, appended, cancelled });
  const registrations = createRegistrations({ ...deps, events, queues, appended });
  const attendances = createAttendances({ store, clock, queues, eventOf });
  const counts = createCounts({ store, queues, attendances });
  const retention = createRetention({ store, clock, queues, outbox, attendances, counts });

  return {
    ...{ events, queues, registrations, attendances, outbox, counts, retention },

    async held(programme, activity) {
      const now = clock();
      const all = await stored.find({ programme, activity, state: 'published' }, { sort: [['startsAt', 'ascending']] });
      const over = all.filter(({ endsAt }) => {
        const end = events.momentOf(endsAt);
        return end !== null && now >= end;
      });
      return Promise.all(over.map(async (event) => ({ event, counts: await counts.of(event) })));
    },

    async oweMissing() {
      const today = dayOf(clock());
      const coming = await stored.find({ erasedOn: null, endsAt: { $gte: today } });
      for (const event of coming) {
        const known = new Set((await outbox.ofEvent(event.id)).map(({ id }) => id));
        const history = await queues.history(event.id);
        const owed = history.flatMap((change) => lettersFor(change, event));
        if (event.state === 'cancelled') owed.push(...lettersOfCancelledEvent(event, await queues.state(event.id)));
        await outbox.owe(owed.filter(({ id }) => !known.has(id)));
      }
      return coming.length;
    },
  };
}
