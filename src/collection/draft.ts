import type { Round } from '../assessment/round';
import type { Answers } from '../definitions/answers';
import { documentOf, revision, text } from '../storage/document-fields';
import type { CollectionSpec, Stored } from '../storage/port';
import type { ResumeCode } from './resume-codes';

/**
 * `open`: being filled in. `sending`: the person has sent it and the content stands still until the submission is
 * complete (after a crash: until it is sent again). `submitted`: content and keys are gone; the row only says that
 * this token has its receipt.
 */
export type DraftState = 'open' | 'sending' | 'submitted';

/** What is stored of a draft: nothing that could be read, dated or followed to a person without its token or code. */
export interface StoredDraft extends Stored {
  readonly state: DraftState;
  /** Hash of what the resume code gives; absent where none was taken. */
  readonly resumeId?: string;
  /** The random key of the box, locked by the token's secret; absent once submitted, as are the next two. */
  readonly keyByToken?: string;
  /** The same key, locked by the resume code's; absent where none was taken. */
  readonly keyByCode?: string;
  /** Encrypted `DraftContent`. */
  readonly box?: string;
  readonly revision: number;
}

/** In the part of the round. The id is a hash of the token. */
export const draftsSpec: CollectionSpec<StoredDraft> = {
  name: 'drafts',
  schema: documentOf(
    {
      state: { enum: ['open', 'sending', 'submitted'] },
      ...{ resumeId: text, keyByToken: text, keyByCode: text, box: text, revision },
    },
    ['resumeId', 'keyByToken', 'keyByCode', 'box'],
  ),
  // None on the code's hash: it would be written with every page that is saved, while who asks by it has waited for
  // scrypt, beside which looking through the drafts of one round takes no time.
  inParts: true,
};

export interface DraftContent {
  /** For the browser that goes on with the resume code: both then hold the same draft. */
  readonly token: string;
  readonly resumeCode: ResumeCode | null;
  /** Id of the ticket it came by; null by the open link. */
  readonly ticket: string | null;
  /** Random; what this draft, and no other, claims the ticket with. */
  readonly claim: string;
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
      /** The code to go on with elsewhere; null where none was taken. */
      readonly resumeCode: ResumeCode | null;
      /** Id of the ticket it came by, which settles its group; null by the open link. */
      readonly ticket: string | null;
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

export function visibleDraft({ id: roundId }: Round, { state }: StoredDraft, content: DraftContent | null): Draft {
  if (!content || state === 'submitted') return { state: 'submitted', roundId };
  const { group, answers, remindedPages, resumeCode, ticket } = content;
  return { state, roundId, group, answers, remindedPages, resumeCode, ticket };
}
