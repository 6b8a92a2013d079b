import { documentOf, listOf, nullable, objectOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import type { Attendances } from './attendance';
import type { Event } from './event';
import { active, placed, type Organisation, type QueueState } from './queue';
import type { Queues } from './queues';

/** People of one powiat and one kind of organisation: how many have a place, and how many came. */
export interface CountsRow {
  /** First four digits of the seat's code. */
  readonly powiat: string;
  readonly organisation: Organisation['kind'];
  readonly placed: number;
  readonly attended: number;
}

/** How many people an event had; all that is left once the personal data are deleted. */
export interface EventCounts {
  readonly seats: number;
  readonly placed: number;
  readonly waiting: number;
  readonly cancelled: number;
  /** People who came; null where attendance has not been marked. */
  readonly attended: number | null;
  /** By powiat, then by kind. */
  readonly rows: readonly CountsRow[];
}

interface StoredCounts extends EventCounts, Stored {}

const number = { type: 'integer', minimum: 0 };

/** Counts of events whose personal data are deleted; the id is the event's. */
export const eventCountsSpec: CollectionSpec<StoredCounts> = {
  name: 'event-counts',
  schema: documentOf({
    seats: number,
    placed: number,
    waiting: number,
    cancelled: number,
    attended: nullable(number),
    rows: listOf(
      objectOf({ powiat: text, organisation: { enum: ['ngo', 'office', 'other'] }, placed: number, attended: number }),
      10_000,
    ),
  }),
};

export interface Counts {
  /** From the list while it is there, from what was kept of it afterwards. */
  of(event: Event): Promise<EventCounts>;
  /** Keeps the counts of an event whose list is about to be deleted; what was kept once stays. */
  keep(event: Event): Promise<void>;
}

export function createCounts(deps: { store: Store; queues: Queues; attendances: Attendances }): Counts {
  const kept = deps.store.collection(eventCountsSpec);

  async function fromList(event: Event): Promise<EventCounts> {
    const [state, attendance] = await Promise.all([deps.queues.state(event.id), deps.attendances.of(event.id)]);
    return countsOf(state, attendance);
  }

  return {
    async of(event) {
      const found = await kept.get(event.id);
      if (found === null) return fromList(event);
      const { seats, placed: places, waiting, cancelled, attended, rows } = found;
      return { seats, placed: places, waiting, cancelled, attended, rows };
    },
    async keep(event) {
      if ((await kept.get(event.id)) === null) await kept.insert({ id: event.id, ...(await fromList(event)) });
    },
  };
}

export function countsOf(state: QueueState, attendance: ReadonlyMap<string, boolean>): EventCounts {
  const holders = new Set(placed(state).map(({ person }) => person.id));
  const rows = new Map<string, CountsRow>();
  for (const { person, form } of active(state)) {
    const powiat = form.organisation.seat.slice(0, 4);
    const key = `${powiat} ${form.organisation.kind}`;
    const row = rows.get(key) ?? { powiat, organisation: form.organisation.kind, placed: 0, attended: 0 };
    rows.set(key, {
      ...row,
      placed: row.placed + (holders.has(person.id) ? 1 : 0),
      attended: row.attended + (attendance.get(person.id) === true ? 1 : 0),
    });
  }
  const all = active(state).length;
  return {
    seats: state.seats,
    placed: holders.size,
    waiting: all - holders.size,
    cancelled: state.registrants.length - all,
    attended: attendance.size === 0 ? null : [...attendance.values()].filter(Boolean).length,
    rows: [...rows.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row),
  };
}
