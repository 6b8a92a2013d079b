import Type from 'typebox';
import { dayOf, type Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { anyLine, anyWords, day, inputReader, oneOf, words, type InputOf } from '../shared/input';
import { documentOf, revision, shortText, text } from '../storage/document-fields';
import { keptWhileUnchanged, type ChangeMark } from '../storage/change-mark';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { placeCode } from '../territory/place';
import { advisedUnitSchema, type AdvisedUnit } from './unit';

export const adviceStates = ['requested', 'given', 'withdrawn'] as const;
export type AdviceState = (typeof adviceStates)[number];

/** What staff enter about advice that one unit asked for. */
export const individualAdviceInput = Type.Object({
  /** What they asked. */
  request: words(2000),
  /** `YYYY-MM-DD`. */
  requestedOn: day,
  /** Code of an area of the index; '' where it was about the whole. */
  topic: anyLine(60),
  /** Who advises; '' while nobody is named. */
  adviser: anyLine(200),
  state: oneOf(adviceStates),
  /** Hours spent, in steps of a quarter. */
  hours: Type.Number({ minimum: 0, maximum: 200, multipleOf: 0.25 }),
  /** The day it was given; null before. */
  givenOn: Type.Union([day, Type.Null()]),
  /** What came of it, and what has to follow. */
  outcome: anyWords(4000),
  followUp: anyWords(4000),
});

const read = inputReader(individualAdviceInput, {
  request: { missing: 'request-missing', tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
  requestedOn: 'day-malformed',
  topic: 'topic-unknown',
  adviser: { tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
  state: 'state-unknown',
  hours: 'hours-malformed',
  givenOn: 'day-malformed',
  outcome: { tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
  followUp: { tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
});

/** Advice that one unit asked for. */
export interface IndividualAdvice extends Stored, InputOf<typeof individualAdviceInput> {
  readonly programme: string;
  readonly activity: string;
  readonly unit: AdvisedUnit;
  readonly unitKey: string;
  readonly revision: number;
}

export const individualAdviceSpec: CollectionSpec<IndividualAdvice> = {
  name: 'individual-advice',
  schema: documentOf({
    programme: text,
    activity: text,
    unit: advisedUnitSchema,
    unitKey: shortText,
    ...individualAdviceInput.properties,
    revision,
  }),
  indexes: [['programme', 'activity']],
};

export type IndividualAdviceInput = Omit<IndividualAdvice, 'id' | 'unitKey' | 'revision'>;
export type IndividualAdviceFault =
  | Extract<ReturnType<typeof read>, Refusal>
  | Refusal<'adviser-missing' | 'given-on-missing' | 'hours-missing' | 'given-in-future' | 'given-before-requested'>;

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

export function createIndividualAdvice(deps: {
  store: Store;
  mark: ChangeMark;
  clock: Clock;
  ids: Ids;
}): IndividualAdviceServices {
  const advice = deps.store.collection(individualAdviceSpec);
  const latestFirst = keptWhileUnchanged(
    deps.mark,
    (programme: string) => programme,
    (programme) => advice.find({ programme }, { sort: [['requestedOn', 'descending']] }),
  );

  return {
    get: (id) => advice.get(id),
    all: async (programme) => [...(await latestFirst(programme))],
    async create(input) {
      const fields = fieldsOf(input, dayOf(deps.clock()));
      if (isRefusal(fields)) return fields;
      const made: IndividualAdvice = { id: deps.ids.uuid(), ...fields, revision: 1 };
      await advice.insert(made);
      return made;
    },
    async edit(id, input, seen) {
      const fields = fieldsOf(input, dayOf(deps.clock()));
      if (isRefusal(fields)) return fields;
      const changed = await updateSeen(advice, id, seen, fields);
      return changed ?? refuse('changed-meanwhile');
    },
  };
}

function fieldsOf(
  input: IndividualAdviceInput,
  today: string,
): Omit<IndividualAdvice, 'id' | 'revision'> | IndividualAdviceFault {
  const given = read(input);
  if (isRefusal(given)) return given;
  const { programme, activity, unit } = input;
  const fields = { programme, activity, unit, unitKey: placeCode(unit.code), ...given };
  const { adviser, givenOn, hours, requestedOn, state } = given;
  if (givenOn !== null && givenOn < requestedOn) return refuse('given-before-requested', { field: 'givenOn' });
  if (state !== 'given') return fields;
  if (adviser === '') return refuse('adviser-missing', { field: 'adviser' });
  if (givenOn === null) return refuse('given-on-missing', { field: 'givenOn' });
  if (givenOn > today) return refuse('given-in-future', { field: 'givenOn' });
  return hours === 0 ? refuse('hours-missing', { field: 'hours' }) : fields;
}
