import Type from 'typebox';
import { isRefusal, refuse, type Refusal } from '../../shared/errors';
import type { Ids } from '../../shared/ids';
import { day, inputReader, line, wholeNumber, type InputOf } from '../../shared/input';
import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { updateSeen } from '../../storage/revisions';
import { documentOf, revision, text } from '../../storage/document-fields';
import type { Rounds } from '../rounds';

/** Most functions or organisations that one meeting names. */
export const mostPresenceRows = 50;

/** What staff enter about a meeting of the working group that agrees on the scores of a round. */
export const meetingInput = Type.Object({
  /** `YYYY-MM-DD`. */
  date: day,
  /** Who was present, by function: „radni – 3 osoby”. Names are not asked for. */
  present: Type.Array(Type.Object({ role: line(120), count: wholeNumber(1, 1000) }), { maxItems: mostPresenceRows }),
});
export type MeetingInput = InputOf<typeof meetingInput>;
export type Presence = MeetingInput['present'][number];

const read = inputReader(meetingInput, { date: 'day-malformed', present: 'presence-malformed' });
type InputRefusal = Extract<ReturnType<typeof read>, Refusal>;

export interface Meeting extends Stored, MeetingInput {
  readonly roundId: string;
  readonly revision: number;
}

export const meetingsSpec: CollectionSpec<Meeting> = {
  name: 'meetings',
  schema: documentOf({
    roundId: text,
    ...meetingInput.properties,
    revision,
  }),
  indexes: [['roundId']],
};

export interface Meetings {
  add(roundId: string, input: MeetingInput): Promise<Meeting | InputRefusal | Refusal<'round-unknown'>>;
  edit(
    id: string,
    input: MeetingInput,
    revision: number,
  ): Promise<Meeting | InputRefusal | Refusal<'changed-meanwhile'>>;
  remove(id: string): Promise<void>;
  get(id: string): Promise<Meeting | null>;
  /** How many were held of each round, by its id; one without any is absent. */
  counts(roundIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** By date. */
  ofRound(roundId: string): Promise<Meeting[]>;
}

export function createMeetings({ store, ids, rounds }: { store: Store; ids: Ids; rounds: Rounds }): Meetings {
  const meetings = store.collection(meetingsSpec);
  return {
    async add(roundId, input) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      if (!(await rounds.get(roundId))) return refuse('round-unknown');
      const meeting: Meeting = { id: ids.uuid(), roundId, ...fields, revision: 1 };
      await meetings.insert(meeting);
      return meeting;
    },
    async edit(id, input, seen) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const changed = await updateSeen(meetings, id, seen, fields);
      return changed ?? refuse('changed-meanwhile');
    },
    async remove(id) {
      await meetings.remove({ id });
    },
    get: (id) => meetings.get(id),
    counts: (roundIds) => meetings.countBy({ roundId: { $in: roundIds } }, 'roundId'),
    ofRound: (roundId) => meetings.find({ roundId }, { sort: [['date', 'ascending']] }),
  };
}
