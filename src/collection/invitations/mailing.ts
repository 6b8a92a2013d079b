import { refuse, type Refusal } from '../../shared/errors';
import type { Move } from '../../shared/moves';
import { day, documentOf, listOf, nullable, objectOf, revision, text } from '../../storage/document-fields';
import type { CollectionSpec, Stored } from '../../storage/port';

export const mailingStates = ['planned', 'running', 'paused', 'done', 'stopped'] as const;
export type MailingState = (typeof mailingStates)[number];
export type MailingAction = 'begin' | 'pause' | 'go-on' | 'finish' | 'stop' | 'lapse';

/** What became of letters; kept when the addresses are gone. */
export const letterFates = ['sent', 'spared', 'bounced', 'unsure'] as const;
/** `spared`: a reminder that was not needed any more. */
export type LetterFate = (typeof letterFates)[number];

/** One sending to everybody who is invited: the invitation itself, or a reminder to those who have not answered. */
export interface Mailing extends Stored {
  readonly roundId: string;
  /** Its place in the plan: 1 is the invitation; reminders take any that is free. */
  readonly number: number;
  /** Which letter it is to those who get it, in the order in which mailings began: 1, 2 …; null until it begins. */
  readonly letter: number | null;
  readonly state: MailingState;
  /** When a reminder is planned: `YYYY-MM-DDTHH:mm` as clocks in Warsaw show it; null for the invitation. */
  readonly at: string | null;
  /** The day in Warsaw on which it really began. */
  readonly begunOn: string | null;
  readonly counts: Readonly<Record<LetterFate, number>>;
  /** Letters that are counted and whose rows have not been put right yet: a crash in between counts none twice. */
  readonly settling: readonly Settling[];
  readonly revision: number;
}

export interface Settling {
  /** Id of the invitation. */
  readonly id: string;
  readonly fate: LetterFate;
}

export const mailingsSpec: CollectionSpec<Mailing> = {
  name: 'mailings',
  schema: documentOf({
    roundId: text,
    number: { type: 'integer', minimum: 1 },
    letter: nullable({ type: 'integer', minimum: 1 }),
    state: { enum: [...mailingStates] },
    at: nullable(text),
    begunOn: nullable(day),
    counts: objectOf(Object.fromEntries(letterFates.map((fate) => [fate, { type: 'integer', minimum: 0 }]))),
    settling: listOf(objectOf({ id: text, fate: { enum: [...letterFates] } }), 10_000),
    revision,
  }),
  indexes: [['roundId'], ['state']],
};

/**
 * The life of a mailing; `mailings.ts` makes each move by one conditional update of the state. `lapse`: the round takes no
 * answers any more.
 */
export const mailingMoves: readonly Move<MailingState, MailingAction, Mailing, 'not-a-reminder'>[] = [
  { who: 'system', from: 'planned', action: 'begin', to: 'running', conditions: [] },
  { who: 'staff', from: 'running', action: 'pause', to: 'paused', conditions: [] },
  { who: 'staff', from: 'paused', action: 'go-on', to: 'running', conditions: [] },
  { who: 'system', from: 'running', action: 'finish', to: 'done', conditions: [] },
  { who: 'staff', from: 'running', action: 'stop', to: 'stopped', conditions: [isReminder] },
  { who: 'staff', from: 'paused', action: 'stop', to: 'stopped', conditions: [isReminder] },
  { who: 'system', from: 'planned', action: 'lapse', to: 'stopped', conditions: [] },
  { who: 'system', from: 'running', action: 'lapse', to: 'stopped', conditions: [] },
  { who: 'system', from: 'paused', action: 'lapse', to: 'stopped', conditions: [] },
];

/** Invitations can be paused for as long as one likes; people who are left without one would never know. */
function isReminder({ number }: Mailing): Refusal<'not-a-reminder'> | null {
  return number > 1 ? null : refuse('not-a-reminder');
}

export const mailingId = (roundId: string, number: number): string => `${roundId}:${number}`;
