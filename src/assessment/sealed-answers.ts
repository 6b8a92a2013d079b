import { answersSchema } from '../definitions/answer-schema';
import type { Answers } from '../definitions/answers';
import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** The answers of one respondent that count. No moment, no address, no language: only this. */
export interface SealedAnswers extends Stored {
  readonly roundId: string;
  readonly group: string;
  readonly answers: Answers;
}

/** Words of one respondent: apart from the same person's other answers, under an id that leads to nothing. */
export interface SealedFreeText extends Stored {
  readonly roundId: string;
  readonly group: string;
  /** Question code, or `<code>.other` for the words of an "other" choice. */
  readonly question: string;
  readonly text: string;
}

/** Written by `collection/sealing.ts` while a round is being closed, and by nobody afterwards. */
export const sealedAnswersSpec: CollectionSpec<SealedAnswers> = {
  name: 'sealed-answers',
  schema: documentOf({ roundId: text, group: text, answers: answersSchema }),
  indexes: [['roundId', 'group']],
};

export const sealedFreeTextsSpec: CollectionSpec<SealedFreeText> = {
  name: 'sealed-free-texts',
  schema: documentOf({ roundId: text, group: text, question: text, text: { type: 'string', minLength: 1 } }),
  indexes: [['roundId']],
};

/** What is left of a round's collecting once it is closed. */
export interface SealedRounds {
  /** In the order of their ids, which are random. */
  answersOf(roundId: string): Promise<SealedAnswers[]>;
  /** In the order of their ids, which are random. */
  textsOf(roundId: string): Promise<SealedFreeText[]>;
}

export function createSealedRounds({ store }: { readonly store: Store }): SealedRounds {
  const sealedAnswers = store.collection(sealedAnswersSpec);
  const sealedFreeTexts = store.collection(sealedFreeTextsSpec);
  return {
    answersOf: (roundId) => sealedAnswers.find({ roundId }),
    textsOf: (roundId) => sealedFreeTexts.find({ roundId }),
  };
}
