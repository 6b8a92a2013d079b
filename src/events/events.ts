import type { Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { momentOf } from '../shared/warsaw-time';
import { keptWhileUnchanged, type ChangeMark } from '../storage/change-mark';
import type { Store } from '../storage/port';
import { changedPromises, eventsSpec, isOver, mostChanges, promisedOf, type Event } from './event';
import { moved, type EventAction, type MoveRefusal } from './event-status';
import { checkSeats } from './queue';
import type { Appended, Queues } from './queues';

export type EventInput = Omit<Event, 'id' | 'state' | 'taken' | 'changes' | 'erasedOn' | 'revision'>;
export type EventFault = Refusal<
  | 'time-malformed'
  | 'ends-before-starts'
  | 'registration-closes-before-opens'
  | 'registration-closes-after-start'
  | 'deleted-before-end'
>;

/** What people were promised when they registered cannot be taken back behind them. */
export type EditRefusal = Refusal<
  | 'event-unknown'
  | 'changed-meanwhile'
  | 'event-cancelled'
  | 'event-changed-too-often'
  | 'data-erased'
  | 'form-in-use'
  | 'deletion-promised-earlier'
>;

export interface Events {
  /** A new event, planned, with the first entry of its queue. */
  create(input: EventInput, seats: number): Promise<Event | EventFault | Refusal<'seats-malformed'>>;
  /**
   * Replaces the details if the event is still as the caller saw it; whoever was told something else is told. Seats
   * change by `setSeats`.
   */
  edit(id: string, input: EventInput, revision: number): Promise<Event | EventFault | EditRefusal>;
  /** The event as `edit` would leave it; nothing is stored. */
  preview(event: Event, input: EventInput): Event;
  get(id: string): Promise<Event | null>;
  /** By start. */
  all(): Promise<Event[]>;
  publish(id: string): Promise<Event | Refusal<'event-unknown'> | MoveRefusal>;
  /** For good; the registered people stay on the list, and are told. */
  cancel(id: string): Promise<Event | Refusal<'event-unknown'> | MoveRefusal>;
  /** Somebody is about to register: what the form says holds from here on. */
  take(id: string): Promise<Event | null>;
  /** Raising moves the first in line up; never below the people placed. */
  setSeats(
    id: string,
    seats: number,
  ): Promise<Appended | Refusal<'seats-malformed' | 'seats-below-placed' | 'seats-same' | SeatsTooLate>>;
  momentOf(local: string): Date | null;
}

type SeatsTooLate = 'event-unknown' | 'event-cancelled' | 'event-over';

export function createEvents(deps: {
  store: Store;
  mark: ChangeMark;
  clock: Clock;
  ids: Ids;
  queues: Queues;
  appended: (appended: Appended) => Promise<void>;
  /** Called when an event has been cancelled: everybody is told. */
  cancelled: (event: Event) => Promise<void>;
  /** Called when something that letters had told is another now. */
  changed: (event: Event) => Promise<void>;
}): Events {
  const { ids, queues, clock } = deps;
  const events = deps.store.collection(eventsSpec);
  const byStart = keptWhileUnchanged(
    deps.mark,
    () => '',
    () => events.find({}, { sort: [['startsAt', 'ascending']] }),
  );

  async function move(id: string, action: EventAction): Promise<Event | Refusal<'event-unknown'> | MoveRefusal> {
    const found: { fault: MoveRefusal | null } = { fault: null };
    const after = await events.update(id, (one) => {
      const to = moved(one, action, clock());
      found.fault = isRefusal(to) ? to : null;
      return isRefusal(to) ? null : { ...one, state: to, revision: one.revision + 1 };
    });
    return after ?? found.fault ?? refuse('event-unknown');
  }

  return {
    momentOf,
    get: (id) => events.get(id),
    all: async () => [...(await byStart())],
    publish: (id) => move(id, 'publish'),

    async cancel(id) {
      const cancelled = await move(id, 'cancel');
      if (!isRefusal(cancelled)) await deps.cancelled(cancelled);
      return cancelled;
    },

    take: (id) => events.update(id, (one) => (one.taken ? null : { ...one, taken: true })),

    async create(input, seats) {
      const fault = faultOf(input);
      if (fault) return fault;
      if (!isSeats(seats)) return refuse('seats-malformed');
      const event: Event = { ...input, id: ids.uuid(), ...newEvent };
      // The queue first: an event without one would have no seats.
      await queues.append<never>(event.id, () => ({ append: { kind: 'seats', seats } }));
      await events.insert(event);
      return event;
    },

    async edit(id, input, revision) {
      const fault = faultOf(input);
      if (fault) return fault;
      const found: { fault: EditRefusal | null } = { fault: null };
      // Everything that decides is in the event itself, so that nobody can register between the look and the change.
      const changed = await events.update(id, (one) => {
        found.fault = editFault(one, input, revision);
        return found.fault === null ? edited(one, input) : null;
      });
      if (changed === null) return found.fault ?? refuse('event-unknown');
      if (changed.changes.at(-1)?.revision === changed.revision) await deps.changed(changed);
      return changed;
    },

    preview(event, input) {
      return edited(event, input);
    },

    async setSeats(id, seats) {
      if (!isSeats(seats)) return refuse('seats-malformed');
      const event = await events.get(id);
      if (event === null) return refuse('event-unknown');
      if (event.state === 'cancelled') return refuse('event-cancelled');
      if (event.erasedOn !== null || isOver(event, clock())) return refuse('event-over');
      const result = await queues.append<Refusal<'seats-same' | 'seats-below-placed' | 'event-cancelled'>>(
        id,
        (state) => {
          if (state.closed !== null) return { stop: refuse('event-cancelled') };
          if (seats === state.seats) return { stop: refuse('seats-same') };
          const refusal = checkSeats(state, seats);
          return refusal === null ? { append: { kind: 'seats', seats } } : { stop: refusal };
        },
      );
      if ('stop' in result) return result.stop;
      await deps.appended(result);
      return result;
    },
  };
}

const newEvent = { state: 'planned', taken: false, changes: [], erasedOn: null, revision: 1 } as const;

function editFault(event: Event, input: EventInput, revision: number): EditRefusal | null {
  if (event.state === 'cancelled') return refuse('event-cancelled');
  if (event.erasedOn !== null) return refuse('data-erased');
  if (event.revision !== revision) return refuse('changed-meanwhile');
  if (event.changes.length >= mostChanges) return refuse('event-changed-too-often');
  return event.taken ? promiseBroken(event, input) : null;
}

/** The event with other details; where they had been announced, with what they were before. */
function edited(event: Event, input: EventInput): Event {
  const revision = event.revision + 1;
  const isTold = event.state === 'published' && changedPromises(event, input).length > 0;
  const change = { revision, before: promisedOf(event), afterEntry: null };
  return { ...event, ...input, revision, changes: isTold ? [...event.changes, change] : event.changes };
}

/** Changes that would make untrue what the registered people were told on the form. */
function promiseBroken(
  before: Event,
  input: EventInput,
): Refusal<'form-in-use'> | Refusal<'deletion-promised-earlier'> | null {
  if (before.form?.id !== input.form?.id || before.form?.version !== input.form?.version) return refuse('form-in-use');
  // An event that is put off past the day cannot keep it; then everybody has to be told anyway.
  const canKeep = input.endsAt.slice(0, 10) <= before.deleteAfter;
  return input.deleteAfter > before.deleteAfter && canKeep
    ? refuse('deletion-promised-earlier', { promisedDay: before.deleteAfter })
    : null;
}

function isSeats(seats: number): boolean {
  return Number.isInteger(seats) && seats >= 0 && seats <= 100_000;
}

function faultOf(input: EventInput): EventFault | null {
  for (const field of ['startsAt', 'endsAt', 'registrationOpensAt', 'registrationClosesAt'] as const) {
    if (momentOf(input[field]) === null) return refuse('time-malformed', { field });
  }
  // Warsaw times in this form sort as texts; on the night the clocks go back an hour may pass for none.
  if (input.endsAt < input.startsAt) return refuse('ends-before-starts');
  if (input.registrationClosesAt < input.registrationOpensAt) return refuse('registration-closes-before-opens');
  if (input.registrationClosesAt > input.startsAt) return refuse('registration-closes-after-start');
  if (input.deleteAfter < input.endsAt.slice(0, 10)) return refuse('deleted-before-end');
  return null;
}
