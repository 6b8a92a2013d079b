import type { Instrument } from '../definitions/instrument';
import { refuse, type Refusal } from '../shared/errors';
import type { Move } from '../shared/moves';
import { groupsOver } from './group-counts';
import type { Round } from './round';

/** `none`: the round is not closed; `waiting`: for staff to settle the sizes of its groups; `computed`: made for good. */
export type ResultsState = 'none' | 'waiting' | 'computed';

/** What decides whether results may be computed. */
export interface Computing {
  readonly round: Round;
  /** What it asked. */
  readonly instrument: Instrument;
  /** How many people of each group have answered. */
  readonly counts: Readonly<Record<string, number>>;
}

export type ComputingRefusal = Refusal<'more-answers-than-people'>;

/**
 * How a closed round comes to its results. What is published is made once, so the sizes it rests on are settled first
 * and stand still from then on (anonymity.md 2); `rounds.ts` makes the move by one conditional update.
 */
export const resultsMoves: readonly Move<ResultsState, 'compute', Computing, 'more-answers-than-people'>[] = [
  { who: 'staff', from: 'waiting', action: 'compute', to: 'computed', conditions: [sizesHold] },
];

export function resultsStateOf({ status, computedOn }: Pick<Round, 'status' | 'computedOn'>): ResultsState {
  if (status !== 'closed') return 'none';
  return computedOn === undefined ? 'waiting' : 'computed';
}

/** Whether both rounds of an assessment are there and have results. */
export function areComparable(rounds: readonly Pick<Round, 'status' | 'computedOn'>[]): boolean {
  return rounds.length === 2 && rounds.every((round) => resultsStateOf(round) === 'computed');
}

/** Nowhere have more people answered than the group is said to have: staff correct the size, or take it away. */
function sizesHold({ round, instrument, counts }: Computing): ComputingRefusal | null {
  const over = groupsOver(instrument, counts, round);
  return over === 0 ? null : refuse('more-answers-than-people', { count: over });
}
