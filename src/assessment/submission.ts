import type { Answers } from '../definitions/answers';
import type { CollectionSpec, Stored } from '../storage/port';
import { answersSchema } from '../definitions/answer-schema';
import { documentOf, text } from '../storage/document-fields';

/** The answers of one respondent that count. No moment, no address, no language: only this. */
export interface SealedAnswers extends Stored {
  readonly roundId: string;
  readonly group: string;
  readonly answers: Answers;
}

/**
 * A submission of a round that is not closed yet. `accepted`: was there while the round was open, and the respondent
 * may have the receipt; `taken`: sealing has it; `withdrawn`: came after closing began and counts nowhere (its answers
 * are removed at once, its id stays so that no other sending can take its place). Every step starts at `pending` or `accepted` and is one conditional update, so the respondent's process
 * and the sealing one always agree on which it was.
 */
export interface Submission extends Omit<SealedAnswers, 'answers'> {
  /** Absent once withdrawn. */
  readonly answers?: Answers;
  readonly state: 'pending' | 'accepted' | 'taken' | 'withdrawn';
}

const sealed = { roundId: text, group: text, answers: answersSchema };

export const submissionsSpec: CollectionSpec<Submission> = {
  name: 'submissions',
  schema: documentOf({ ...sealed, state: { enum: ['pending', 'accepted', 'taken', 'withdrawn'] } }, ['answers']),
  indexes: [['roundId', 'group']],
};

export const sealedAnswersSpec: CollectionSpec<SealedAnswers> = {
  name: 'sealed-answers',
  schema: documentOf(sealed),
  indexes: [['roundId']],
};
