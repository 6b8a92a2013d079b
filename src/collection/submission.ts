import type { Answers } from '../definitions/answers';
import type { CollectionSpec, Stored } from '../storage/port';
import { answersSchema } from '../definitions/answer-schema';
import { documentOf, listOf, text } from '../storage/document-fields';
import { freeTextFields, type FreeText } from './free-texts';

/**
 * A submission of a round that is not closed yet. `pending`: stored, not decided; `accepted`: was there while the round
 * was open, so that it counts; `complete`: its words lie apart; `taken`: sealing has it; `sealed`: sealing is done with it;
 * `withdrawn`: came after closing began and counts nowhere. Of the last two nothing but the id and the state is left,
 * until the part of the round is dropped: so that no other sending of the same draft can take its place. Every step is
 * one `update`, so the respondent's process and the sealing one always agree on which it was.
 */
export interface Submission extends Stored {
  readonly state: 'pending' | 'accepted' | 'complete' | 'taken' | 'sealed' | 'withdrawn';
  readonly group: string;
  /** Absent once sealed or withdrawn. */
  readonly answers?: Answers;
  /** Words that do not lie apart yet: from the moment of sending until the answer is complete, the same second. */
  readonly texts?: readonly FreeText[];
}

/** In the part of the round. */
export const submissionsSpec: CollectionSpec<Submission> = {
  name: 'submissions',
  schema: documentOf(
    {
      state: { enum: ['pending', 'accepted', 'complete', 'taken', 'sealed', 'withdrawn'] },
      group: text,
      answers: answersSchema,
      texts: listOf(documentOf(freeTextFields), 500),
    },
    ['answers', 'texts'],
  ),
  indexes: [['state', 'group']],
  inParts: true,
};
