import Type from 'typebox';
import { addDays } from '../../shared/calendar-day';
import { dayOf, type Clock } from '../../shared/clock';
import { isRefusal, refuse, type Refusal } from '../../shared/errors';
import type { Ids } from '../../shared/ids';
import { anyLine, anyWords, day, inputReader, line, oneOf, wholeNumber, type InputOf } from '../../shared/input';
import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { updateSeen } from '../../storage/revisions';
import { day as storedDay, documentOf, revision, text } from '../../storage/document-fields';
import type { Rounds } from '../rounds';
import type { Approvals } from './approvals';

/** Most functions or organisations that one meeting names. */
export const mostPresenceRows = 50;

/** For whom somebody is present: the office and its units, the organisations, or neither. */
export const presenceSides = ['administration', 'ngo', 'other'] as const;

/** Days after a meeting when names of people are erased. */
export const namesKeptDays = 90;

/** What staff enter about a meeting of the working group that agrees on the scores of a round. */
export const meetingInput = Type.Object({
  /** `YYYY-MM-DD`. */
  date: day,
  /** Who was present, by function: „radni – 3 osoby”. Names do not belong here. */
  present: Type.Array(
    Type.Object({
      role: line(120),
      /** '' where there is none to name. */
      organisation: Type.Optional(anyLine(200)),
      /** Left out in rows from before it was asked. */
      side: Type.Optional(oneOf(presenceSides)),
      count: wholeNumber(1, 1000),
    }),
    { maxItems: mostPresenceRows },
  ),
  /** Names of those present, for the minutes alone; erased `namesKeptDays` after the meeting. */
  names: Type.Optional(anyWords(4000)),
  /** Who keeps the minutes; erased with the names. */
  keptBy: Type.Optional(anyLine(200)),
});
export type MeetingInput = InputOf<typeof meetingInput>;
export type Presence = MeetingInput['present'][number];

const read = inputReader(meetingInput, {
  date: 'day-malformed',
  present: 'presence-malformed',
  names: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  keptBy: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
});
type InputRefusal = Extract<ReturnType<typeof read>, Refusal>;

export interface Meeting extends Stored, MeetingInput {
  readonly roundId: string;
  /** The day on which its names were erased, `YYYY-MM-DD`; absent: there were none, or they are kept still. */
  readonly namesErasedOn?: string;
  readonly revision: number;
}

export const meetingsSpec: CollectionSpec<Meeting> = {
  name: 'meetings',
  schema: documentOf({ roundId: text, ...meetingInput.properties, namesErasedOn: storedDay, revision }, [
    'names',
    'keptBy',
    'namesErasedOn',
  ]),
  indexes: [['roundId']],
};

export interface Meetings {
  add(
    roundId: string,
    input: MeetingInput,
  ): Promise<Meeting | InputRefusal | Refusal<'round-unknown' | 'minutes-approved'>>;
  edit(
    id: string,
    input: MeetingInput,
    revision: number,
  ): Promise<Meeting | InputRefusal | Refusal<'changed-meanwhile' | 'minutes-approved'>>;
  remove(id: string): Promise<Refusal<'minutes-approved'> | null>;
  get(id: string): Promise<Meeting | null>;
  /** How many were held of each round, by its id; one without any is absent. */
  counts(roundIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** By date. */
  ofRound(roundId: string): Promise<Meeting[]>;
  /**
   * Erases the names of meetings that are `namesKeptDays` past, also in approved minutes, and says of how many meetings;
   * of none while the clock cannot be trusted.
   */
  eraseNames(): Promise<number>;
}

export function createMeetings(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  rounds: Rounds;
  approvals: Approvals;
  clockIsRight?: () => Promise<boolean>;
}): Meetings {
  const { clock, ids, rounds, approvals, clockIsRight = () => Promise.resolve(true) } = deps;
  const meetings = deps.store.collection(meetingsSpec);
  const isApproved = async (roundId: string): Promise<boolean> => (await approvals.current(roundId)) !== null;
  /** What came between the reading and the storing of an approval is given up, or told (`approvals.ts`). */
  const wasIn = ({ id, revision: own, roundId }: Meeting): Promise<boolean> =>
    approvals.letIn(roundId, (approval) => approval.meetings.some((one) => one.id === id && one.revision >= own));

  return {
    async add(roundId, input) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      if (!(await rounds.get(roundId))) return refuse('round-unknown');
      if (await isApproved(roundId)) return refuse('minutes-approved');
      const meeting: Meeting = { id: ids.uuid(), roundId, ...fields, revision: 1 };
      await meetings.insert(meeting);
      return (await wasIn(meeting)) ? meeting : refuse('minutes-approved');
    },
    async edit(id, input, seen) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const before = await meetings.get(id);
      if (before !== null && (await isApproved(before.roundId))) return refuse('minutes-approved');
      const changed = await updateSeen(meetings, id, seen, fields);
      if (changed === null) return refuse('changed-meanwhile');
      return (await wasIn(changed)) ? changed : refuse('minutes-approved');
    },
    async remove(id) {
      const before = await meetings.get(id);
      if (before === null) return null;
      if (await isApproved(before.roundId)) return refuse('minutes-approved');
      await meetings.remove({ id });
      const { roundId } = before;
      const wasOut = await approvals.letIn(roundId, (approval) => !approval.meetings.some((one) => one.id === id));
      return wasOut ? null : refuse('minutes-approved');
    },
    get: (id) => meetings.get(id),
    counts: (roundIds) => meetings.countBy({ roundId: { $in: roundIds } }, 'roundId'),
    ofRound: (roundId) => meetings.find({ roundId }, { sort: [['date', 'ascending']] }),
    async eraseNames() {
      const today = dayOf(clock());
      const past = await meetings.find({ date: { $lt: addDays(today, -namesKeptDays) } });
      const due = past.filter(({ names = '', keptBy = '' }) => names !== '' || keptBy !== '');
      if (due.length === 0 || !(await clockIsRight())) return 0;
      for (const { id } of due) {
        await meetings.update(id, (one) => ({
          ...{ ...one, names: '', keptBy: '', namesErasedOn: today },
          revision: one.revision + 1,
        }));
      }
      return due.length;
    },
  };
}
