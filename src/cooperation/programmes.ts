import { dayOf, type Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { inputReader } from '../shared/input';
import { moveFrom, refusalOfMove } from '../shared/moves';
import { isWebLink } from '../shared/web-link';
import { markingChanges, type ChangeMark } from '../storage/change-mark';
import type { Store } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { placeCode } from '../territory/place';
import { elementState, requiredElements, type ElementState, type RequiredElement } from './elements';
import {
  consultationInput,
  consultationsSpec,
  cooperationProgrammesSpec,
  elementInput,
  programmeElementsSpec,
  publishedInput,
  type Consultation,
  type ConsultationInput,
  type CooperationProgramme,
  type DrawnRecommendation,
  type ElementInput,
  type ProgrammeElement,
  type ProgrammeUnit,
  type PublishedInput,
} from './programme';
import { programmeMoves, type StepRefusal } from './programme-status';

const malformedText = { tooLong: 'text-too-long', malformed: 'hidden-characters' } as const;
const readPublished = inputReader(publishedInput, {
  link: malformedText,
  reportedOn: 'day-malformed',
  reportLink: malformedText,
});
const readElement = inputReader(elementInput, { text: malformedText });
const readConsultation = inputReader(consultationInput, {
  from: 'day-malformed',
  to: 'day-malformed',
  how: { missing: 'how-missing', ...malformedText },
  withWhom: { missing: 'with-whom-missing', ...malformedText },
  received: 'remarks-malformed',
  accepted: 'remarks-malformed',
  link: malformedText,
});

type Changed = Refusal<'changed-meanwhile'>;
export type PublishedRefusal =
  Extract<ReturnType<typeof readPublished>, Refusal> | Refusal<'link-malformed' | 'day-in-future'> | Changed;
export type ElementRefusal = Extract<ReturnType<typeof readElement>, Refusal> | Changed;
export type ConsultationRefusal =
  | Extract<ReturnType<typeof readConsultation>, Refusal>
  | Refusal<'link-malformed' | 'to-before-from' | 'more-accepted'>
  | Changed;

/** One required element of a programme, written or not. */
export interface ElementLine {
  readonly element: RequiredElement;
  readonly state: ElementState;
  /** null where nobody has written anything. */
  readonly written: ProgrammeElement | null;
}

export interface CooperationProgrammes {
  /** Goes on with every change of this room's data. */
  readonly mark: ChangeMark;
  /** The programme of the unit for the year; made where there is none, once, whoever asks at the same time. */
  ensure(unit: ProgrammeUnit, year: number): Promise<CooperationProgramme>;
  get(id: string): Promise<CooperationProgramme | null>;
  /** null where the unit has none for the year. */
  of(unitKey: string, year: number): Promise<CooperationProgramme | null>;
  /** The programmes of these units: the one of a unit for a year; null where it has none. */
  ofUnits(unitKeys: readonly string[]): Promise<(unitKey: string, year: number) => CooperationProgramme | null>;
  /** Latest years first. */
  all(): Promise<CooperationProgramme[]>;
  /** All 11, in the order of the act. */
  elements(id: string): Promise<readonly ElementLine[]>;
  /** How many elements of each programme are ready, by its id. */
  readyCounts(): Promise<ReadonlyMap<string, number>>;
  /** Sets an element; `seen` is 0 where nothing was written, `drawn` are recommendations whose words come into it. */
  write(
    id: string,
    element: RequiredElement,
    input: ElementInput,
    seen: number,
    by: string,
    drawn?: readonly DrawnRecommendation[],
  ): Promise<ProgrammeElement | ElementRefusal>;
  /** Moves it along its table; `adopt` needs the day, not later than today. */
  move(
    id: string,
    action: string,
    adoptedOn?: string,
  ): Promise<CooperationProgramme | StepRefusal | Refusal<'programme-unknown' | 'wrong-state'>>;
  publish(id: string, input: PublishedInput, seen: number): Promise<CooperationProgramme | PublishedRefusal>;
  /** First first. */
  consultations(id: string): Promise<Consultation[]>;
  addConsultation(id: string, input: ConsultationInput): Promise<Consultation | ConsultationRefusal>;
  editConsultation(id: string, input: ConsultationInput, seen: number): Promise<Consultation | ConsultationRefusal>;
  removeConsultation(programmeId: string, id: string): Promise<void>;
  /** What an earlier version kept of a programme, where nothing has been done to it since. */
  adoptOlder(
    id: string,
    older: Pick<CooperationProgramme, 'state' | 'adoptedOn'> & { readonly link: string | null },
  ): Promise<void>;
}

export function createCooperationProgrammes(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}): CooperationProgrammes {
  const { store, mark } = markingChanges(deps.store, 'cooperation');
  const programmes = store.collection(cooperationProgrammesSpec);
  const elements = store.collection(programmeElementsSpec);
  const consultations = store.collection(consultationsSpec);
  const today = (): string => dayOf(deps.clock());

  const of = async (unitKey: string, year: number): Promise<CooperationProgramme | null> =>
    (await programmes.find({ unitKey, year }, { limit: 1 }))[0] ?? null;

  function consultationOf(input: ConsultationInput): ConsultationInput | ConsultationRefusal {
    const fields = readConsultation(input);
    if (isRefusal(fields)) return fields;
    if (fields.to < fields.from) return refuse('to-before-from', { field: 'to' });
    if (fields.accepted > fields.received) return refuse('more-accepted', { field: 'accepted' });
    if (fields.link !== '' && !isWebLink(fields.link)) return refuse('link-malformed', { field: 'link' });
    return fields;
  }

  return {
    mark,
    get: (id) => programmes.get(id),
    of,

    async ofUnits(unitKeys) {
      const found = await programmes.find({ unitKey: { $in: [...new Set(unitKeys)] } });
      const byUnitAndYear = new Map(found.map((one) => [`${one.unitKey} ${one.year}`, one]));
      return (unitKey, year) => byUnitAndYear.get(`${unitKey} ${year}`) ?? null;
    },

    all: () => programmes.find({}, { sort: [['year', 'descending']] }),

    async ensure({ code, name }, year) {
      const unitKey = placeCode(code);
      const programme: CooperationProgramme = {
        ...{ id: deps.ids.uuid(), unit: { code, name }, unitKey, year, state: 'not-begun' },
        ...{ adoptedOn: null, link: '', reportedOn: null, reportLink: '', revision: 1 },
      };
      if ((await programmes.insert(programme)).inserted) return programme;
      return (await of(unitKey, year)) ?? programme;
    },

    async elements(id) {
      const written = new Map((await elements.find({ programmeId: id })).map((one) => [one.element, one]));
      return requiredElements.map((element) => {
        const own = written.get(element);
        return { element, state: elementState(own), written: own ?? null };
      });
    },

    async readyCounts() {
      const ready = await elements.find({ ready: true });
      const counts = new Map<string, number>();
      for (const { programmeId } of ready) counts.set(programmeId, (counts.get(programmeId) ?? 0) + 1);
      return counts;
    },

    async write(programmeId, element, input, seen, by, drawn = []) {
      const fields = readElement(input);
      if (isRefusal(fields)) return fields;
      const id = `${programmeId}:${element}`;
      const now = { ...fields, by, at: deps.clock().toISOString() };
      if (seen === 0) {
        const written: ProgrammeElement = { id, programmeId, element, ...now, drawn, revision: 1 };
        return (await elements.insert(written)).inserted ? written : refuse('changed-meanwhile');
      }
      const changed = await elements.update(id, (one) =>
        one.revision === seen ? { ...one, ...now, drawn: joined(one.drawn, drawn), revision: seen + 1 } : null,
      );
      return changed ?? refuse('changed-meanwhile');
    },

    async move(id, action, adoptedOn) {
      const programme = await programmes.get(id);
      if (programme === null) return refuse('programme-unknown');
      const move = moveFrom(programmeMoves, programme.state, action);
      if (move === undefined) return refuse('wrong-state', { state: programme.state });
      const refusal = refusalOfMove(move, { adoptedOn: adoptedOn ?? null, today: today() });
      if (refusal) return refusal;
      const day = move.to === 'adopted' ? (adoptedOn ?? null) : null;
      const moved = await programmes.update(id, (one) =>
        one.state === move.from ? { ...one, state: move.to, adoptedOn: day, revision: one.revision + 1 } : null,
      );
      return moved ?? refuse('wrong-state', { state: programme.state });
    },

    async publish(id, input, seen) {
      const fields = readPublished(input);
      if (isRefusal(fields)) return fields;
      for (const field of ['link', 'reportLink'] as const) {
        if (fields[field] !== '' && !isWebLink(fields[field])) return refuse('link-malformed', { field });
      }
      if (fields.reportedOn !== null && fields.reportedOn > today()) {
        return refuse('day-in-future', { field: 'reportedOn' });
      }
      return (await updateSeen<CooperationProgramme>(programmes, id, seen, fields)) ?? refuse('changed-meanwhile');
    },

    consultations: (programmeId) => consultations.find({ programmeId }, { sort: [['from', 'ascending']] }),

    async addConsultation(programmeId, input) {
      const fields = consultationOf(input);
      if (isRefusal(fields)) return fields;
      const consultation: Consultation = { id: deps.ids.uuid(), programmeId, ...fields, revision: 1 };
      await consultations.insert(consultation);
      return consultation;
    },

    async editConsultation(id, input, seen) {
      const fields = consultationOf(input);
      if (isRefusal(fields)) return fields;
      return (await updateSeen<Consultation>(consultations, id, seen, fields)) ?? refuse('changed-meanwhile');
    },

    async removeConsultation(programmeId, id) {
      await consultations.remove({ id, programmeId });
    },

    async adoptOlder(id, { state, adoptedOn, link }) {
      await programmes.update(id, (one) =>
        one.revision === 1 ? { ...one, state, adoptedOn, link: link ?? '', revision: 2 } : null,
      );
    },
  };
}

/** Each recommendation once, with the words of the last time. */
function joined(
  before: readonly DrawnRecommendation[],
  drawn: readonly DrawnRecommendation[],
): readonly DrawnRecommendation[] {
  const again = new Set(drawn.map(({ id }) => id));
  return [...before.filter(({ id }) => !again.has(id)), ...drawn];
}
