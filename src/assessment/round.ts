import Type from 'typebox';
import type { Thresholds } from '../definitions/instrument';
import { day as dayInput, oneOf, timeOfDay, wholeNumber, year, type InputOf } from '../shared/input';
import type { CollectionSpec, Stored } from '../storage/port';
import { frozenClauseSchema, type FrozenClause } from './clauses';
import { day, documentOf, nullable, objectOf, revision, text } from '../storage/document-fields';

/** In the order of a round's life; `round-status.ts` says how it moves. */
export const roundStatuses = ['draft', 'open', 'closing', 'sealing', 'closed'] as const;
export type RoundStatus = (typeof roundStatuses)[number];

export const roundNames = ['baseline', 'follow-up'] as const;
export type RoundName = (typeof roundNames)[number];

/** The exact instrument a round asks, whatever newer versions come. */
export interface PinnedInstrument {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of its content when the round opened. */
  readonly hash: string;
}

/**
 * How a group comes to its questionnaire. `link`: the round's open link, which cannot keep anybody from answering twice;
 * `cards`: codes for one answer each, printed and handed out shuffled; `invitations`: the same by e-mail, to addresses.
 */
export const ways = ['link', 'cards', 'invitations'] as const;
export type Way = (typeof ways)[number];

/** What staff set about a round. */
export const roundSettings = Type.Object({
  form: oneOf(['full', 'core']),
  /** The year whose cooperation is assessed; the study comes later, its planned days are below. */
  assessedYear: year,
  /** Planned first and last day of answering, `YYYY-MM-DD`. */
  opensOn: dayInput,
  closesOn: dayInput,
  /** When on those days the round opens and begins to close by itself, in Warsaw; by hand where left out or ''. */
  opensTime: Type.Optional(timeOfDay),
  closesTime: Type.Optional(timeOfDay),
  /** How long those who have begun may finish after closing began, in minutes; read it by `graceOf`. */
  graceMinutes: Type.Optional(wholeNumber(0, 1440)),
  /** People in each group; a group that is absent has an unknown size. */
  groupSizes: Type.Record(Type.String(), wholeNumber(1, 1_000_000)),
  /** Codes of areas that the unit does not work on. */
  outOfScope: Type.Array(Type.String(), { uniqueItems: true }),
  /** Codes of groups that have nobody here: they are neither offered nor counted. None where left out. */
  notAsked: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
  /**
   * Codes of merged groups: in a draft those that staff want asked as one, from opening on all that are asked so. None
   * where left out.
   */
  mergedGroups: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
  /** The one electronic way in of each group; the open link where left out. Read it by `wayOf`. */
  ways: Type.Optional(Type.Record(Type.String(), oneOf(ways))),
});
export type RoundSettings = InputOf<typeof roundSettings>;

/** How many rights to one answer a group has: those of void sheets do not count. */
export interface TicketCounts {
  readonly issued: number;
  readonly used: number;
}

/** Answers that came on paper, once the round is closed. */
export interface PaperCounts {
  /** null: there were some, but fewer than k. */
  readonly answers: number | null;
  /** Some of them came on forms without a code, beside which nothing excludes a second answer. */
  readonly blank: boolean;
}

const count = { type: 'integer', minimum: 0 };

/** One gathering of answers in an assessment. */
export interface Round extends Stored, RoundSettings {
  readonly assessmentId: string;
  readonly name: RoundName;
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
  /** What respondents are told before they answer, frozen when the round opens; null in `draft` and in old rounds. */
  readonly clause?: FrozenClause | null;
  /** ISO 8601 in UTC: while it is `closing`, the end of the time for those who have begun. */
  readonly closingUntil?: string;
  /** Of groups with cards or invitations, once it is closed: how many could answer with one, and how many did. */
  readonly tickets?: Readonly<Record<string, TicketCounts>>;
  /** Absent where none came on paper. */
  readonly paper?: PaperCounts;
  /** How often closing had begun and was taken back; absent: never. The report says so. */
  readonly reopened?: number;
  /** While it is sealed: the random key of the ids that sealed answers get (`sealing.ts`); else null. */
  readonly sealingKey: string | null;
  /** The day staff had the results computed, `YYYY-MM-DD`: from then on sizes stand still. Absent until then. */
  readonly computedOn?: string;
  /** Grows by one with every change. */
  readonly revision: number;
}

export const roundsSpec: CollectionSpec<Round> = {
  name: 'rounds',
  schema: documentOf(
    {
      assessmentId: text,
      name: { enum: [...roundNames] },
      ...roundSettings.properties,
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
      clause: nullable(frozenClauseSchema),
      tickets: {
        type: 'object',
        additionalProperties: objectOf({ issued: count, used: count }),
        required: [],
      },
      paper: objectOf({ answers: nullable(count), blank: { type: 'boolean' } }),
      closingUntil: text,
      reopened: { type: 'integer', minimum: 1 },
      sealingKey: nullable(text),
      openedOn: nullable(day),
      closedOn: nullable(day),
      computedOn: day,
      revision,
    },
    [
      'opensTime',
      'closesTime',
      'graceMinutes',
      'notAsked',
      'mergedGroups',
      'ways',
      'clause',
      'tickets',
      'paper',
      'closingUntil',
      'reopened',
      'computedOn',
    ],
  ),
  unique: { 'one-round-of-a-name': ['assessmentId', 'name'], 'link-code': ['linkCode'] },
  indexes: [['status']],
};

const usualGraceMinutes = 30;

/** Minutes between the beginning of closing and sealing. */
export function graceOf({ graceMinutes = usualGraceMinutes }: Pick<Round, 'graceMinutes'>): number {
  return graceMinutes;
}

/** Whether what is sent now counts: from opening until sealing begins. Drafts begin while it is `open` only. */
export function takesAnswers({ status }: Pick<Round, 'status'>): boolean {
  return status === 'open' || status === 'closing';
}

/** The way in of a group: rounds from before there were others have the open link. */
export function wayOf({ ways = {} }: Pick<Round, 'ways'>, group: string): Way {
  return Object.hasOwn(ways, group) ? (ways[group] ?? 'link') : 'link';
}
