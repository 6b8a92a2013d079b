import { refuse, type Refusal } from '../shared/errors';
import { movesOf, type Move } from '../shared/moves';

export const editionStates = ['published', 'withdrawing', 'withdrawn'] as const;
/** `withdrawing`: nobody sees it any more; its document and files are being removed. */
export type EditionState = (typeof editionStates)[number];

export type EditionAction = 'withdraw' | 'finish-withdrawing';

/** What decides whether an edition may be withdrawn. */
export interface Withdrawing {
  /** Why; what the page that stays says. */
  readonly why: string;
}

/**
 * The life of an edition; `editions.ts` makes each move by one conditional update of the state. There is no way back: a
 * report that was withdrawn by mistake is published again, as another edition.
 */
export const editionMoves: readonly Move<EditionState, EditionAction, Withdrawing, 'withdrawal-reason-missing'>[] = [
  { who: 'staff', from: 'published', action: 'withdraw', to: 'withdrawing', conditions: [reasonGiven] },
  { who: 'system', from: 'withdrawing', action: 'finish-withdrawing', to: 'withdrawn', conditions: [] },
];

export function editionMove(action: EditionAction): (typeof editionMoves)[number] {
  const move = editionMoves.find((one) => one.action === action);
  if (move === undefined) throw new TypeError(`No move of an edition is called ${action}.`);
  return move;
}

/** What staff may do with an edition of this state: the buttons of its page. */
export function actionsOfStaff(state: EditionState): readonly EditionAction[] {
  return movesOf(editionMoves, state, 'staff').map(({ action }) => action);
}

function reasonGiven({ why }: Withdrawing): Refusal<'withdrawal-reason-missing'> | null {
  return why === '' ? refuse('withdrawal-reason-missing') : null;
}
