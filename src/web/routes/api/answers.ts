import type { Card } from '../../../publishing/services';
import type { ChangeRecord, FigureRecord } from '../../../reports/records/records';
import { changeRecordSchema, figureRecordSchema } from '../../../reports/records/record-schema';
import {
  fields,
  listOf,
  nullable,
  number,
  oneOf,
  optional,
  text,
  type Schema,
} from '../../../reports/edition/schema/build';
import { unitSchema } from '../../../reports/edition/edition-schema';
import type { Problem } from './problem';

/** What the interface answers, beside editions themselves, with its JSON Schemas: description and tests use these. */

export interface EditionSummary {
  readonly unit: Card['unit'];
  /** Assessed year or years; with the unit it names the report. */
  readonly report: string;
  readonly kind: Card['kind'];
  readonly rounds: Card['rounds'];
  readonly edition: number;
  readonly publishedOn: string;
  readonly reason: string | null;
  readonly hash: string;
  readonly index: { readonly survey: Card['survey']; readonly agreed: Card['agreed'] };
  readonly links: { readonly page: string; readonly document: string; readonly figures: string };
}

export interface EditionList {
  readonly editions: readonly EditionSummary[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

export interface EditionFigures {
  readonly figures: readonly FigureRecord[];
  readonly changes: readonly ChangeRecord[];
}

const cardFigure = fields<Card['survey']>({
  before: nullable(number('The earlier round, of two; compared figures.')),
  now: nullable(number('The later round, or the only one.')),
  why: nullable(text('Why there is no figure now.')),
});

const summary = fields<EditionSummary>({
  unit: unitSchema,
  report: text('Assessed year or years; with the unit it names the report.'),
  kind: oneOf(['round', 'comparison']),
  rounds: listOf(
    fields<Card['rounds'][number]>({ name: oneOf(['baseline', 'follow-up']), year: nullable({ type: 'integer' }) }),
  ),
  edition: { type: 'integer', minimum: 1 },
  publishedOn: text('YYYY-MM-DD'),
  reason: nullable(text('Why there is this edition; null for the first.')),
  hash: text('SHA-256 in hex of the document.'),
  index: fields<EditionSummary['index']>({ survey: cardFigure, agreed: nullable(cardFigure) }),
  links: fields<EditionSummary['links']>({ page: text(), document: text(), figures: text() }),
});

export const answerSchemas: Readonly<Record<'EditionList' | 'EditionFigures' | 'Problem', Schema>> = {
  EditionList: fields<EditionList>({
    editions: listOf(summary),
    page: { type: 'integer', minimum: 1 },
    pages: { type: 'integer', minimum: 1 },
    total: { type: 'integer', minimum: 0 },
  }),
  EditionFigures: fields<EditionFigures>({ figures: listOf(figureRecordSchema), changes: listOf(changeRecordSchema) }),
  Problem: fields<Problem>({
    title: text(),
    status: { type: 'integer', enum: [400, 404, 410] },
    detail: text('What is wrong and how to mend it.'),
    parameter: optional(text()),
  }),
};
