import { documentOf, day, nullable, text } from '../storage/document-fields';
import type { CollectionSpec, Stored } from '../storage/port';
import type { Card } from './card';
import { editionStates, type EditionState } from './edition-status';

/** What is known of an edition beside its document. */
export interface PublishedEdition extends Stored {
  /** Id of the report's address. */
  readonly reportId: string;
  /** The parts of its address, as in `addresses.ts`. */
  readonly unit: string;
  readonly report: string;
  /** 1, 2, 3 … of this report. */
  readonly number: number;
  readonly state: EditionState;
  /** `YYYY-MM-DD`. */
  readonly publishedOn: string;
  /** SHA-256 of the document's canonical JSON. */
  readonly hash: string;
  /** Names and years, which stay when it is withdrawn. */
  readonly title: Pick<Card, 'kind' | 'rounds'> & { readonly unit: string };
  /** null once it is withdrawn. */
  readonly card: Card | null;
  /** Why there is this edition; null for the first. */
  readonly reason: string | null;
  readonly withdrawnOn: string | null;
  readonly withdrawnWhy: string | null;
}

const anything = { type: 'object' } as const;

export const editionsSpec: CollectionSpec<PublishedEdition> = {
  name: 'editions',
  schema: documentOf({
    ...{ reportId: text, unit: text, report: text, number: { type: 'integer', minimum: 1 } },
    ...{ state: { enum: [...editionStates] }, publishedOn: day, hash: text },
    ...{ title: anything, card: nullable(anything), reason: nullable(text) },
    ...{ withdrawnOn: nullable(day), withdrawnWhy: nullable(text) },
  }),
  unique: { 'one-edition-of-a-number': ['reportId', 'number'] },
  indexes: [['unit', 'report'], ['state']],
};

/** The document of an edition, apart from what lists read. */
export interface EditionDocument extends Stored {
  readonly editionId: string;
  /** `editionText`: exactly these bytes are downloaded. */
  readonly text: string;
}

export const editionDocumentsSpec: CollectionSpec<EditionDocument> = {
  name: 'edition-documents',
  schema: documentOf({ editionId: text, text }),
  indexes: [['editionId']],
};

/** Path of an edition's page. */
export function editionPath({ unit, report, number }: Pick<PublishedEdition, 'unit' | 'report' | 'number'>): string {
  return `${reportPath({ unit, report })}/${number}`;
}

/** Path that leads to the current edition of a report. */
export function reportPath({ unit, report }: Pick<PublishedEdition, 'unit' | 'report'>): string {
  return `/library/${unit}/${report}`;
}
