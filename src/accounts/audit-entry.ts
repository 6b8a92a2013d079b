import { documentOf, listOf, nullable, objectOf, text } from '../storage/document-fields';
import type { CollectionSpec, Stored } from '../storage/port';

/** What somebody of the staff did, or was refused. Entries are only ever added (`audit-log.ts`). */
export interface AuditEntry extends Stored {
  /** Begins with `at`, so that entries stand in the order of time. */
  readonly id: string;
  /** ISO 8601 in UTC; the day alone, `YYYY-MM-DD`, where the moment could be set beside an answer (`dayOnly`). */
  readonly at: string;
  /** Who; null for what was done by a command on the machine. */
  readonly accountId: string | null;
  /** An action of the table of rights, or one of `otherActions`. */
  readonly action: string;
  /** `denied`: the role has not this right; `refused`: the right was there, and something else stood in the way. */
  readonly outcome: 'done' | 'refused' | 'denied';
  /** Code of the refusal. */
  readonly reason: string | null;
  /** Whose unit it was; null where it was no unit's. */
  readonly unitId: string | null;
  /** What it was done to; ids of units, assessments, rounds, events and accounts only. */
  readonly subject: { readonly kind: AuditedKind; readonly id: string } | null;
  readonly changes: readonly AuditedChange[];
}

/**
 * Things that the log names. Not among them: whatever belongs to one respondent, one invited person, one card, one
 * letter, one comment.
 */
export const auditedKinds = ['round', 'assessment', 'event', 'account', 'unit'] as const;
export type AuditedKind = (typeof auditedKinds)[number];

/** A part of a setting before and after, in the words of the page on which it was changed. */
export interface AuditedChange {
  readonly label: string;
  /** null where the log keeps only that it changed: words about persons, and long texts. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What is recorded beside the actions of the table of rights. */
export const otherActions = ['sign-in.password', 'sign-in.link', 'sign-in.invitation', 'sign-in.reset', 'account.command'] as const; // prettier-ignore

/**
 * Actions of which the log keeps the day, and one entry a day for each thing: their moments would say when an answer of
 * somebody came.
 */
export const dayOnly: ReadonlySet<string> = new Set(['answers.type']);

export const longestAuditedWords = 1000;
const words = nullable({ type: 'string', maxLength: longestAuditedWords });

export const auditEntriesSpec: CollectionSpec<AuditEntry> = {
  name: 'audit-entries',
  schema: documentOf({
    at: text,
    accountId: nullable(text),
    action: text,
    outcome: { enum: ['done', 'refused', 'denied'] },
    reason: nullable(text),
    unitId: nullable(text),
    subject: nullable(objectOf({ kind: { enum: [...auditedKinds] }, id: text })),
    changes: listOf(objectOf({ label: text, before: words, after: words }), 100),
  }),
  indexes: [['accountId'], ['action'], ['unitId']],
};

/** Sign-ins that were refused on one day. The id is the day; nothing says whose they were. */
export interface RefusedSignIns extends Stored {
  readonly count: number;
}

export const refusedSignInsSpec: CollectionSpec<RefusedSignIns> = {
  name: 'refused-sign-ins',
  schema: documentOf({ count: { type: 'integer', minimum: 1 } }),
};
