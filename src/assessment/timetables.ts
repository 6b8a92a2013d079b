import Type from 'typebox';
import { yearsLater } from '../shared/calendar-day';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { day, inputReader, type InputOf } from '../shared/input';
import { documentOf, revision } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import type { Round } from './round';

/** Most days of one kind. */
export const mostDays = 4;

const dayOrNone = Type.Union([day, Type.Null()]);
const days = Type.Array(day, { maxItems: mostDays, uniqueItems: true });

/** Planned days of a round beside those on which it opens and closes, which are the round's own settings. */
export const timetableInput = Type.Object({
  /** Until when everything is prepared: groups, their sizes, who is asked how. */
  preparation: dayOrNone,
  reminders: days,
  /** Of the working group. */
  meetings: days,
  report: dayOrNone,
  publication: dayOrNone,
});
export type TimetableInput = InputOf<typeof timetableInput>;

const read = inputReader(timetableInput, {
  preparation: 'day-malformed',
  reminders: 'day-malformed',
  meetings: 'day-malformed',
  report: 'day-malformed',
  publication: 'day-malformed',
});
type InputRefusal = Extract<ReturnType<typeof read>, Refusal>;

/** The timetable of one round: its id is the round's. */
export interface Timetable extends Stored, TimetableInput {
  readonly revision: number;
}

export const timetablesSpec: CollectionSpec<Timetable> = {
  name: 'timetables',
  schema: documentOf({ ...timetableInput.properties, revision }),
};

export interface Timetables {
  /** null: nobody has planned these days yet. */
  ofRound(roundId: string): Promise<Timetable | null>;
  /** By the round's id; one without any is absent. */
  ofRounds(roundIds: readonly string[]): Promise<ReadonlyMap<string, Timetable>>;
  /** @param seen the revision that the caller saw; 0 where there was none */
  save(
    roundId: string,
    input: TimetableInput,
    seen: number,
  ): Promise<Timetable | InputRefusal | Refusal<'changed-meanwhile'>>;
}

export function createTimetables({ store }: { store: Store }): Timetables {
  const timetables = store.collection(timetablesSpec);
  return {
    ofRound: (roundId) => timetables.get(roundId),
    ofRounds: async (roundIds) =>
      new Map((await timetables.find({ id: { $in: roundIds } })).map((one) => [one.id, one] as const)),
    async save(roundId, input, seen) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const sorted = { ...fields, reminders: fields.reminders.toSorted(), meetings: fields.meetings.toSorted() };
      if (seen > 0) return (await updateSeen(timetables, roundId, seen, sorted)) ?? refuse('changed-meanwhile');
      const first: Timetable = { id: roundId, ...sorted, revision: 1 };
      return (await timetables.insert(first)).inserted ? first : refuse('changed-meanwhile');
    },
  };
}

/** The same days so many years later, as the follow-up of a baseline begins with them. */
export function laterTimetable(
  { preparation, reminders, meetings, report, publication }: TimetableInput,
  years: number,
): TimetableInput {
  const later = (one: string): string => yearsLater(one, years);
  const orNone = (one: string | null): string | null => (one === null ? null : later(one));
  return {
    ...{ preparation: orNone(preparation), report: orNone(report), publication: orNone(publication) },
    ...{ reminders: reminders.map(later), meetings: meetings.map(later) },
  };
}

export type TimetableStep = 'preparation' | 'opening' | 'reminder' | 'closing' | 'meeting' | 'report' | 'publication';

/** One planned day, and what became of it. */
export interface PlannedStep {
  readonly step: TimetableStep;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** `past`: nobody keeps whether it was done, as of reminders. */
  readonly state: 'done' | 'late' | 'past' | 'coming';
}

/** What has been done of a round. */
export interface DoneOfRound {
  /** Meetings of the working group that were held. */
  readonly meetings: number;
  /** Every area has its agreed score. */
  readonly agreed: boolean;
  /** A report of it has been published. */
  readonly published: boolean;
}

/** All planned days of a round, the earliest first. */
export function plannedSteps(
  round: Pick<Round, 'status' | 'opensOn' | 'closesOn'>,
  timetable: TimetableInput | null,
  done: DoneOfRound,
  today: string,
): PlannedStep[] {
  const stateOf = (isDone: boolean, planned: string): PlannedStep['state'] =>
    isDone ? 'done' : planned < today ? 'late' : 'coming';
  const one = (step: TimetableStep, planned: string | null | undefined, isDone: boolean): PlannedStep[] =>
    planned == null ? [] : [{ step, day: planned, state: stateOf(isDone, planned) }];
  const opened = round.status !== 'draft';
  const closed = round.status === 'closed';
  const steps = [
    ...one('preparation', timetable?.preparation, opened),
    ...one('opening', round.opensOn, opened),
    ...(timetable?.reminders ?? []).map((planned): PlannedStep => ({
      ...{ step: 'reminder', day: planned },
      state: planned < today ? 'past' : 'coming',
    })),
    ...one('closing', round.closesOn, closed),
    ...(timetable?.meetings ?? []).flatMap((planned, index) => one('meeting', planned, index < done.meetings)),
    ...one('report', timetable?.report, done.agreed || done.published),
    ...one('publication', timetable?.publication, done.published),
  ];
  return steps.sort((first, second) => (first.day < second.day ? -1 : first.day > second.day ? 1 : 0));
}

/** The day of the next meeting that was not held yet; null where none is planned. */
export function nextMeeting(timetable: TimetableInput | undefined, held: number): string | null {
  return timetable?.meetings[held] ?? null;
}
