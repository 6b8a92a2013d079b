import type { FormName, Thresholds } from '../definitions/instrument';
import type { CollectionSpec, Stored } from '../storage/port';
import { day, documentOf, nullable, revision, text } from '../storage/document-fields';
import { roundStatuses, type RoundStatus } from './round-status';

export const roundNames = ['baseline', 'follow-up'] as const;
export type RoundName = (typeof roundNames)[number];

/** The exact instrument a round asks, whatever newer versions come. */
export interface PinnedInstrument {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of its content when the round opened. */
  readonly hash: string;
}

/** One gathering of answers in an assessment. */
export interface Round extends Stored {
  readonly assessmentId: string;
  readonly name: RoundName;
  readonly form: FormName;
  /** The year whose cooperation is assessed; the study comes later, its planned days are below. */
  readonly assessedYear: number;
  /** Planned first and last day of answering, `YYYY-MM-DD`; staff open and close by hand. */
  readonly opensOn: string;
  readonly closesOn: string;
  /** People in each group, whole numbers ≥ 1; a group that is absent has an unknown size. */
  readonly groupSizes: Readonly<Record<string, number>>;
  /** Codes of areas that the unit does not work on. */
  readonly outOfScope: readonly string[];
  /** What the open link ends with: short and readable, the same for everybody. */
  readonly linkCode: string;
  readonly status: RoundStatus;
  /** null in `draft`. */
  readonly instrument: PinnedInstrument | null;
  /** Frozen when the round opens; null in `draft`. */
  readonly thresholds: Thresholds | null;
  /** The day it was really opened and closed; null until then. */
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  /** While it is being closed: the random key of the ids that sealed answers get (`sealing.ts`); else null. */
  readonly sealingKey: string | null;
  /** Grows by one with every change. */
  readonly revision: number;
}

export const roundsSpec: CollectionSpec<Round> = {
  name: 'rounds',
  schema: documentOf({
    assessmentId: text,
    name: { enum: [...roundNames] },
    form: { enum: ['full', 'core'] },
    assessedYear: { type: 'integer', minimum: 1990, maximum: 2100 },
    opensOn: day,
    closesOn: day,
    groupSizes: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
    outOfScope: { type: 'array', items: text, uniqueItems: true },
    linkCode: { type: 'string', pattern: '^[a-z0-9-]{4,40}$' },
    status: { enum: [...roundStatuses] },
    instrument: nullable({
      type: 'object',
      additionalProperties: false,
      required: ['id', 'version', 'hash'],
      properties: { id: text, version: text, hash: text },
    }),
    thresholds: nullable({
      type: 'object',
      additionalProperties: false,
      required: ['k', 'comments', 'minAnsweredShare', 'practicallySame'],
      properties: {
        k: { type: 'integer', minimum: 1 },
        comments: { type: 'integer', minimum: 1 },
        minAnsweredShare: { type: 'number', minimum: 0, maximum: 1 },
        practicallySame: { type: 'number', minimum: 0 },
        assumedVariance: {
          type: 'object',
          additionalProperties: false,
          required: ['area', 'overall'],
          properties: {
            area: { type: 'number', exclusiveMinimum: 0 },
            overall: { type: 'number', exclusiveMinimum: 0 },
          },
        },
      },
    }),
    sealingKey: nullable(text),
    openedOn: nullable(day),
    closedOn: nullable(day),
    revision,
  }),
  unique: { 'one-round-of-a-name': ['assessmentId', 'name'], 'link-code': ['linkCode'] },
  indexes: [['status']],
};
