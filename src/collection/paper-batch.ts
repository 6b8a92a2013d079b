import type { Answer } from '../definitions/answers';
import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Stored } from '../storage/port';

/** Paper forms of one group that lie on one pile, typed in by staff. */
export interface PaperBatch extends Stored {
  /** From 1, in the order of making. */
  readonly number: number;
  readonly group: string;
  /** How many forms the pile has, counted before typing. */
  readonly count: number;
}

/** One typed form. It leads to its answer until the round is sealed, so that it can be checked against the paper. */
export interface TypedForm extends Stored {
  readonly batch: string;
  /** From 1, as written on the paper. */
  readonly number: number;
  /** Id of the submission. */
  readonly answer: string;
  /** How many answers differed when it was typed a second time; null: it was not. */
  readonly differences: number | null;
}

const whole = { type: 'integer', minimum: 1 } as const;

/** In the part of the round, as are the forms. */
export const paperBatchesSpec: CollectionSpec<PaperBatch> = {
  name: 'paper-batches',
  schema: documentOf({ number: whole, group: text, count: whole }),
  inParts: true,
};
export const typedFormsSpec: CollectionSpec<TypedForm> = {
  name: 'typed-forms',
  schema: documentOf({
    ...{ batch: text, number: whole, answer: text },
    differences: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] },
  }),
  indexes: [['batch']],
  inParts: true,
};

/** Most forms of one pile. */
export const mostForms = 500;

/** Every so many forms are typed a second time: 1, 11, 21 … */
export const checkedEvery = 10;

/** One answer that was typed in two ways. */
export interface PaperDifference {
  readonly question: string;
  readonly first: Answer | null;
  readonly second: Answer | null;
}
