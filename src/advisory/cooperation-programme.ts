import { isRealDate } from '../shared/calendar-day';
import { refuse, type Refusal } from '../shared/errors';
import { wholeNumber } from '../shared/input';
import type { Move } from '../shared/moves';
import { day, listOf, nullable, objectOf, text, words } from '../storage/document-fields';

/** The 11 things that an annual cooperation programme must contain (act of 24 April 2003, art. 5a(4)). */
export const requiredElements = [
  'aims',
  'principles',
  'subject-scope',
  'forms',
  'priority-tasks',
  'period',
  'way-of-implementation',
  'planned-money',
  'way-of-evaluation',
  'how-made',
  'commissions',
] as const;
export type RequiredElement = (typeof requiredElements)[number];

export const outcomeStates = ['not-begun', 'drafting', 'drafted', 'consulted', 'adopted'] as const;
export type OutcomeState = (typeof outcomeStates)[number];
export type OutcomeAction = 'begin' | 'finish-draft' | 'finish-consultation' | 'adopt' | 'back-to-draft';

/** What decides whether the outcome may move on. */
export interface OutcomeStep {
  /** The day of adoption that was given, `YYYY-MM-DD`; null where none was. */
  readonly adoptedOn: string | null;
  readonly today: string;
}
export type OutcomeRefusal = Refusal<'day-malformed' | 'adopted-in-future'>;

function adoptionDayGiven({ adoptedOn }: OutcomeStep): OutcomeRefusal | null {
  return adoptedOn !== null && isRealDate(adoptedOn) ? null : refuse('day-malformed', { field: 'adoptedOn' });
}

function adoptionDayCome({ adoptedOn, today }: OutcomeStep): OutcomeRefusal | null {
  return adoptedOn !== null && adoptedOn > today ? refuse('adopted-in-future', { field: 'adoptedOn' }) : null;
}

type OutcomeMove = Move<OutcomeState, OutcomeAction, OutcomeStep, OutcomeRefusal['refused']>;

const step = (from: OutcomeState, action: OutcomeAction, to: OutcomeState): OutcomeMove => ({
  ...{ who: 'staff', from, action, to },
  conditions: to === 'adopted' ? [adoptionDayGiven, adoptionDayCome] : [],
});

/** The life of a unit's cooperation programme. */
export const outcomeMoves: readonly OutcomeMove[] = [
  step('not-begun', 'begin', 'drafting'),
  step('drafting', 'finish-draft', 'drafted'),
  step('drafted', 'finish-consultation', 'consulted'),
  step('consulted', 'adopt', 'adopted'),
  step('drafted', 'back-to-draft', 'drafting'),
  step('consulted', 'back-to-draft', 'drafting'),
  // What was adopted by mistake on these pages, or is to be amended.
  step('adopted', 'back-to-draft', 'drafting'),
];

/** What advice to a group leads to: the unit's Annual Cooperation Programme for a year. */
export interface CooperationProgramme {
  /** The year that it is for. */
  readonly year: number;
  readonly state: OutcomeState;
  /** Day of adoption, `YYYY-MM-DD`; null before. */
  readonly adoptedOn: string | null;
  /** Where the document is published. */
  readonly link: string | null;
  /** Id of the document that was attached. */
  readonly file: string | null;
  /** Which of the required things it has, in their order. */
  readonly elements: readonly RequiredElement[];
}

/** Years that an annual cooperation programme may be for: the act is of 2003. */
export const programmeYear = wholeNumber(2004, 2100);

export const cooperationProgrammeSchema = objectOf({
  year: programmeYear,
  state: { enum: [...outcomeStates] },
  adoptedOn: nullable(day),
  link: nullable(words(500)),
  file: nullable(text),
  elements: listOf({ enum: [...requiredElements] }, requiredElements.length),
});

/** The last day on which a programme for a year is adopted in time (art. 5a(1)): 30 November of the year before. */
export function adoptionDeadline(year: number): string {
  return `${year - 1}-11-30`;
}

/** Whether it has come at least so far; `none` asks for nothing. */
export function hasReached(state: OutcomeState, wanted: 'none' | 'drafted' | 'adopted'): boolean {
  return wanted === 'none' || outcomeStates.indexOf(state) >= outcomeStates.indexOf(wanted);
}
