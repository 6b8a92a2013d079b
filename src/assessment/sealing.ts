import { isRefusal, type Refusal } from '../shared/errors';
import type { Store, Stored } from '../storage/port';
import { draftsSpec } from './drafts';
import { freeTextsSpec, sealedFreeTextsSpec, type FreeText } from './free-texts';
import type { Round } from './round';
import type { Rounds } from './rounds';
import { sealedAnswersSpec, submissionsSpec, type SealedAnswers } from './submission';

/**
 * Closing a round: its answers and texts are written anew in random order, so that the order in which they came tells
 * nothing, and everything they came from is removed. Each step may be repeated, so a crash at any point is mended by
 * doing it all again.
 */
export interface Sealing {
  /** open → closing → sealed → closed. Also finishes a round that is already `closing`. */
  close(roundId: string): Promise<Round | Refusal<'round-unknown' | 'wrong-status'>>;
  /** At start: finishes rounds that were being closed, and clears what a crash left of closed ones. */
  resumeClosing(): Promise<void>;
  /** Sealed answers in the order of their random ids. */
  answersOf(roundId: string): Promise<SealedAnswers[]>;
  hasSealed(submissionId: string): Promise<boolean>;
  /** Seals texts that sealing may have missed; for `submissions.ts`. */
  sealTexts(texts: readonly FreeText[]): Promise<void>;
}

export function createSealing({ store, rounds }: { store: Store; rounds: Rounds }): Sealing {
  const submissions = store.collection(submissionsSpec);
  const sealedAnswers = store.collection(sealedAnswersSpec);
  const freeTexts = store.collection(freeTextsSpec);
  const sealedFreeTexts = store.collection(sealedFreeTextsSpec);
  const drafts = store.collection(draftsSpec);

  /** One sweep over what is there now; false where nothing was. */
  async function sweepAnswers(roundId: string): Promise<boolean> {
    const found = await submissions.find({ roundId, state: { $in: ['pending', 'accepted', 'taken'] } });
    const done: string[] = [];
    for (const { id, group, answers = {} } of inOrderOfIds(found)) {
      // Taken before it is copied: whoever sent it can no longer withdraw it.
      const taken = await submissions.update(id, (one) =>
        one.state === 'withdrawn' ? null : { ...one, state: 'taken' },
      );
      if (!taken) continue;
      await sealedAnswers.insert({ id, roundId, group, answers });
      done.push(id);
    }
    await submissions.remove({ id: { $in: done } });
    return found.length > 0;
  }

  async function sealTexts(texts: readonly FreeText[]): Promise<void> {
    for (const text of inOrderOfIds(texts)) await sealedFreeTexts.insert(text);
    await freeTexts.remove({ id: { $in: texts.map(({ id }) => id) } });
  }

  async function sweepTexts(roundId: string): Promise<boolean> {
    const found = await freeTexts.find({ roundId });
    if (found.length > 0) await sealTexts(found);
    return found.length > 0;
  }

  async function seal(roundId: string): Promise<void> {
    while (await sweepAnswers(roundId));
    // Texts are written only after their answer was accepted; stragglers seal their own.
    while (await sweepTexts(roundId));
    await drafts.remove({ roundId });
  }

  async function finish(round: Round): Promise<Round | Refusal<'round-unknown' | 'wrong-status'>> {
    await seal(round.id);
    const closed = await rounds.finishClosing(round.id);
    // Another process that was closing the same round has come first.
    if (isRefusal(closed) && closed.details?.['status'] === 'closed') return (await rounds.get(round.id)) ?? closed;
    return closed;
  }

  return {
    sealTexts,
    answersOf: async (roundId) => inOrderOfIds(await sealedAnswers.find({ roundId })),
    hasSealed: async (submissionId) => (await sealedAnswers.get(submissionId)) !== null,

    async close(roundId) {
      const begun = await rounds.beginClosing(roundId);
      if (!isRefusal(begun)) return finish(begun);
      const round = begun.details?.['status'] === 'closing' ? await rounds.get(roundId) : null;
      return round ? finish(round) : begun;
    },

    async resumeClosing() {
      for (const round of await rounds.withStatus('closing')) await finish(round);
      for (const { id: roundId } of await rounds.withStatus('closed')) {
        // Nobody was given a receipt for what is left here: it came too late and its process stopped before saying so.
        await submissions.remove({ roundId });
        await drafts.remove({ roundId });
        await sweepTexts(roundId);
      }
    },
  };
}

/** Ids are random UUIDs, so their order is a random order that has nothing to do with the one of arrival. */
function inOrderOfIds<Doc extends Stored>(documents: readonly Doc[]): Doc[] {
  return documents.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
