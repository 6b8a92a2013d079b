import { isRealDate } from '../shared/calendar-day';
import { dayOf, type Clock } from '../shared/clock';
import { refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { day, documentOf, nullable, revision, shortText, text, words } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { placeCode } from '../territory/place';
import { advisedUnitSchema, type AdvisedUnit } from './unit';

export const adviceStates = ['requested', 'given', 'withdrawn'] as const;
export type AdviceState = (typeof adviceStates)[number];

/** Advice that one unit asked for. */
export interface IndividualAdvice extends Stored {
  readonly programme: string;
  readonly activity: string;
  readonly unit: AdvisedUnit;
  readonly unitKey: string;
  /** What they asked, 1..2,000 characters. */
  readonly request: string;
  /** `YYYY-MM-DD`. */
  readonly requestedOn: string;
  /** Code of an area of the index; '' where it was about the whole. */
  readonly topic: string;
  /** Who advises, at most 200 characters; '' while nobody is named. */
  readonly adviser: string;
  readonly state: AdviceState;
  /** Hours spent, in steps of a quarter, 0..200. */
  readonly hours: number;
  /** The day it was given; null before. */
  readonly givenOn: string | null;
  /** What came of it, and what has to follow; at most 4,000 characters each, may be empty. */
  readonly outcome: string;
  readonly followUp: string;
  readonly revision: number;
}

const longText = { type: 'string', maxLength: 4000 };

export const individualAdviceSpec: CollectionSpec<IndividualAdvice> = {
  name: 'individual-advice',
  schema: documentOf({
    programme: text,
    activity: text,
    unit: advisedUnitSchema,
    unitKey: shortText,
    request: words(2000),
    requestedOn: day,
    topic: { type: 'string', maxLength: 60 },
    adviser: { type: 'string', maxLength: 200 },
    state: { enum: [...adviceStates] },
    hours: { type: 'number', minimum: 0, maximum: 200 },
    givenOn: nullable(day),
    outcome: longText,
    followUp: longText,
    revision,
  }),
  indexes: [['programme', 'activity']],
};

export type IndividualAdviceInput = Omit<IndividualAdvice, 'id' | 'unitKey' | 'revision'>;
export type IndividualAdviceFault = Refusal<
  | 'day-malformed'
  | 'request-missing'
  | 'advice-text-too-long'
  | 'hours-malformed'
  | 'adviser-missing'
  | 'given-on-missing'
  | 'hours-missing'
  | 'given-in-future'
  | 'given-before-requested'
>;

export interface IndividualAdviceServices {
  create(input: IndividualAdviceInput): Promise<IndividualAdvice | IndividualAdviceFault>;
  edit(
    id: string,
    input: IndividualAdviceInput,
    seen: number,
  ): Promise<IndividualAdvice | IndividualAdviceFault | Refusal<'changed-meanwhile'>>;
  get(id: string): Promise<IndividualAdvice | null>;
  /** Latest request first. */
  all(programme: string): Promise<IndividualAdvice[]>;
}

export function createIndividualAdvice(deps: { store: Store; clock: Clock; ids: Ids }): IndividualAdviceServices {
  const advice = deps.store.collection(individualAdviceSpec);

  return {
    get: (id) => advice.get(id),
    all: (programme) => advice.find({ programme }, { sort: [['requestedOn', 'descending']] }),
    async create(input) {
      const fault = faultOf(input, dayOf(deps.clock()));
      if (fault) return fault;
      const made: IndividualAdvice = { id: deps.ids.uuid(), ...fieldsOf(input), revision: 1 };
      await advice.insert(made);
      return made;
    },
    async edit(id, input, seen) {
      const fault = faultOf(input, dayOf(deps.clock()));
      if (fault) return fault;
      const changed = await updateSeen(advice, id, seen, fieldsOf(input));
      return changed ?? refuse('changed-meanwhile');
    },
  };
}

function faultOf(input: IndividualAdviceInput, today: string): IndividualAdviceFault | null {
  if (input.request.trim() === '') return refuse('request-missing');
  const limits = { request: 2000, adviser: 200, outcome: 4000, followUp: 4000 } as const;
  for (const [field, most] of Object.entries(limits) as [keyof typeof limits, number][]) {
    if (input[field].trim().length > most) return refuse('advice-text-too-long', { field, most });
  }
  if (!isRealDate(input.requestedOn)) return refuse('day-malformed', { field: 'requestedOn' });
  const { hours, givenOn } = input;
  if (!(hours >= 0 && hours <= 200 && Number.isInteger(hours * 4))) return refuse('hours-malformed');
  if (givenOn !== null) {
    if (!isRealDate(givenOn)) return refuse('day-malformed', { field: 'givenOn' });
    if (givenOn < input.requestedOn) return refuse('given-before-requested');
  }
  if (input.state !== 'given') return null;
  if (input.adviser.trim() === '') return refuse('adviser-missing');
  if (givenOn === null) return refuse('given-on-missing');
  if (givenOn > today) return refuse('given-in-future');
  return hours === 0 ? refuse('hours-missing') : null;
}

function fieldsOf(input: IndividualAdviceInput): Omit<IndividualAdvice, 'id' | 'revision'> {
  const { programme, activity, unit, requestedOn, topic, state, hours, givenOn } = input;
  return {
    ...{ programme, activity, unit, unitKey: placeCode(unit.code), requestedOn, topic, state, hours, givenOn },
    request: input.request.trim(),
    adviser: input.adviser.trim(),
    outcome: input.outcome.trim(),
    followUp: input.followUp.trim(),
  };
}
