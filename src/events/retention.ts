import type { ClockGuard, ClockJump } from '../letters/clock-guard';
import { dayOf, type Clock } from '../shared/clock';
import type { Store } from '../storage/port';
import type { Attendances } from './attendance';
import type { Counts } from './counts';
import { eventsSpec, type Event } from './event';
import type { Outbox } from './mails/outbox';
import type { Queues } from './queues';

export interface Retention {
  /**
   * Deletes the lists, letters and attendance of every event whose day of deletion is past, and keeps their counts. It
   * looks at what is there, not at the mark of an earlier run, so it may be stopped anywhere and run again.
   *
   * @returns the events that were done now; `heldBack` where the clock cannot be trusted, and then nothing is deleted.
   */
  deleteExpired(): Promise<{ readonly done: readonly Event[]; readonly heldBack: ClockJump | null }>;
  /** What keeps deletions back; null where nothing does, or nothing is due. */
  heldBack(): Promise<ClockJump | null>;
  /** A person says that the clock is right; deletes what was held back. */
  confirmClock(): Promise<readonly Event[]>;
}

export function createRetention(deps: {
  store: Store;
  clock: Clock;
  guard: ClockGuard;
  queues: Queues;
  outbox: Outbox;
  attendances: Attendances;
  counts: Counts;
}): Retention {
  const { queues, outbox, attendances, guard } = deps;
  const events = deps.store.collection(eventsSpec);

  async function holdsPeople({ id }: Event): Promise<boolean> {
    const held = [queues.holdsEntries(id), outbox.holdsLetters(id), attendances.holdsMarks(id)];
    return (await Promise.all(held)).some(Boolean);
  }

  async function expired(today: string): Promise<Event[]> {
    const past = await events.find({ deleteAfter: { $lt: today } });
    const held = await Promise.all(past.map(async (event) => event.erasedOn === null || (await holdsPeople(event))));
    return past.filter((_event, index) => held[index]);
  }

  async function deleteExpired() {
    const heldBack = await guard.jump();
    const today = dayOf(deps.clock());
    if (heldBack !== null) return { done: [], heldBack };
    const due = await expired(today);
    for (const event of due) {
      // The counts come first: once the list goes, they could not be made again.
      await deps.counts.keep(event);
      await queues.erase(event.id);
      await outbox.erase(event.id);
      await attendances.erase(event.id);
      await events.update(event.id, (one) =>
        one.erasedOn === null ? { ...one, erasedOn: today, revision: one.revision + 1 } : null,
      );
    }
    return { done: due, heldBack: null };
  }

  return {
    deleteExpired,
    async heldBack() {
      const jump = await guard.jump();
      return jump !== null && (await expired(dayOf(deps.clock()))).length > 0 ? jump : null;
    },
    async confirmClock() {
      await guard.confirm();
      return (await deleteExpired()).done;
    },
  };
}
