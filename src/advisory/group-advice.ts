import Type from 'typebox';
import { dayOf, type Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { groupedBy } from '../shared/grouped';
import type { Ids } from '../shared/ids';
import { anyLine, anyWords, day, inputReader, line, wholeNumber, type InputOf } from '../shared/input';
import { documentOf, revision, shortText, text } from '../storage/document-fields';
import { keptWhileUnchanged, type ChangeMark } from '../storage/change-mark';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { firstProgrammeYear, programmeYear } from '../cooperation/programme';
import type { CooperationProgrammes } from '../cooperation/programmes';
import { placeCode } from '../territory/place';
import type { AttachedFiles } from '../files/attached-files';
import { takeOver, type OlderOutcome } from './older-outcomes';
import { advisedUnitSchema, type AdvisedUnit } from './unit';

/** How many meetings a cycle is planned with; others are possible, with a warning. */
export const usualMeetings = { min: 5, max: 7 } as const;
/** Most people at a meeting: a workshop. */
export const mostPeople = 10;

/** How a cycle is planned. */
export const cyclePlanInput = Type.Object({
  plannedMeetings: wholeNumber(1, 20),
  /** Of the cooperation programme that comes of it. */
  year: programmeYear,
});
export type CyclePlan = InputOf<typeof cyclePlanInput>;

const readPlan = inputReader(cyclePlanInput, {
  plannedMeetings: 'planned-meetings-malformed',
  year: 'cooperation-year-malformed',
});

/** Advice to one unit's group on implementing the Model: a cycle of meetings and what comes of it. */
export interface AdviceCycle extends Stored {
  /** Ids of the programme document and of its activity. */
  readonly programme: string;
  readonly activity: string;
  readonly unit: AdvisedUnit;
  /** `placeCode` of the unit: one cycle a unit and activity. */
  readonly unitKey: string;
  readonly plannedMeetings: number;
  /** The year of the cooperation programme that comes of it (`src/cooperation`: one a unit and year). */
  readonly year: number;
  readonly revision: number;
}

const people = wholeNumber(0, mostPeople);

/** What staff enter about one workshop of a cycle. Names of participants are not asked for. */
export const adviceMeetingInput = Type.Object({
  /** `YYYY-MM-DD`; in the future while it is planned. */
  date: day,
  /** Code of an area of the index; '' where it was about the whole. */
  topic: anyLine(60),
  /** Names of the advisers. */
  advisers: line(200),
  /** People present, together at most `mostPeople`. */
  present: Type.Object({ office: people, ngo: people, other: people }),
  notes: anyWords(4000),
  decisions: anyWords(4000),
});
export type MeetingInput = InputOf<typeof adviceMeetingInput>;

const readMeeting = inputReader(adviceMeetingInput, {
  date: 'day-malformed',
  topic: 'topic-unknown',
  advisers: { missing: 'advisers-missing', tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
  present: 'too-many-people',
  notes: { tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
  decisions: { tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
});
export type MeetingFault =
  Extract<ReturnType<typeof readMeeting>, Refusal> | Refusal<'too-many-people' | 'people-before-meeting'>;

export interface AdviceMeeting extends Stored, MeetingInput {
  readonly cycleId: string;
  readonly revision: number;
}

/** Cycles from before programmes had a home of their own hold theirs. */
type StoredCycle = Omit<AdviceCycle, 'year'> & { readonly year?: number; readonly outcome?: OlderOutcome };

const whole = ({ outcome, year, ...cycle }: StoredCycle): AdviceCycle => ({
  ...cycle,
  year: year ?? outcome?.year ?? firstProgrammeYear,
});

export const adviceCyclesSpec: CollectionSpec<StoredCycle> = {
  name: 'advice-cycles',
  schema: documentOf(
    {
      programme: text,
      activity: text,
      unit: advisedUnitSchema,
      unitKey: shortText,
      plannedMeetings: cyclePlanInput.properties.plannedMeetings,
      year: programmeYear,
      outcome: { type: 'object' },
      revision,
    },
    ['year', 'outcome'],
  ),
  unique: { 'one-cycle-of-a-unit': ['programme', 'activity', 'unitKey'] },
};

export const adviceMeetingsSpec: CollectionSpec<AdviceMeeting> = {
  name: 'advice-meetings',
  schema: documentOf({
    cycleId: text,
    ...adviceMeetingInput.properties,
    revision,
  }),
  indexes: [['cycleId']],
};

export interface CycleInput extends CyclePlan {
  readonly programme: string;
  readonly activity: string;
  readonly unit: AdvisedUnit;
}

export type CycleFault = Extract<ReturnType<typeof readPlan>, Refusal>;

export interface GroupAdvice {
  /** Takes over what earlier versions stored of programmes. */
  start(): Promise<void>;
  create(input: CycleInput): Promise<AdviceCycle | CycleFault | Refusal<'cycle-exists'>>;
  get(id: string): Promise<AdviceCycle | null>;
  /** By the unit's name. */
  all(programme: string): Promise<AdviceCycle[]>;
  plan(id: string, plan: CyclePlan, seen: number): Promise<AdviceCycle | CycleFault | Refusal<'changed-meanwhile'>>;
  /** By date. */
  meetings(cycleId: string): Promise<AdviceMeeting[]>;
  /** The same of many cycles, by their ids; one without any is absent. */
  meetingsOf(cycleIds: readonly string[]): Promise<ReadonlyMap<string, readonly AdviceMeeting[]>>;
  meeting(id: string): Promise<AdviceMeeting | null>;
  addMeeting(cycleId: string, input: MeetingInput): Promise<AdviceMeeting | MeetingFault | Refusal<'cycle-unknown'>>;
  editMeeting(
    id: string,
    input: MeetingInput,
    seen: number,
  ): Promise<AdviceMeeting | MeetingFault | Refusal<'changed-meanwhile'>>;
  removeMeeting(id: string): Promise<void>;
  /** A meeting that took place: its day has come, and somebody was there. */
  wasHeld(meeting: AdviceMeeting): boolean;
}

export function createGroupAdvice({
  store,
  mark,
  clock,
  ids,
  cooperation,
  files,
}: {
  store: Store;
  mark: ChangeMark;
  clock: Clock;
  ids: Ids;
  cooperation: CooperationProgrammes;
  files: AttachedFiles;
}): GroupAdvice {
  const cycles = store.collection(adviceCyclesSpec);
  const meetings = store.collection(adviceMeetingsSpec);
  const today = (): string => dayOf(clock());
  const byName = keptWhileUnchanged(
    mark,
    (programme: string) => programme,
    async (programme) => {
      const { compare } = new Intl.Collator('pl');
      const found = (await cycles.find({ programme })).map(whole);
      return found.sort((one, other) => compare(one.unit.name, other.unit.name));
    },
  );

  /** The schema knows each number of people, not their sum and not what day it is. */
  function meetingOf(input: MeetingInput): MeetingInput | MeetingFault {
    const meeting = readMeeting(input);
    if (isRefusal(meeting)) return meeting;
    const { office, ngo, other } = meeting.present;
    const count = office + ngo + other;
    if (count > mostPeople) return refuse('too-many-people', { field: 'present', most: mostPeople, count });
    if (count > 0 && meeting.date > today()) return refuse('people-before-meeting', { field: 'date' });
    return meeting;
  }

  return {
    async get(id) {
      const cycle = await cycles.get(id);
      return cycle === null ? null : whole(cycle);
    },

    async start() {
      for (const { id, unit, outcome } of await cycles.find({})) {
        if (outcome === undefined) continue;
        await takeOver({ store, cooperation, files }, unit, outcome);
        await cycles.update(id, (cycle) => whole(cycle));
      }
    },

    meeting: (id) => meetings.get(id),
    meetings: (cycleId) => meetings.find({ cycleId }, { sort: [['date', 'ascending']] }),
    meetingsOf: async (cycleIds) =>
      groupedBy(
        await meetings.find({ cycleId: { $in: cycleIds } }, { sort: [['date', 'ascending']] }),
        ({ cycleId }) => cycleId,
      ),
    wasHeld: ({ date, present }) => date <= today() && present.office + present.ngo + present.other > 0,

    all: async (programme) => [...(await byName(programme))],

    async create({ programme, activity, unit, ...given }) {
      const plan = readPlan(given);
      if (isRefusal(plan)) return plan;
      const { plannedMeetings, year } = plan;
      const cycle: AdviceCycle = {
        ...{ id: ids.uuid(), programme, activity, unit, unitKey: placeCode(unit.code), plannedMeetings, year },
        revision: 1,
      };
      await cooperation.ensure(unit, year);
      return (await cycles.insert(cycle)).inserted ? cycle : refuse('cycle-exists', { unit: unit.name });
    },

    async plan(id, given, seen) {
      const plan = readPlan(given);
      if (isRefusal(plan)) return plan;
      const cycle = await cycles.get(id);
      if (cycle !== null) await cooperation.ensure(cycle.unit, plan.year);
      const changed = await updateSeen<StoredCycle>(cycles, id, seen, plan);
      return changed === null ? refuse('changed-meanwhile') : whole(changed);
    },

    async addMeeting(cycleId, input) {
      const fields = meetingOf(input);
      if (isRefusal(fields)) return fields;
      if ((await cycles.get(cycleId)) === null) return refuse('cycle-unknown');
      const meeting: AdviceMeeting = { id: ids.uuid(), cycleId, ...fields, revision: 1 };
      await meetings.insert(meeting);
      return meeting;
    },

    async editMeeting(id, input, seen) {
      const fields = meetingOf(input);
      if (isRefusal(fields)) return fields;
      const changed = await updateSeen(meetings, id, seen, fields);
      return changed ?? refuse('changed-meanwhile');
    },

    async removeMeeting(id) {
      await meetings.remove({ id });
    },
  };
}
