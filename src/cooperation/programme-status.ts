import { isRealDate } from '../shared/calendar-day';
import { refuse, type Refusal } from '../shared/errors';
import type { Move } from '../shared/moves';

export const programmeStates = ['not-begun', 'drafting', 'drafted', 'consulted', 'adopted'] as const;
export type ProgrammeState = (typeof programmeStates)[number];
export type ProgrammeAction = 'begin' | 'finish-draft' | 'finish-consultation' | 'adopt' | 'back-to-draft';

/** What decides whether a programme may move on. */
export interface ProgrammeStep {
  /** The day of adoption that was given, `YYYY-MM-DD`; null where none was. */
  readonly adoptedOn: string | null;
  readonly today: string;
}
export type StepRefusal = Refusal<'day-malformed' | 'adopted-in-future'>;

function adoptionDayGiven({ adoptedOn }: ProgrammeStep): StepRefusal | null {
  return adoptedOn !== null && isRealDate(adoptedOn) ? null : refuse('day-malformed', { field: 'adoptedOn' });
}

function adoptionDayCome({ adoptedOn, today }: ProgrammeStep): StepRefusal | null {
  return adoptedOn !== null && adoptedOn > today ? refuse('adopted-in-future', { field: 'adoptedOn' }) : null;
}

type ProgrammeMove = Move<ProgrammeState, ProgrammeAction, ProgrammeStep, StepRefusal['refused']>;

const step = (from: ProgrammeState, action: ProgrammeAction, to: ProgrammeState): ProgrammeMove => ({
  ...{ who: 'staff', from, action, to },
  conditions: to === 'adopted' ? [adoptionDayGiven, adoptionDayCome] : [],
});

/** The life of a unit's cooperation programme. */
export const programmeMoves: readonly ProgrammeMove[] = [
  step('not-begun', 'begin', 'drafting'),
  step('drafting', 'finish-draft', 'drafted'),
  step('drafted', 'finish-consultation', 'consulted'),
  step('consulted', 'adopt', 'adopted'),
  step('drafted', 'back-to-draft', 'drafting'),
  step('consulted', 'back-to-draft', 'drafting'),
  // What was adopted by mistake on these pages, or is to be amended.
  step('adopted', 'back-to-draft', 'drafting'),
];

/** Whether it has come at least so far; `none` asks for nothing. */
export function hasReached(state: ProgrammeState, wanted: 'none' | 'drafted' | 'adopted'): boolean {
  return wanted === 'none' || programmeStates.indexOf(state) >= programmeStates.indexOf(wanted);
}
