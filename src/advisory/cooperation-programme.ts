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

/** The life of a unit's cooperation programme; the pages make their buttons of it. `adopt` needs a day. */
export const outcomeMoves: readonly {
  readonly from: OutcomeState;
  readonly action: OutcomeAction;
  readonly to: OutcomeState;
}[] = [
  { from: 'not-begun', action: 'begin', to: 'drafting' },
  { from: 'drafting', action: 'finish-draft', to: 'drafted' },
  { from: 'drafted', action: 'finish-consultation', to: 'consulted' },
  { from: 'consulted', action: 'adopt', to: 'adopted' },
  { from: 'drafted', action: 'back-to-draft', to: 'drafting' },
  { from: 'consulted', action: 'back-to-draft', to: 'drafting' },
  // What was adopted by mistake on these pages, or is to be amended.
  { from: 'adopted', action: 'back-to-draft', to: 'drafting' },
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

export const cooperationProgrammeSchema = objectOf({
  year: { type: 'integer', minimum: 2004, maximum: 2100 },
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
