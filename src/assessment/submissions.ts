import { Failure, refuse, type Refusal } from '../shared/errors';
import type { Store } from '../storage/port';
import type { Drafts, UnlockedDraft } from './drafts';
import { freeTextsSpec, separateTexts, type FreeText } from './free-texts';
import type { Questionnaires } from './questionnaire';
import type { Rounds } from './rounds';
import type { Sealing } from './sealing';
import { submissionsSpec, type Submission } from './submission';

export interface Receipt {
  readonly submitted: true;
  readonly roundId: string;
}

export type SubmitRefusal = Refusal<
  'draft-unknown' | 'round-closed' | 'group-missing' | 'answers-missing' | 'answers-invalid'
>;

export interface Submissions {
  /**
   * Turns a draft into a submission. Sending again, at the same time or after a crash, gives the same receipt and
   * never a second answer; once a receipt was given the answer is in the results.
   */
  submit(token: string): Promise<Receipt | SubmitRefusal>;
  /** Submissions so far by group code (groups with none are absent), at any status: counts only, no figures. */
  counts(roundId: string): Promise<Readonly<Record<string, number>>>;
}

export function createSubmissions(deps: {
  store: Store;
  rounds: Rounds;
  drafts: Drafts;
  sealing: Sealing;
  questionnaires: Questionnaires;
}): Submissions {
  const { rounds, drafts, sealing, questionnaires } = deps;
  const submissions = deps.store.collection(submissionsSpec);
  const freeTexts = deps.store.collection(freeTextsSpec);

  async function isOpen(roundId: string): Promise<boolean> {
    return (await rounds.get(roundId))?.status === 'open';
  }

  /** What this draft sends: the answers that count, and the words apart from them. */
  async function partsOf({ stored, content }: UnlockedDraft) {
    if (!content) throw new Failure('draft-damaged', 'A draft without content cannot be sent.');
    const { roundId } = stored;
    const { group, submissionId, textKey } = content;
    if (group === null) return refuse('group-missing');
    const round = await rounds.get(roundId);
    if (!round) throw new Failure('round-missing', `A draft belongs to round ${roundId}, which is gone.`);
    const questionnaire = await questionnaires.of(round);
    const flow = questionnaire.flow({ group, answers: content.answers });
    const missing = [...flow.required].filter((code) => flow.visible.has(code) && flow.answers[code] === undefined);
    if (missing.length > 0) return refuse('answers-missing', { questions: missing.join(' ') });
    if (flow.invalid.length > 0) {
      return refuse('answers-invalid', { questions: flow.invalid.map(({ question }) => question).join(' ') });
    }
    const { answers, texts } = separateTexts(questionnaire.instrument, flow.answers, { roundId, group, textKey });
    const submission: Submission = { id: submissionId, roundId, group, answers, state: 'pending' };
    return { submission, texts };
  }

  /**
   * Whether the inserted answer counts. It was there before closing began if the round is still open now, and sealing
   * starts after closing began: then sealing cannot miss it. Otherwise sealing may have it or not: the one of us who
   * moves it first decides.
   */
  async function isAccepted({ id, roundId }: Submission): Promise<boolean> {
    const open = await isOpen(roundId);
    const moved = await submissions.update(id, ({ answers, ...one }) => {
      if (one.state !== 'pending') return null;
      return open && answers ? { ...one, answers, state: 'accepted' } : { ...one, state: 'withdrawn' };
    });
    // Not pending any more: sealing or another sending of the same draft was quicker.
    const now = moved ?? (await submissions.get(id));
    if (now && now.state !== 'withdrawn') return true;
    // Sealing removes what it has sealed, and this sending may then have inserted it once more.
    return sealing.hasSealed(id);
  }

  async function keepTexts(roundId: string, texts: readonly FreeText[]): Promise<void> {
    if (texts.length === 0) return;
    await Promise.all(texts.map((text) => freeTexts.insert(text)));
    // If closing began meanwhile, sealing may have passed already: these words belong to an answer that counts.
    if (!(await isOpen(roundId))) await sealing.sealTexts(texts);
  }

  return {
    async submit(token) {
      for (;;) {
        const draft = await drafts.unlock(token);
        if (!draft) return refuse('draft-unknown');
        const { roundId, state } = draft.stored;
        if (state === 'submitted') return { submitted: true, roundId };
        if (state === 'open' && !(await isOpen(roundId))) return refuse('round-closed');
        const parts = await partsOf(draft);
        if ('refused' in parts) return parts;
        // From here on the content stands still, so that a retry sends the same. Saved meanwhile: look again.
        const frozen = state === 'sending' ? draft : await drafts.freeze(draft);
        if (!frozen) continue;

        const { submission, texts } = parts;
        await submissions.insert(submission);
        if (!(await isAccepted(submission))) return refuse('round-closed');
        await keepTexts(roundId, texts);
        await drafts.forget(frozen);
        return { submitted: true, roundId };
      }
    },

    async counts(roundId) {
      const waiting = await submissions.find({ roundId, state: { $in: ['pending', 'accepted', 'taken'] } });
      // While a round is being sealed an answer may for a moment be in both places.
      const groups = new Map([...waiting, ...(await sealing.answersOf(roundId))].map(({ id, group }) => [id, group]));
      const counts: Record<string, number> = {};
      for (const group of groups.values()) counts[group] = (counts[group] ?? 0) + 1;
      return counts;
    },
  };
}
