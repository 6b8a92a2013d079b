import { createHash, createHmac } from 'node:crypto';
import { queuedFields, type Queued } from '../letters/delivery';
import { documentOf, nullable, objectOf, text, words } from '../storage/document-fields';
import type { CollectionSpec } from '../storage/port';

/** What a link is for: to begin an account, to set a new password in the place of one forgotten, to sign in once. */
export const linkPurposes = ['invitation', 'reset', 'sign-in'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** Minutes from asking until a link ends. */
export const linkMinutes: Readonly<Record<LinkPurpose, number>> = { invitation: 7 * 24 * 60, reset: 60, 'sign-in': 15 };

/** The browser that asked for a link. */
export interface AskingBrowser {
  /** Hash of a secret that only this browser holds, in a cookie. */
  readonly mark: string;
  /** As its owner recognises it, e.g. `Firefox, Windows`; '' where it does not say. */
  readonly words: string;
}

/**
 * A link that lets whoever holds it in once. Its letter is owed from the moment at which somebody asks for it; whether
 * there is an account to write to is looked up when the letter's turn comes, so that asking tells nothing.
 */
export interface OneTimeLink extends Queued {
  /** `handed-over`: shown to an administrator, who passes it on; there is no letter. */
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed' | 'handed-over';
  readonly purpose: LinkPurpose;
  /** Where the letter goes; null for a link that is handed over. */
  readonly to: string | null;
  /** Whose it is; null until the letter's turn has come. */
  readonly accountId: string | null;
  /** Of the account when the link was made: with another password the link is worth nothing. */
  readonly passwordRevision: number | null;
  /** SHA-256 of the token; the id until the token has been made. */
  readonly tokenHash: string;
  /** null where an administrator asked: it works in any browser. */
  readonly browser: AskingBrowser | null;
  readonly language: 'pl' | 'en';
  /** ISO 8601 in UTC, as are the others. */
  readonly askedAt: string;
  readonly endsAt: string;
  readonly usedAt: string | null;
}

export const oneTimeLinksSpec: CollectionSpec<OneTimeLink> = {
  name: 'one-time-links',
  schema: documentOf({
    state: { enum: ['waiting', 'sending', 'sent', 'failed', 'handed-over'] },
    purpose: { enum: [...linkPurposes] },
    to: nullable(words(254)),
    accountId: nullable(text),
    passwordRevision: nullable({ type: 'integer', minimum: 1 }),
    tokenHash: text,
    browser: nullable(objectOf({ mark: text, words: { type: 'string', maxLength: 100 } })),
    language: { enum: ['pl', 'en'] },
    askedAt: text,
    endsAt: text,
    usedAt: nullable(text),
    ...queuedFields,
  }),
  unique: { token: ['tokenHash'] },
  indexes: [['accountId', 'purpose'], ['state', 'dueAt'], ['endsAt']],
};

/**
 * The token of a link: 256 bits that follow from its id under a key outside the store, so that a letter sent twice after
 * a crash carries the same one, and the store alone opens nothing.
 */
export function tokenOf(id: string, key: string): string {
  return createHmac('sha256', key).update(`one-time link ${id}`).digest('base64url');
}

export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
