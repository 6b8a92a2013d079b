import { checkAnswer } from '../definitions/answer-check';
import { longestOtherWords, otherKey, type Answer, type Answers } from '../definitions/answers';
import type { Instrument } from '../definitions/instrument';
import { Failure, refuse, type Refusal } from '../shared/errors';
import type { Ids, RandomBytes } from '../shared/ids';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { documentOf, revision, text } from '../storage/document-fields';
import { decrypt, draftIdOf, encrypt, newToken, roundOfToken } from './draft-cipher';
import { groupsAsked } from '../assessment/asking-plan';
import type { Round } from '../assessment/round';
import type { Rounds } from '../assessment/rounds';

/**
 * `open`: being filled in. `sending`: the person has sent it and the content stands still until the submission is
 * complete (after a crash: until it is sent again). `submitted`: content and keys are gone; the row only says that
 * this token has its receipt.
 */
export type DraftState = 'open' | 'sending' | 'submitted';

/** What is stored of a draft: nothing that could be read, dated or followed to a person without the token. */
export interface StoredDraft extends Stored {
  readonly state: DraftState;
  /** Encrypted `DraftContent`; absent once submitted. */
  readonly box?: string;
  readonly revision: number;
}

/** In the part of the round. */
export const draftsSpec: CollectionSpec<StoredDraft> = {
  name: 'drafts',
  schema: documentOf({ state: { enum: ['open', 'sending', 'submitted'] }, box: text, revision }, ['box']),
  inParts: true,
};

interface DraftContent {
  readonly group: string | null;
  /** As given, those to hidden questions too: a change of mind brings them back. */
  readonly answers: Answers;
  /** Pages that have already reminded of what was left out. */
  readonly remindedPages: readonly string[];
  /** Random id that the submission will carry, so that sending twice inserts once. */
  readonly submissionId: string;
  /** Random key from which the ids of free texts are made; gone with the draft. */
  readonly textKey: string;
}

/** What the respondent's pages see. */
export type Draft =
  | {
      readonly state: 'open' | 'sending';
      readonly roundId: string;
      readonly group: string | null;
      readonly answers: Answers;
      readonly remindedPages: readonly string[];
    }
  | { readonly state: 'submitted'; readonly roundId: string };

/** Both parts of a draft, for `submissions.ts`. */
export interface UnlockedDraft {
  /** As it was before the draft was read. */
  readonly round: Round;
  readonly stored: StoredDraft;
  /** null once submitted. */
  readonly content: DraftContent | null;
}

export type SaveRefusal = Refusal<'draft-unknown' | 'draft-sent' | 'round-closed'>;

export interface Drafts {
  /** Begins a draft in an open round; the token goes to the respondent (cookie) and nowhere else. */
  start(roundId: string): Promise<{ readonly token: string } | Refusal<'round-unknown' | 'round-not-open'>>;
  /** null: no such draft (never begun, or its round was closed). */
  read(token: string): Promise<Draft | null>;
  chooseGroup(token: string, group: string): Promise<Draft | SaveRefusal | Refusal<'group-unknown'>>;
  /**
   * Replaces the answers of the named questions (and `<code>.other`); null takes one back. Questions that are not named
   * keep theirs, so saves of different pages at the same time both last.
   */
  save(
    token: string,
    answers: Readonly<Record<string, Answer | null>>,
  ): Promise<Draft | SaveRefusal | Refusal<'answer-malformed'>>;
  /** Remembers that this page has reminded once of questions left out. */
  markReminded(token: string, page: string): Promise<Draft | SaveRefusal>;
  /**
   * Removes a draft whole: whoever holds its token gets nothing any more. False, and nothing is done, where it is being
   * sent; true where there is nothing to remove.
   */
  discard(token: string): Promise<boolean>;
  /** For `submissions.ts`. */
  unlock(token: string): Promise<UnlockedDraft | null>;
  /** For `submissions.ts`: open → sending if nothing was saved since; null where something was. */
  freeze(draft: UnlockedDraft): Promise<UnlockedDraft | null>;
  /** For `submissions.ts`: forgets content and keys. */
  forget(draft: UnlockedDraft): Promise<void>;
}

