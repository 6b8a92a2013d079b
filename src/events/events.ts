import type { Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import type { Store } from '../storage/port';
import { eventsSpec, isOver, momentOf, type Event, type EventState } from './event';
import { active, checkSeats } from './queue';
import type { Appended, Queues } from './queues';

export type EventInput = Omit<Event, 'id' | 'state' | 'erasedOn' | 'revision'>;
export type EventFault = Refusal<
  | 'time-malformed'
  | 'ends-before-starts'
  | 'registration-closes-before-opens'
  | 'registration-closes-after-start'
  | 'deleted-before-end'
>;

/** What people were promised when they registered cannot be taken back behind them. */
export type EditRefusal = Refusal<
  'event-unknown' | 'changed-meanwhile' | 'event-cancelled' | 'form-in-use' | 'deletion-promised-earlier'
>;

export interface Events {
  /** A new event, planned, with the first entry of its queue. */
  create(input: EventInput, seats: number): Promise<Event | EventFault | Refusal<'seats-malformed'>>;
  /** Replaces the details if the event is still as the caller saw it. Seats change by `setSeats`. */
  edit(id: string, input: EventInput, revision: number): Promise<Event | EventFault | EditRefusal>;
  get(id: string): Promise<Event | null>;
  /** By start. */
  all(): Promise<Event[]>;
  publish(id: string): Promise<Event | Refusal<'event-unknown' | 'wrong-state' | 'event-over'>>;
  /** For good; the registered people stay on the list, so that they can be told. */
  cancel(id: string): Promise<Event | Refusal<'event-unknown' | 'wrong-state' | 'event-over'>>;
  /** Raising moves the first in line up; never below the people placed. */
  setSeats(
    id: string,
    seats: number,
  ): Promise<Appended | Refusal<'seats-malformed' | 'seats-below-placed' | 'seats-same' | SeatsTooLate>>;
  momentOf(local: string): Date | null;
}

type SeatsTooLate = 'event-unknown' | 'event-cancelled' | 'event-over';

/** What may follow what. */
const movesTo: Readonly<Record<EventState, readonly EventState[]>> = {
  planned: [],
  published: ['planned'],
  cancelled: ['published'],
};

export function createEvents(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  queues: Queues;
  appended: (appended: Appended) => Promise<void>;
  /** Called when an event has been cancelled: everybody is told. */
  cancelled: (event: Event) => Promise<void>;
}): Events {
  const { ids, queues, clock } = deps;
  const events = deps.store.collection(eventsSpec);

  async function move(
    id: string,
    to: EventState,
  ): Promise<Event | Refusal<'event-unknown' | 'wrong-state' | 'event-over'>> {
    const known = await events.get(id);
    if (known === null) return refuse('event-unknown');
    if (isOver(known, clock())) return refuse('event-over');
    for (const from of movesTo[to]) {
      const moved = await events.update(id, (one) =>
        one.state === from ? { ...one, state: to, revision: one.revision + 1 } : null,
      );
      if (moved) return moved;
    }
    const event = await events.get(id);
    return event ? refuse('wrong-state', { state: event.state }) : refuse('event-unknown');
  }

  return {
    momentOf,
    get: (id) => events.get(id),
    all: () => events.find({}, { sort: [['startsAt', 'ascending']] }),
    publish: (id) => move(id, 'published'),

    async cancel(id) {
      const cancelled = await move(id, 'cancelled');
      if (!isRefusal(cancelled)) await deps.cancelled(cancelled);
      return cancelled;
    },

    async create(input, seats) {
      const fault = faultOf(input);
      if (fault) return fault;
      if (!isSeats(seats)) return refuse('seats-malformed');
      const event: Event = { ...input, id: ids.uuid(), state: 'planned', erasedOn: null, revision: 1 };
      // The queue first: an event without one would have no seats.
      await queues.append<never>(event.id, () => ({ append: { kind: 'seats', seats } }));
      await events.insert(event);
      return event;
    },

    async edit(id, input, revision) {
      const fault = faultOf(input);
      if (fault) return fault;
      const before = await events.get(id);
      if (before === null) return refuse('event-unknown');
      const registered = active(await queues.state(id)).length > 0;
      const promise = registered ? promiseBroken(before, input) : null;
      if (promise) return promise;
      const changed = await events.update(id, (one) =>
        one.revision === revision && one.state !== 'cancelled' ? { ...one, ...input, revision: revision + 1 } : null,
      );
      if (changed) return changed;
      const event = await events.get(id);
      if (!event) return refuse('event-unknown');
      return event.state === 'cancelled' ? refuse('event-cancelled') : refuse('changed-meanwhile');
    },

    async setSeats(id, seats) {
      if (!isSeats(seats)) return refuse('seats-malformed');
      const event = await events.get(id);
      if (event === null) return refuse('event-unknown');
      if (event.state === 'cancelled') return refuse('event-cancelled');
      if (isOver(event, clock())) return refuse('event-over');
      const result = await queues.append<Refusal<'seats-same' | 'seats-below-placed'>>(id, (state) => {
        if (seats === state.seats) return { stop: refuse('seats-same') };
        const refusal = checkSeats(state, seats);
        return refusal === null ? { append: { kind: 'seats', seats } } : { stop: refusal };
      });
      if ('stop' in result) return result.stop;
      await deps.appended(result);
      return result;
    },
  };
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
