import { createClockGuard } from '../letters/clock-guard';
import type { Clock } from '../shared/clock';
import { dayOf } from '../shared/clock';
import type { Ids } from '../shared/ids';
import { markingChanges, type ChangeMark } from '../storage/change-mark';
import type { Store } from '../storage/port';
import { createAttendances, type Attendances } from './attendance';
import { createCounts, type Counts } from './counts';
import { eventsSpec, isOver, type Event } from './event';
import { createEvents, type EventInput, type Events } from './events';
import type { Letter } from './mails/letter';
import { lettersFor, lettersOfChange, lettersOwed } from './mails/letters';
import { createOutbox, type Outbox, type Owed } from './mails/outbox';
import { createQueues, queueEntriesSpec, type Appended, type Queues } from './queues';
import { createRegistrations, type Registrations } from './registrations';
import { createRetention, type Retention } from './retention';

/** Everything that pages, commands and the programme may ask of this module. Call `oweMissing()` once at start. */
export interface EventServices {
  /** Goes on with every change of an event; whoever registers changes none. */
  readonly mark: ChangeMark;
  readonly events: Events;
  readonly queues: Queues;
  readonly registrations: Registrations;
  readonly attendances: Attendances;
  readonly outbox: Outbox;
  readonly counts: Counts;
  readonly retention: Retention;
  /** How long a contact has to confirm a registration; null where nothing is to be confirmed. */
  readonly confirmWithinHours: number | null;
  /** Events of a programme's activity that were published, not cancelled, and are over, by start. */
  held(programmeId: string, activity: string): Promise<Event[]>;
  /** The letters that a change of an event's details would write, before it is made; empty where nobody has to be told. */
  previewOfChange(event: Event, input: EventInput): Promise<readonly Letter[]>;
  /** Frees the places of registrations that were not confirmed in time; how many forms. Call it every minute. */
  lapseOverdue(): Promise<number>;
  /** Writes down letters that a crash kept from being written; how many events were looked at. */
  oweMissing(): Promise<number>;
}

export interface EventDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `randomBytes` of node:crypto. */
  readonly randomBytes: (size: number) => Buffer;
  /** How long a contact has to confirm a registration; left out: no letters go out, and nothing is to be confirmed. */
  readonly confirmWithinHours?: number | null;
  /** Called when letters were written down, so that they go out at once. */
  readonly lettersWait?: () => void;
}

export function createEventServices(given: EventDependencies): EventServices {
  const { store, mark } = markingChanges(given.store, 'events', [eventsSpec]);
  const deps = { ...given, store, mark };
  const { clock } = deps;
  const stored = store.collection(eventsSpec);
  const eventOf = (id: string): Promise<Event | null> => stored.get(id);
  const queues = createQueues({ store, clock });
  const outbox = createOutbox({ store, clock, owedNow });
  /** The last answer of each event that letters went out for; made anew when event or list have changed. */
  const owedLast = new Map<string, { readonly asOf: string; readonly owed: Owed }>();

  async function lettersNow(event: Event): Promise<Letter[]> {
    const [history, state] = await Promise.all([queues.history(event.id), queues.state(event.id)]);
    return lettersOwed(history, { event, state, moment: clock() });
  }

  async function owedNow(eventId: string): Promise<Owed | null> {
    const event = await eventOf(eventId);
    if (event === null) return null;
    const { seq } = await queues.state(eventId);
    const asOf = `${event.revision}:${event.changes.at(-1)?.afterEntry ?? ''}:${seq}`;
    const last = owedLast.get(eventId);
    if (last?.asOf === asOf) return last.owed;
    const letters = await lettersNow(event);
    const owed = { event, letters: new Map(letters.map((letter) => [letter.id, letter])) };
    // One event at a time sends many letters; more are not kept.
    owedLast.clear();
    owedLast.set(eventId, { asOf, owed });
    return owed;
  }

  async function owe(letters: readonly Letter[]): Promise<void> {
    await outbox.owe(letters);
    if (letters.length > 0) deps.lettersWait?.();
  }

  async function appended(change: Appended): Promise<void> {
    const event = await eventOf(change.entry.eventId);
    if (event !== null) await owe(lettersFor(change, { event, state: change.after, moment: clock() }));
  }

  async function cancelled(event: Event): Promise<void> {
    const closed = await queues.close(event.id, 'event-cancelled');
    if (closed !== null) await appended(closed);
  }

  /** Whoever is on the list right after a change, was told of how it was before, or may have been. */
  async function changed(event: Event): Promise<void> {
    const { seq } = await queues.state(event.id);
    const marked = await stored.update(event.id, (one) => ({
      ...one,
      changes: one.changes.map((change) => (change.afterEntry === null ? { ...change, afterEntry: seq } : change)),
    }));
    if (marked === null) return;
    const now = { event: marked, state: await queues.state(event.id), moment: clock() };
    await owe(marked.changes.flatMap((change) => lettersOfChange(change, now)));
  }

  const confirmWithinHours = deps.confirmWithinHours ?? null;
  const events = createEvents({ ...deps, queues, appended, cancelled, changed });
  const registrations = createRegistrations({
    ...{ ...deps, events, queues, appended },
    confirmWithinHours,
    confirmationsAsked: (address, since) => outbox.written('confirm', address, since),
  });
  const attendances = createAttendances({ store, clock, queues, eventOf });
  const counts = createCounts({ store, queues, attendances });
  const entries = store.collection(queueEntriesSpec);
  const newest = async () => (await entries.find({}, { sort: [['at', 'descending']], limit: 1 }))[0]?.at ?? null;
  const guard = createClockGuard({ store, clock, newest });
  const retention = createRetention({ store, clock, guard, queues, outbox, attendances, counts });

  function coming(): Promise<Event[]> {
    return stored.find({ erasedOn: null, endsAt: { $gte: dayOf(clock()) } });
  }

  return {
    mark,
    ...{ events, queues, registrations, attendances, outbox, counts, retention, confirmWithinHours },

    async held(programme, activity) {
      const now = clock();
      const all = await stored.find({ programme, activity, state: 'published' }, { sort: [['startsAt', 'ascending']] });
      return all.filter((event) => isOver(event, now));
    },

    async previewOfChange(before, input) {
      const event = events.preview(before, input);
      const state = await queues.state(event.id);
      const change = event.changes.at(-1);
      if (change?.revision !== event.revision) return [];
      return lettersOfChange({ ...change, afterEntry: state.seq }, { event, state, moment: clock() });
    },

    async lapseOverdue() {
      let lapsed = 0;
      for (const { id, state } of await coming()) {
        if (state === 'published') lapsed += await registrations.lapseOverdue(id);
      }
      return lapsed;
    },

    async oweMissing() {
      const all = await coming();
      for (const event of all) {
        if (event.state === 'cancelled') await cancelled(event);
        if (event.changes.some(({ afterEntry }) => afterEntry === null)) await changed(event);
        const known = new Set((await outbox.ofEvent(event.id)).map(({ id }) => id));
        await outbox.owe((await lettersNow((await eventOf(event.id)) ?? event)).filter(({ id }) => !known.has(id)));
      }
      return all.length;
    },
  };
}