export function createDrafts(deps: { store: Store; ids: Ids; randomBytes: RandomBytes; rounds: Rounds }): Drafts {
  const { ids, randomBytes, rounds } = deps;
  const draftsOf = (roundId: string) => deps.store.collection(draftsSpec, roundId);

  async function unlock(token: string): Promise<UnlockedDraft | null> {
    const roundId = roundOfToken(token);
    const round = roundId === null ? null : await rounds.get(roundId);
    if (!round || !['open', 'closing'].includes(round.status)) return null;
    const stored = await draftsOf(round.id).get(draftIdOf(token));
    if (!stored) return null;
    if (stored.state === 'submitted') return { round, stored, content: null };
    if (stored.box === undefined) throw new Failure('draft-damaged', 'A stored draft has lost its content.');
    const content = JSON.parse(decrypt(token, placeOf(stored.id, round.id), stored.box)) as DraftContent;
    return { round, stored, content };
  }

  /** Last write wins per question: where another save came first, its result is edited again. */
  async function change(token: string, edit: (content: DraftContent) => DraftContent): Promise<Draft | SaveRefusal> {
    for (;;) {
      const found = await unlock(token);
      if (!found) return refuse('draft-unknown');
      const { round, stored, content } = found;
      if (!content || stored.state !== 'open') return refuse('draft-sent');
      if (round.status !== 'open') return refuse('round-closed');
      const edited = edit(content);
      const box = encrypt(token, placeOf(stored.id, round.id), JSON.stringify(edited), randomBytes);
      // Its revision says that the state is still `open` too.
      const saved = await updateSeen(draftsOf(round.id), stored.id, stored.revision, { box });
      if (saved) return visible(round, saved, edited);
    }
  }

  return {
    unlock,

    async start(roundId) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      if (round.status !== 'open') return refuse('round-not-open', { status: round.status });
      const token = newToken(roundId, randomBytes);
      const id = draftIdOf(token);
      const content: DraftContent = {
        group: null,
        answers: {},
        remindedPages: [],
        submissionId: ids.uuid(),
        textKey: randomBytes(32).toString('base64url'),
      };
      const box = encrypt(token, placeOf(id, roundId), JSON.stringify(content), randomBytes);
      const drafts = draftsOf(roundId);
      await drafts.insert({ id, state: 'open', box, revision: 1 });
      // Closing removes the round's drafts; one that slipped in behind it would stay for ever.
      if ((await rounds.get(roundId))?.status === 'open') return { token };
      await drafts.remove({ id });
      return refuse('round-not-open');
    },

    async read(token) {
      const found = await unlock(token);
      return found && visible(found.round, found.stored, found.content);
    },

    async chooseGroup(token, group) {
      const found = await unlock(token);
      if (!found) return refuse('draft-unknown');
      const { instrument } = rounds.instrumentOf(found.round);
      if (!groupsAsked(instrument, found.round).some(({ code }) => code === group))
        return refuse('group-unknown', { group });
      return change(token, (content) => ({ ...content, group }));
    },

    async save(token, answers) {
      const found = await unlock(token);
      if (!found) return refuse('draft-unknown');
      const { instrument } = rounds.instrumentOf(found.round);
      const strange = Object.entries(answers).find(([key, answer]) => !fits(instrument, key, answer));
      if (strange) return refuse('answer-malformed', { question: strange[0] });
      return change(token, (content) => {
        const merged = new Map(Object.entries(content.answers));
        for (const [question, answer] of Object.entries(answers)) {
          if (answer === null) merged.delete(question);
          else merged.set(question, answer);
        }
        return { ...content, answers: Object.fromEntries(merged) };
      });
    },

    markReminded: (token, page) =>
      change(token, (content) => ({ ...content, remindedPages: [...new Set([...content.remindedPages, page])] })),

    async discard(token) {
      const found = await unlock(token);
      if (found?.stored.state !== 'open') return found?.stored.state !== 'sending';
      const removed = await draftsOf(found.round.id).remove({ id: found.stored.id, state: 'open' });
      return removed > 0 || this.discard(token);
    },

    async freeze({ round, stored, content }) {
      const frozen = await updateSeen(draftsOf(round.id), stored.id, stored.revision, { state: 'sending' });
      return frozen && { round, stored: frozen, content };
    },

    async forget({ round, stored: { id } }) {
      await draftsOf(round.id).update(id, ({ revision }) => ({ id, state: 'submitted', revision: revision + 1 }));
    },
  };
}

/** Whether a form of this instrument could have sent it: a known question and an answer of its kind. */
function fits(instrument: Instrument, key: string, answer: Answer | null): boolean {
  const question = instrument.questions.find(({ code }) => code === key);
  if (question) return answer === null || checkAnswer(instrument, question, answer) === null;
  const asker = instrument.questions.find(({ code }) => otherKey(code) === key);
  if (!asker || !('choices' in asker) || !asker.choices.some(({ other }) => other)) return false;
  return answer === null || (typeof answer === 'string' && Array.from(answer).length <= longestOtherWords);
}

/** Bound into the encryption, so that a box cannot be moved to another draft or round. */
function placeOf(id: string, roundId: string): string {
  return `${id} ${roundId}`;
}

function visible({ id: roundId }: Round, { state }: StoredDraft, content: DraftContent | null): Draft {
  if (!content || state === 'submitted') return { state: 'submitted', roundId };
  const { group, answers, remindedPages } = content;
  return { state, roundId, group, answers, remindedPages };
}
