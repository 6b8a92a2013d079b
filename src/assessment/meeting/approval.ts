import Type from 'typebox';
import { refuse, type Refusal } from '../../shared/errors';
import { day as dayInput, inputReader, line, words, type InputOf } from '../../shared/input';
import type { Move } from '../../shared/moves';
import type { CollectionSpec, Stored } from '../../storage/port';
import { day, documentOf, listOf, nullable, objectOf, text } from '../../storage/document-fields';
import { areaFields, areaInput, writtenSchema, type AreaRecord, type Written } from './area-record';
import { meetingInput, mostPresenceRows, type Meeting } from './meetings';

/** What staff enter when the working group has approved its minutes. */
export const approvalInput = Type.Object({
  /** `YYYY-MM-DD`, not before the last meeting and not after today. */
  approvedOn: dayInput,
  /** Who approved: a body or a function, such as the working group; no name of a person. */
  approvedBy: line(200),
});
export type ApprovalInput = InputOf<typeof approvalInput>;

export const readApproval = inputReader(approvalInput, {
  approvedOn: 'day-malformed',
  approvedBy: { missing: 'approved-by-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
});

/** What staff enter when approved minutes are taken up again. */
export const reopeningInput = Type.Object({
  /** Stands in the minutes and in the report. */
  why: words(1000),
});

export const readReopening = inputReader(reopeningInput, {
  why: { missing: 'reopening-reason-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
});

/** A meeting as approved. Names stay out: they are erased after a while (`meetings.ts`). */
export type FrozenMeeting = Pick<Meeting, 'id' | 'date' | 'present' | 'revision'>;

/**
 * The minutes as the working group approved them: scores, words and presence stand in it as they were, so nothing that
 * is written later can change them. `settling`: being approved, and given up by whatever is written meanwhile.
 */
export interface Approval extends Stored, ApprovalInput {
  readonly roundId: string;
  /** 1, 2, 3 … of this round. */
  readonly number: number;
  readonly state: 'settling' | 'approved' | 'reopened';
  /** Tells one try to approve from another. */
  readonly token: string;
  /** Who of the staff entered it, and when. */
  readonly entered: Written;
  readonly areas: readonly AreaRecord[];
  readonly meetings: readonly FrozenMeeting[];
  /** null as long as it holds. */
  readonly reopened: (Written & { readonly why: string }) | null;
}

const count = { type: 'integer', minimum: 0 };

export const approvalsSpec: CollectionSpec<Approval> = {
  name: 'minutes-approvals',
  schema: documentOf({
    roundId: text,
    number: count,
    state: { enum: ['settling', 'approved', 'reopened'] },
    token: text,
    approvedOn: day,
    approvedBy: text,
    entered: writtenSchema,
    areas: listOf(
      objectOf(
        {
          area: text,
          ...areaInput.properties,
          written: objectOf(Object.fromEntries(areaFields.map((field) => [field, writtenSchema])), areaFields),
          revision: count,
        },
        ['score'],
      ),
      100,
    ),
    meetings: listOf(
      objectOf({
        id: text,
        date: day,
        present: { type: 'array', items: meetingInput.properties.present.items, maxItems: mostPresenceRows },
        revision: count,
      }),
      200,
    ),
    reopened: nullable(objectOf({ by: text, at: text, why: text })),
  }),
  unique: { 'one-approval-of-a-number': ['roundId', 'number'] },
};

export type MinutesState = 'open' | 'approved';

/** What decides whether minutes may be approved. */
export interface MinutesChange {
  readonly hasResults: boolean;
  /** Areas in scope without a score. */
  readonly areasLeft: number;
  readonly meetings: number;
}

export type MinutesCode = 'minutes-before-results' | 'areas-not-agreed' | 'meeting-missing';

/** The life of a round's minutes: approved they stand still, taken up again they can be written on. */
export const minutesMoves: readonly Move<MinutesState, 'approve' | 'reopen', MinutesChange, MinutesCode>[] = [
  {
    ...{ who: 'staff', from: 'open', action: 'approve', to: 'approved' },
    conditions: [resultsThere, allAgreed, someMeeting],
  },
  { who: 'staff', from: 'approved', action: 'reopen', to: 'open', conditions: [] },
];

function resultsThere({ hasResults }: MinutesChange): Refusal<MinutesCode> | null {
  return hasResults ? null : refuse('minutes-before-results');
}

function allAgreed({ areasLeft }: MinutesChange): Refusal<MinutesCode> | null {
  return areasLeft === 0 ? null : refuse('areas-not-agreed', { count: areasLeft });
}

function someMeeting({ meetings }: MinutesChange): Refusal<MinutesCode> | null {
  return meetings > 0 ? null : refuse('meeting-missing');
}
