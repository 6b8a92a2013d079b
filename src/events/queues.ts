import { answersSchema } from '../definitions/answer-schema';
import type { Clock } from '../shared/clock';
import { documentOf, listOf, objectOf, text, words } from '../storage/document-fields';
import type { CollectionSpec, Store } from '../storage/port';
import { emptyQueue, follow, type QueueEntry, type QueueState } from './queue';

const person = objectOf({ id: text, name: words(200), email: words(254), answers: answersSchema }, [
  'email',
  'answers',
]);

/** One flat schema for all kinds of entry; `queue.ts` types them apart. */
type StoredEntry = QueueEntry & { readonly link?: string };
export const queueEntriesSpec: CollectionSpec<StoredEntry> = {
  name: 'queue-entries',
  schema: documentOf(
    {
      eventId: text,
      seq: { type: 'integer', minimum: 1 },
      at: text,
      kind: { enum: ['seats', 'registered', 'cancelled', 'changed'] },
      seats: { type: 'integer', minimum: 0, maximum: 100_000 },
      formKey: text,
      fingerprint: text,
      link: text,
      channel: { enum: ['web', 'telephone'] },
      organisation: objectOf({ name: words(200), kind: { enum: ['ngo', 'office', 'other'] }, seat: text }),
      contactEmail: words(254),
      language: { enum: ['pl', 'en'] },
      people: listOf(person, 20),
      personId: text,
      by: { enum: ['registrant', 'organiser'] },
      reason: words(500),
      person,
    },
    [
      ...['seats', 'formKey', 'fingerprint', 'link', 'channel', 'organisation', 'contactEmail', 'language', 'people'],
      ...['personId', 'by', 'reason', 'person'],
    ],
  ),
  indexes: [['eventId', 'seq'], ['link']],
};

type Unnumbered<Entry> = Entry extends QueueEntry ? Omit<Entry, 'id' | 'eventId' | 'seq' | 'at'> : never;
/** An entry as its author writes it; storing it gives it its number. */
export type NewEntry = Unnumbered<QueueEntry>;

/** An entry that is stored, and the states before and after it: what it changed. */
export interface Appended {
  readonly entry: QueueEntry;
  readonly before: QueueState;
  readonly after: QueueState;
}

export type Decision<Other> = { readonly append: NewEntry } | { readonly stop: Other };

export interface Queues {
  /** The state after all entries stored so far. */
  state(eventId: string): Promise<QueueState>;
  /** Every entry with what it changed, in order. */
  history(eventId: string): Promise<readonly Appended[]>;
  /**
   * Appends the entry that `decide` makes of the state right before it; where another entry comes first, `decide` is
   * asked again with that one included. Whatever else it returns goes back to the caller and nothing is stored.
   */
  append<Other>(
    eventId: string,
    decide: (state: QueueState) => Decision<Other>,
  ): Promise<Appended | { readonly stop: Other }>;
  /** The event of the entry with this private link. */
  byLink(link: string): Promise<QueueEntry | null>;
  /** Removes every entry of an event, for good. Only for an event that is over: nothing can be appended any more. */
  erase(eventId: string): Promise<void>;
}

/** Events whose folded state is kept; the log is read again for others. */
const mostKept = 200;

export function createQueues({ store, clock }: { store: Store; clock: Clock }): Queues {
  const entries = store.collection(queueEntriesSpec);
  /** Logs only grow, so what was once read stays true. */
  const states = new Map<string, QueueState>();
  const turns = new Map<string, Promise<unknown>>();

  function keep(eventId: string, state: QueueState): void {
    states.delete(eventId);
    states.set(eventId, state);
    const oldest = states.keys().next();
    if (states.size > mostKept && oldest.done !== true) states.delete(oldest.value);
  }

  /** A reading that raced with two writers may have missed the first of them: what follows a gap waits. */
  async function catchUp(eventId: string): Promise<QueueState> {
    const known = states.get(eventId) ?? emptyQueue;
    const newer = await entries.find({ eventId, seq: { $gt: known.seq } }, { sort: [['seq', 'ascending']] });
    const state = newer.reduce((so, entry) => (entry.seq === so.seq + 1 ? follow(so, entry) : so), known);
    // Another reader may have come further meanwhile.
    if (state.seq > (states.get(eventId)?.seq ?? 0)) keep(eventId, state);
    return state;
  }

  /** One at a time per event in this process, so that only processes race each other. */
  function inTurn<Result>(eventId: string, work: () => Promise<Result>): Promise<Result> {
    const result = (turns.get(eventId) ?? Promise.resolve()).then(work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    turns.set(eventId, settled);
    void settled.then(() => {
      if (turns.get(eventId) === settled) turns.delete(eventId);
    });
    return result;
  }

  return {
    state: catchUp,

    async history(eventId) {
      const all = await entries.find({ eventId }, { sort: [['seq', 'ascending']] });
      let before = emptyQueue;
      return all.map((entry) => {
        const appended = { entry, before, after: follow(before, entry) };
        before = appended.after;
        return appended;
      });
    },

    append: (eventId, decide) =>
      inTurn(eventId, async () => {
        for (;;) {
          const before = await catchUp(eventId);
          const decision = decide(before);
          if ('stop' in decision) return decision;
          const seq = before.seq + 1;
          const numbered = { id: `${eventId}:${String(seq)}`, eventId, seq, at: clock().toISOString() };
          const entry = { ...decision.append, ...numbered } as StoredEntry;
          const { inserted } = await entries.insert(entry);
          if (!inserted) continue;
          const after = follow(before, entry);
          keep(eventId, after);
          return { entry, before, after };
        }
      }),

    erase: (eventId) =>
      inTurn(eventId, async () => {
        states.delete(eventId);
        await entries.remove({ eventId });
      }),

    byLink: async (link) => (await entries.find({ link }, { limit: 1 }))[0] ?? null,
  };
}
