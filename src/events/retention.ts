import { dayOf, type Clock } from '../shared/clock';
import type { Store } from '../storage/port';
import type { Attendances } from './attendance';
import type { Counts } from './counts';
import { eventsSpec, type Event } from './event';
import type { Outbox } from './mails/outbox';
import type { Queues } from './queues';

export interface Retention {
  /**
   * Deletes the lists, letters and attendance of every event whose day of deletion is past, and keeps their counts. May
   * be stopped anywhere and run again.
   *
   * @returns the events that were done now.
   */
  deleteExpired(): Promise<Event[]>;
}

export function createRetention(deps: {
  store: Store;
  clock: Clock;
  queues: Queues;
  outbox: Outbox;
  attendances: Attendances;
  counts: Counts;
}): Retention {
  const events = deps.store.collection(eventsSpec);
  return {
    async deleteExpired() {
      const today = dayOf(deps.clock());
      const expired = await events.find({ erasedOn: null, deleteAfter: { $lt: today } });
      for (const event of expired) {
        // The counts come first: once the list goes, they could not be made again.
        await deps.counts.keep(event);
        await deps.outbox.erase(event.id);
        await deps.attendances.erase(event.id);
        await deps.queues.erase(event.id);
        await events.update(event.id, (one) => ({ ...one, erasedOn: today, revision: one.revision + 1 }));
      }
      return expired;
    },
  };
}
