import { takesAnswers } from '../assessment/round';
import type { Rounds } from '../assessment/rounds';
import { dayOf, type Clock } from '../shared/clock';
import { day, documentOf } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/**
 * What comes to a survey that its pages do not send, and slips of honest people that cannot be told from it:
 * `wrong-code`: one of a card, an invitation or a return that opens nothing here, also one of another round;
 * `used-code`: a card or invitation with which an answer was sent already;
 * `old-form`: a form of answers that were sent, or are not there;
 * `other-round`: the key of answers of another round;
 * `strange-field`: a field or a value that the page did not have;
 * `too-large`: more than any page sends;
 * `turned-away`: too much in a short time.
 */
export const misuseKinds = [
  'wrong-code',
  'used-code',
  'old-form',
  'other-round',
  'strange-field',
  'too-large',
  'turned-away',
] as const;
export type MisuseKind = (typeof misuseKinds)[number];

/** One kind on one day. The id is both of them: nothing finer is stored, and nothing of whom it came from. */
interface MisuseCount extends Stored {
  readonly day: string;
  readonly kind: MisuseKind;
  readonly count: number;
}

/** In the part of the round, and gone when it is sealed. */
export const misuseCountsSpec: CollectionSpec<MisuseCount> = {
  name: 'misuse-counts',
  schema: documentOf({ day, kind: { enum: [...misuseKinds] }, count: { type: 'integer', minimum: 1 } }),
  inParts: true,
};

export interface MisuseTotal {
  readonly kind: MisuseKind;
  readonly today: number;
  readonly all: number;
}

export interface MisuseCounts {
  /** Counts in memory, so that it costs whoever tries it more than it costs us. */
  add(roundId: string, kind: MisuseKind): void;
  /** Kinds that have come, in the order of `misuseKinds`: of this process to the moment, of others to the minute. */
  totals(roundId: string): Promise<MisuseTotal[]>;
  /** Stores what was counted in memory. To be called every minute; what a crash takes of it is not counted. */
  store(): Promise<void>;
}

export function createMisuseCounts({
  store,
  clock,
  rounds,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly rounds: Pick<Rounds, 'get'>;
}): MisuseCounts {
  const countsOf = (roundId: string) => store.collection(misuseCountsSpec, roundId);
  /** By round, then by id of the row. */
  let unstored = new Map<string, Map<string, MisuseCount>>();

  async function raise(roundId: string, more: MisuseCount): Promise<void> {
    const counts = countsOf(roundId);
    if ((await counts.insert(more)).inserted) return;
    await counts.update(more.id, (one) => ({ ...one, count: one.count + more.count }));
  }

  return {
    add(roundId, kind) {
      const today = dayOf(clock());
      const id = `${today}:${kind}`;
      const ofRound = unstored.get(roundId) ?? new Map<string, MisuseCount>();
      ofRound.set(id, { id, day: today, kind, count: (ofRound.get(id)?.count ?? 0) + 1 });
      unstored.set(roundId, ofRound);
    },

    async totals(roundId) {
      const all = [...(await countsOf(roundId).find({})), ...(unstored.get(roundId)?.values() ?? [])];
      const today = dayOf(clock());
      const sum = (some: readonly MisuseCount[]) => some.reduce((total, { count }) => total + count, 0);
      return misuseKinds
        .map((kind) => all.filter((one) => one.kind === kind))
        .flatMap((ofKind) => {
          const [first] = ofKind;
          const ofToday = ofKind.filter((one) => one.day === today);
          return first ? [{ kind: first.kind, today: sum(ofToday), all: sum(ofKind) }] : [];
        });
    },

    async store() {
      const counted = unstored;
      unstored = new Map();
      for (const [roundId, ofRound] of counted) {
        const round = await rounds.get(roundId);
        // What is sealed keeps none; a part that is gone must not come back.
        if (round === null || !takesAnswers(round)) continue;
        for (const more of ofRound.values()) await raise(roundId, more);
      }
    },
  };
}
