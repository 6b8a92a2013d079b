import { refuse, type Refusal } from '../../shared/errors';
import { movesOf, refusalOfMove, type Move } from '../../shared/moves';
import type { RecommendationState, StateReport } from './recommendation';

export type RecommendationAction = 'tell' | 'plan-again' | 'begin' | 'finish' | 'finish-partly' | 'fail' | 'give-up';

type RecommendationMove = Move<RecommendationState, RecommendationAction, StateReport, 'why-missing'>;

/** What was not done, or only in part, says why. */
function whyGiven({ remark }: StateReport): Refusal<'why-missing'> | null {
  return remark.trim() === '' ? refuse('why-missing', { field: 'remark' }) : null;
}

const step = (
  from: RecommendationState,
  action: RecommendationAction,
  to: RecommendationState,
): RecommendationMove => ({
  ...{ who: 'staff', from, action, to },
  conditions: needsWhy(to) ? [whyGiven] : [],
});

/** Whether such a state, or fate, has to be explained. */
export function needsWhy(state: RecommendationState): boolean {
  return state === 'partly' || state === 'not-done' || state === 'given-up';
}

const onward = (from: RecommendationState): readonly RecommendationMove[] => [
  step(from, 'finish', 'done'),
  step(from, 'finish-partly', 'partly'),
  step(from, 'fail', 'not-done'),
  step(from, 'give-up', 'given-up'),
];

/** The life of a recommendation between the rounds. `tell` changes only what is said of the state. */
export const recommendationMoves: readonly RecommendationMove[] = [
  step('planned', 'tell', 'planned'),
  step('planned', 'begin', 'under-way'),
  ...onward('planned'),
  step('under-way', 'tell', 'under-way'),
  step('under-way', 'plan-again', 'planned'),
  ...onward('under-way'),
  step('partly', 'tell', 'partly'),
  step('partly', 'begin', 'under-way'),
  step('partly', 'finish', 'done'),
  step('partly', 'give-up', 'given-up'),
  step('not-done', 'tell', 'not-done'),
  step('not-done', 'plan-again', 'planned'),
  step('not-done', 'begin', 'under-way'),
  step('not-done', 'give-up', 'given-up'),
  // What was reported by mistake, or is taken up again after all.
  step('done', 'tell', 'done'),
  step('done', 'begin', 'under-way'),
  step('done', 'finish-partly', 'partly'),
  step('given-up', 'tell', 'given-up'),
  step('given-up', 'plan-again', 'planned'),
  step('given-up', 'begin', 'under-way'),
];

/** The states that may be reported now, the present one first. */
export function statesFrom(from: RecommendationState): readonly RecommendationState[] {
  return movesOf(recommendationMoves, from, 'staff').map(({ to }) => to);
}

/** Why this may not be reported of a recommendation in this state; null where it may. */
export function refusalOfReport(
  from: RecommendationState,
  report: StateReport,
): Refusal<'why-missing' | 'state-not-possible'> | null {
  const move = recommendationMoves.find((one) => one.from === from && one.to === report.state);
  return move === undefined ? refuse('state-not-possible', { field: 'state' }) : refusalOfMove(move, report);
}
