import { refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { day, documentOf, revision, text } from '../storage/document-fields';
import { isDay } from './input-checks';
import type { Rounds } from './rounds';

/** One meeting of the working group that agrees on the scores of a round. */
export interface Meeting extends Stored {
  readonly roundId: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Who was present, by function: „radni – 3 osoby”. Names are not asked for. */
  readonly present: readonly Presence[];
  readonly revision: number;
}

export interface Presence {
  /** Function or organisation, 1..120 characters. */
  readonly role: string;
  /** People, a whole number ≥ 1. */
  readonly count: number;
}

export type MeetingInput = Pick<Meeting, 'date' | 'present'>;
type InputRefusal = Refusal<'day-malformed' | 'presence-malformed'>;

export const meetingsSpec: CollectionSpec<Meeting> = {
  name: 'meetings',
  schema: documentOf({
    roundId: text,
    date: day,
    present: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['role', 'count'],
        properties: {
          role: { type: 'string', minLength: 1, maxLength: 120 },
          count: { type: 'integer', minimum: 1, maximum: 1000 },
        },
      },
    },
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
  /** By date. */
  ofRound(roundId: string): Promise<Meeting[]>;
}

export function createMeetings({ store, ids, rounds }: { store: Store; ids: Ids; rounds: Rounds }): Meetings {
  const meetings = store.collection(meetingsSpec);
  return {
    async add(roundId, input) {
      const refusal = refusalOf(input);
      if (refusal) return refusal;
      if (!(await rounds.get(roundId))) return refuse('round-unknown');
      const meeting: Meeting = { id: ids.uuid(), roundId, ...fieldsOf(input), revision: 1 };
      await meetings.insert(meeting);
      return meeting;
    },
    async edit(id, input, seen) {
      const refusal = refusalOf(input);
      if (refusal) return refusal;
      const changed = await updateSeen(meetings, id, seen, fieldsOf(input));
      return changed ?? refuse('changed-meanwhile');
    },
    async remove(id) {
      await meetings.remove({ id });
    },
    ofRound: (roundId) => meetings.find({ roundId }, { sort: [['date', 'ascending']] }),
  };
}

function fieldsOf({ date, present }: MeetingInput): MeetingInput {
  return { date, present: present.map(({ role, count }) => ({ role: role.trim(), count })) };
}

function refusalOf({ date, present }: MeetingInput): InputRefusal | null {
  if (!isDay(date)) return refuse('day-malformed', { field: 'date' });
  const strange = present.findIndex(
    ({ role, count }) =>
      role.trim() === '' || role.trim().length > 120 || !Number.isInteger(count) || count < 1 || count > 1000,
  );
  if (strange >= 0 || present.length > 50) return refuse('presence-malformed', { row: strange + 1 });
  return null;
}
