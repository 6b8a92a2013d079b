import { queuedFields, type Queued } from '../../letters/delivery';
import { day, documentOf, nullable, text } from '../../storage/document-fields';
import type { CollectionSpec } from '../../storage/port';
import type { Invited } from './list/new-invitations';

/**
 * Where the letter of an invitation stands. `settled`: it went out, or it was a reminder and the person had answered;
 * nothing tells which. `bounced`, `unsure`: of the first letter only. `no-letters`: the person asked for no more.
 */
export const letterStates = ['waiting', 'sending', 'settled', 'bounced', 'unsure', 'no-letters'] as const;

/**
 * One person who is invited by e-mail. It and its letter are one row, which only moves on, so that no letter can be
 * written twice. The code of its link is made of the id and a key outside the store, so nothing here leads to a ticket.
 */
export interface Invitation extends Queued, Invited {
  readonly state: (typeof letterStates)[number];
  /** Which letter it is (`Mailing.letter`): 1 is the invitation, then come reminders. */
  readonly letter: number;
  /** The day in Warsaw on which a letter was settled last; null: none was. */
  readonly settledOn: string | null;
}

/** In the part of the round: gone whole when it is sealed. */
export const invitationsSpec: CollectionSpec<Invitation> = {
  name: 'invitations',
  schema: documentOf({
    group: text,
    address: { type: 'string', minLength: 3, maxLength: 254 },
    seat: { type: 'integer', minimum: 1 },
    state: { enum: [...letterStates] },
    letter: { type: 'integer', minimum: 1 },
    settledOn: nullable(day),
    ...queuedFields,
  }),
  unique: { 'one-seat': ['address', 'seat'] },
  indexes: [['state', 'dueAt'], ['letter']],
  inParts: true,
};

/** Staff may correct the address of a first letter that did not arrive. */
export function needsCare({ letter, state }: Pick<Invitation, 'letter' | 'state'>): boolean {
  return letter === 1 && (state === 'bounced' || state === 'unsure');
}
