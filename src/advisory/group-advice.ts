import { isRealDate } from '../shared/calendar-day';
import { dayOf, type Clock } from '../shared/clock';
import { refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { day, documentOf, objectOf, revision, shortText, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import {
  cooperationProgrammeSchema,
  outcomeMoves,
  requiredElements,
  type CooperationProgramme,
  type OutcomeAction,
  type RequiredElement,
} from './cooperation-programme';
import { placeCode } from '../territory/place';
import { advisedUnitSchema, type AdvisedUnit } from './unit';

/** How many meetings a cycle is planned with; others are possible, with a warning. */
export const usualMeetings = { min: 5, max: 7 } as const;
/** Most people at a meeting: a workshop. */
export const mostPeople = 10;

/** Advice to one unit's group on implementing the Model: a cycle of meetings and what comes of it. */
export interface AdviceCycle extends Stored {
  /** Ids of the programme document and of its activity. */
  readonly programme: string;
  readonly activity: string;
  readonly unit: AdvisedUnit;
  /** `placeCode` of the unit: one cycle a unit and activity. */
  readonly unitKey: string;
  /** 1..20. */
  readonly plannedMeetings: number;
  readonly outcome: CooperationProgramme;
  readonly revision: number;
}

/** One workshop of a cycle. Names of participants are not asked for. */
export interface AdviceMeeting extends Stored {
  readonly cycleId: string;
  /** `YYYY-MM-DD`; in the future while it is planned. */
  readonly date: string;
  /** Code of an area of the index; '' where it was about the whole. */
  readonly topic: string;
  /** Names of the advisers, at most 200 characters. */
  readonly advisers: string;
  /** People present, together at most 10. */
  readonly present: { readonly office: number; readonly ngo: number; readonly other: number };
  /** At most 4,000 characters each; may be empty. */
  readonly notes: string;
  readonly decisions: string;
  readonly revision: number;
}

const people = { type: 'integer', minimum: 0, maximum: mostPeople };
const longText = { type: 'string', maxLength: 4000 };

export const adviceCyclesSpec: CollectionSpec<AdviceCycle> = {
  name: 'advice-cycles',
  schema: documentOf({
    programme: text,
    activity: text,
    unit: advisedUnitSchema,
    unitKey: shortText,
    plannedMeetings: { type: 'integer', minimum: 1, maximum: 20 },
    outcome: cooperationProgrammeSchema,
    revision,
  }),
  unique: { 'one-cycle-of-a-unit': ['programme', 'activity', 'unitKey'] },
};

export const adviceMeetingsSpec: CollectionSpec<AdviceMeeting> = {
  name: 'advice-meetings',
  schema: documentOf({
    cycleId: text,
    date: day,
    topic: { type: 'string', maxLength: 60 },
    advisers: shortText,
    present: objectOf({ office: people, ngo: people, other: people }),
    notes: longText,
    decisions: longText,
    revision,
  }),
  indexes: [['cycleId']],
};

export type MeetingInput = Omit<AdviceMeeting, 'id' | 'cycleId' | 'revision'>;
export type MeetingFault = Refusal<
  'day-malformed' | 'advisers-missing' | 'too-many-people' | 'people-before-meeting' | 'advice-text-too-long'
>;

export interface CycleInput {
  readonly programme: string;
  readonly activity: string;
  readonly unit: AdvisedUnit;
  readonly plannedMeetings: number;
  /** Year of the cooperation programme, 2004..2100. */
  readonly year: number;
}

export type CycleFault = Refusal<'planned-meetings-malformed' | 'cooperation-year-malformed'>;

export interface GroupAdvice {
  create(input: CycleInput): Promise<AdviceCycle | CycleFault | Refusal<'cycle-exists'>>;
  get(id: string): Promise<AdviceCycle | null>;
  /** By the unit's name. */
  all(programme: string): Promise<AdviceCycle[]>;
  plan(
    id: string,
    plan: { readonly plannedMeetings: number; readonly year: number },
    seen: number,
  ): Promise<AdviceCycle | CycleFault | Refusal<'changed-meanwhile'>>;
  /** By date. */
  meetings(cycleId: string): Promise<AdviceMeeting[]>;
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
  /** Moves the outcome along its table; `adopt` needs the day, not later than today. */
  moveOutcome(
    id: string,
    action: OutcomeAction,
    adoptedOn?: string,
  ): Promise<AdviceCycle | Refusal<'cycle-unknown' | 'wrong-state' | 'day-malformed' | 'adopted-in-future'>>;
  /** Replaces where the document is and what it has. */
  describeOutcome(
    id: string,
    outcome: {
      readonly link: string | null;
      readonly elements: readonly RequiredElement[];
      /** Left out: stays. */
      readonly file?: string | null;
    },
    seen: number,
  ): Promise<AdviceCycle | Refusal<'changed-meanwhile' | 'link-malformed'>>;
}

export function createGroupAdvice({ store, clock, ids }: { store: Store; clock: Clock; ids: Ids }): GroupAdvice {
  const cycles = store.collection(adviceCyclesSpec);
  const meetings = store.collection(adviceMeetingsSpec);
  const today = (): string => dayOf(clock());

  function meetingFault({ date, advisers, present, notes, decisions }: MeetingInput): MeetingFault | null {
    if (!isRealDate(date)) return refuse('day-malformed', { field: 'date' });
    if (advisers.trim() === '') return refuse('advisers-missing');
    if (advisers.trim().length > 200) return refuse('advice-text-too-long', { field: 'advisers', most: 200 });
    const count = present.office + present.ngo + present.other;
    if (count > mostPeople) return refuse('too-many-people', { most: mostPeople, count });
    if (count > 0 && date > today()) return refuse('people-before-meeting');
    const long = ([notes, decisions] as const).findIndex((one) => one.length > 4000);
    return long < 0 ? null : refuse('advice-text-too-long', { field: ['notes', 'decisions'][long] ?? '', most: 4000 });
  }

  return {
    get: (id) => cycles.get(id),
    meeting: (id) => meetings.get(id),
    meetings: (cycleId) => meetings.find({ cycleId }, { sort: [['date', 'ascending']] }),
    wasHeld: ({ date, present }) => date <= today() && present.office + present.ngo + present.other > 0,

    async all(programme) {
      const collator = new Intl.Collator('pl');
      return (await cycles.find({ programme })).sort((one, other) => collator.compare(one.unit.name, other.unit.name));
    },

    async create({ programme, activity, unit, plannedMeetings, year }) {
      const fault = planFault(plannedMeetings, year);
      if (fault) return fault;
      const cycle: AdviceCycle = {
        ...{ id: ids.uuid(), programme, activity, unit, unitKey: placeCode(unit.code), plannedMeetings },
        outcome: { year, state: 'not-begun', adoptedOn: null, link: null, file: null, elements: [] },
        revision: 1,
      };
      return (await cycles.insert(cycle)).inserted ? cycle : refuse('cycle-exists', { unit: unit.name });
    },

    async plan(id, { plannedMeetings, year }, seen) {
      const fault = planFault(plannedMeetings, year);
      if (fault) return fault;
      const changed = await cycles.update(id, (one) =>
        one.revision === seen
          ? { ...one, plannedMeetings, outcome: { ...one.outcome, year }, revision: seen + 1 }
          : null,
      );
      return changed ?? refuse('changed-meanwhile');
    },

    async addMeeting(cycleId, input) {
      const fault = meetingFault(input);
      if (fault) return fault;
      if ((await cycles.get(cycleId)) === null) return refuse('cycle-unknown');
      const meeting: AdviceMeeting = { id: ids.uuid(), cycleId, ...trimmed(input), revision: 1 };
      await meetings.insert(meeting);
      return meeting;
    },

    async editMeeting(id, input, seen) {
      const fault = meetingFault(input);
      if (fault) return fault;
      const changed = await updateSeen(meetings, id, seen, trimmed(input));
      return changed ?? refuse('changed-meanwhile');
    },

    async removeMeeting(id) {
      await meetings.remove({ id });
    },

    async moveOutcome(id, action, adoptedOn) {
      const cycle = await cycles.get(id);
      if (cycle === null) return refuse('cycle-unknown');
      const move = outcomeMoves.find((one) => one.action === action && one.from === cycle.outcome.state);
      if (move === undefined) return refuse('wrong-state', { state: cycle.outcome.state });
      if (move.to === 'adopted') {
        if (adoptedOn === undefined || !isRealDate(adoptedOn)) return refuse('day-malformed', { field: 'adoptedOn' });
        if (adoptedOn > today()) return refuse('adopted-in-future');
      }
      const day = move.to === 'adopted' ? (adoptedOn ?? null) : null;
      const moved = await cycles.update(id, (one) =>
        one.outcome.state === move.from
          ? { ...one, outcome: { ...one.outcome, state: move.to, adoptedOn: day }, revision: one.revision + 1 }
          : null,
      );
      return moved ?? refuse('wrong-state', { state: cycle.outcome.state });
    },

    async describeOutcome(id, { link, elements, file }, seen) {
      const address = link?.trim() ?? '';
      if (address !== '' && !/^https?:\/\/[^\s]{1,480}$/.test(address)) return refuse('link-malformed');
      const described = {
        link: address === '' ? null : address,
        elements: requiredElements.filter((one) => elements.includes(one)),
        ...(file === undefined ? {} : { file }),
      };
      const changed = await cycles.update(id, (one) =>
        one.revision === seen ? { ...one, outcome: { ...one.outcome, ...described }, revision: seen + 1 } : null,
      );
      return changed ?? refuse('changed-meanwhile');
    },
  };
}

function planFault(plannedMeetings: number, year: number): CycleFault | null {
  if (!Number.isInteger(plannedMeetings) || plannedMeetings < 1 || plannedMeetings > 20) {
    return refuse('planned-meetings-malformed');
  }
  return Number.isInteger(year) && year >= 2004 && year <= 2100 ? null : refuse('cooperation-year-malformed');
}

function trimmed(input: MeetingInput): MeetingInput {
  const { date, topic, present } = input;
  const [advisers, notes, decisions] = [input.advisers.trim(), input.notes.trim(), input.decisions.trim()];
  return { date, topic, advisers, present, notes, decisions };
}
