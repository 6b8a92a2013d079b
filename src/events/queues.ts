import { answersSchema } from '../definitions/answer-schema';
import type { Clock } from '../shared/clock';
import { documentOf, listOf, nullable, objectOf, text, words } from '../storage/document-fields';
import type { CollectionSpec, Store } from '../storage/port';
import { emptyQueue, follow, type ClosedEntry, type QueueEntry, type QueueState } from './queue';

const person = objectOf({ id: text, name: words(200), email: words(254), answers: answersSchema }, [
  'email',
  'answers',
]);

/** One flat schema for all kinds of entry; `queue.ts` types them apart. */
type StoredEntry = QueueEntry & { readonly link?: string; readonly confirmSecret?: string | null };
export const queueEntriesSpec: CollectionSpec<StoredEntry> = {
  name: 'queue-entries',
  schema: documentOf(
    {
      eventId: text,
      seq: { type: 'integer', minimum: 1 },
      at: text,
      kind: { enum: ['seats', 'registered', 'confirmed', 'lapsed', 'cancelled', 'changed', 'closed'] },
      seats: { type: 'integer', minimum: 0, maximum: 100_000 },
      formKey: text,
      fingerprint: text,
      link: text,
      confirmBy: nullable(text),
      confirmSecret: nullable(text),
      form: text,
      why: { enum: ['event-cancelled', 'erased'] },
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
      ...['personId', 'by', 'reason', 'person', 'confirmBy', 'confirmSecret', 'form', 'why'],
    ],
  ),
  indexes: [['eventId', 'seq'], ['link'], ['confirmSecret']],
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
  /** The entry whose confirmation has this secret. */
  bySecret(secret: string): Promise<QueueEntry | null>;
  /** Nobody can be appended behind this. Null where the log was closed for this reason already. */
  close(eventId: string, why: ClosedEntry['why']): Promise<Appended | null>;
  /** Closes the log and removes every other entry, for good. May be stopped anywhere and called again. */
  erase(eventId: string): Promise<void>;
  /** Whether there is more of a log than the entry of its deletion. */
  holdsEntries(eventId: string): Promise<boolean>;
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

  /**
   * A reading that raced with two writers may have missed the first of them: what follows a gap waits. Only the entry of
   * a deletion follows any gap, since all that was before it is gone; so no process keeps the names in memory.
   */
  async function catchUp(eventId: string): Promise<QueueState> {
    const known = states.get(eventId) ?? emptyQueue;
    const newer = await entries.find({ eventId, seq: { $gt: known.seq } }, { sort: [['seq', 'ascending']] });
    const state = newer.reduce(
      (so, entry) => (entry.seq === so.seq + 1 || isErasure(entry) ? follow(so, entry) : so),
      known,
    );
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

  const append: Queues['append'] = (eventId, decide) =>
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
    });

  async function close(eventId: string, why: ClosedEntry['why']): Promise<Appended | null> {
    const result = await append<null>(eventId, ({ closed }) =>
      closed === why || closed === 'erased' ? { stop: null } : { append: { kind: 'closed', why } },
    );
    return 'stop' in result ? null : result;
  }

  return {
    state: catchUp,
    append,
    close,

    async history(eventId) {
      const all = await entries.find({ eventId }, { sort: [['seq', 'ascending']] });
      let before = emptyQueue;
      return all.map((entry) => {
        const appended = { entry, before, after: follow(before, entry) };
        before = appended.after;
        return appended;
      });
    },

    async erase(eventId) {
      await close(eventId, 'erased');
      const { seq } = await catchUp(eventId);
      await entries.remove({ eventId, seq: { $lt: seq } });
    },

    byLink: async (link) => (await entries.find({ link }, { limit: 1 }))[0] ?? null,
    bySecret: async (confirmSecret) => (await entries.find({ confirmSecret }, { limit: 1 }))[0] ?? null,
    holdsEntries: async (eventId) => (await entries.find({ eventId }, { limit: 2 })).some((entry) => !isErasure(entry)),
  };
}

function isErasure(entry: QueueEntry): boolean {
  return entry.kind === 'closed' && entry.why === 'erased';
}
