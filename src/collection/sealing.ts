import { sealedAnswersSpec, sealedFreeTextsSpec } from '../assessment/sealed-answers';
import { Failure, isRefusal, type Refusal } from '../shared/errors';
import type { Store, Stored } from '../storage/port';
import { uuidFrom } from './draft-cipher';
import { draftsSpec } from './draft';
import { freeTextsSpec, type FreeText } from './free-texts';
import type { Round } from '../assessment/round';
import type { Rounds } from '../assessment/rounds';
import { invitationsSpec } from './invitations/invitation';
import { misuseCountsSpec } from './misuse-counts';
import { paperBatchesSpec, typedFormsSpec } from './paper-batch';
import { paperCounts } from './paper-counts';
import { sheetsSpec } from './sheets';
import { submissionsSpec, type Submission } from './submission';
import { ticketsSpec, type Tickets } from './tickets';

/**
 * Sealing a round: its answers and texts move out of the part of the open round, under new ids and in an order that has
 * nothing to do with the one in which they came.
 *
 * The new id is a keyed hash of the old one, under a random key that is in the round's row while it is being closed. So
 * whatever is moved once more, after a crash or by two processes at a time, meets itself and is not doubled; and once
 * the key is gone, which is the last step, nothing leads from one id to the other. An answer leaves the part only when
 * it is stored in its new place, so none is lost. Each step may be repeated.
 */
export interface Sealing {
  /**
   * Closes at once, whatever time those who have begun had left: open → closing → sealing → closed, from where it stands.
   */
  close(roundId: string): Promise<Round | Refusal<'round-unknown' | 'wrong-status'>>;
  /** closing → sealing → closed, for a round whose time is over. */
  seal(roundId: string): Promise<Round | Refusal<'round-unknown' | 'wrong-status'>>;
  /** At start: finishes rounds that were being closed, and clears what a crash has left of closed ones. */
  resumeClosing(): Promise<void>;
  /**
   * Drops the parts of closed rounds that were there at the call before this one too: then everybody who was sending
   * when the round closed has been told what became of it. To be called every minute.
   */
  dropClosedParts(): Promise<void>;
}

export function createSealing(deps: { store: Store; rounds: Rounds; tickets: Pick<Tickets, 'counts'> }): Sealing {
  const { store, rounds, tickets } = deps;
  const sealedAnswers = store.collection(sealedAnswersSpec);
  const sealedFreeTexts = store.collection(sealedFreeTextsSpec);
  let closedBefore: ReadonlySet<string> = new Set();

  async function sealTexts(round: Round, key: string, texts: readonly FreeText[]): Promise<void> {
    for (const text of texts) await sealedFreeTexts.insert({ ...text, id: uuidFrom(key, text.id), roundId: round.id });
  }

  /** One sweep over the answers that are there now; false where there were none. */
  async function sweepAnswers(round: Round, key: string): Promise<boolean> {
    const submissions = store.collection(submissionsSpec, round.id);
    const found = await submissions.find({ state: { $in: ['pending', 'accepted', 'complete', 'taken'] } });
    for (const { id } of found) {
      // Taken before it is copied: whoever sent it can no longer withdraw it.
      const taken = await submissions.update(id, (one) => (isDecided(one) ? null : { ...one, state: 'taken' }));
      if (!taken) continue;
      const { group, answers = {}, texts = [] } = taken;
      await sealedAnswers.insert({ id: uuidFrom(key, id), roundId: round.id, group, answers });
      await sealTexts(round, key, texts);
      await submissions.update(id, () => ({ id, group, state: 'sealed' }));
    }
    return found.length > 0;
  }

  async function sweepTexts(round: Round, key: string): Promise<boolean> {
    const texts = store.collection(freeTextsSpec, round.id);
    const found = await texts.find({});
    await sealTexts(round, key, found);
    await texts.remove({ id: { $in: idsOf(found) } });
    return found.length > 0;
  }

  async function closedParts(): Promise<string[]> {
    const parts = await store.parts();
    const closed = await Promise.all(parts.map(async (part) => (await rounds.get(part))?.status === 'closed'));
    return parts.filter((_part, index) => closed[index]);
  }

  /** Takes what is left in the part of a closed round: nothing of it counts. */
  async function clear(roundId: string): Promise<void> {
    const submissions = store.collection(submissionsSpec, roundId);
    for (const { id, group } of await submissions.find({ state: 'pending' })) {
      await submissions.update(id, (one) => (one.state === 'pending' ? { id, group, state: 'withdrawn' } : null));
    }
    await store.collection(draftsSpec, roundId).remove({});
    await store.collection(ticketsSpec, roundId).remove({});
    await store.collection(sheetsSpec, roundId).remove({});
    await store.collection(paperBatchesSpec, roundId).remove({});
    await store.collection(typedFormsSpec, roundId).remove({});
    await store.collection(invitationsSpec, roundId).remove({});
    await store.collection(misuseCountsSpec, roundId).remove({});
    // Words that a second sending of the same draft has put apart once more; later ones are removed by that sending.
    await store.collection(freeTextsSpec, roundId).remove({});
    await store.tidy();
  }

  async function finish(round: Round): Promise<Round | Refusal<'round-unknown' | 'wrong-status'>> {
    const { id, sealingKey: key } = round;
    if (key === null) throw new Failure('round-damaged', `Round ${id} is being closed, but has no key for it.`);
    // Answers first: an answer that has no texts with it any more has put them apart before.
    while (await sweepAnswers(round, key));
    while (await sweepTexts(round, key));
    const closed = await rounds.finishClosing(id, await tickets.counts(id), await paperCounts(store, round));
    await clear(id);
    // Another process that was closing the same round has come first.
    if (isRefusal(closed) && closed.details?.['status'] === 'closed') return (await rounds.get(id)) ?? closed;
    return closed;
  }

  /** Goes on where sealing has begun, by us or by somebody else. */
  async function from(roundId: string, begun: Round | Refusal<'round-unknown' | 'wrong-status'>) {
    if (!isRefusal(begun)) return finish(begun);
    const round = await rounds.get(roundId);
    return round?.status === 'sealing' ? finish(round) : begun;
  }

  return {
    async close(roundId) {
      await rounds.beginClosing(roundId);
      return from(roundId, await rounds.beginSealing(roundId));
    },

    seal: async (roundId) => from(roundId, await rounds.beginSealing(roundId, 'system')),

    async resumeClosing() {
      for (const round of await rounds.withStatus('sealing')) await finish(round);
      for (const part of await closedParts()) await clear(part);
    },

    async dropClosedParts() {
      const closed = await closedParts();
      for (const part of closed) if (closedBefore.has(part)) await store.dropPart(part);
      closedBefore = new Set(closed);
    },
  };
}

function isDecided({ state }: Submission): boolean {
  return state === 'withdrawn' || state === 'sealed';
}

function idsOf(documents: readonly Stored[]): string[] {
  return documents.map(({ id }) => id);
}
