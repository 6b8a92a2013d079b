import { movesOf, type Move } from '../shared/moves';
import {
  baselineClosed,
  groupsKnown,
  groupsLargeEnough,
  instrumentUsable,
  somebodyAsked,
  somethingInScope,
  type Opening,
  type OpeningCode,
} from './opening-conditions';
import type { RoundStatus } from './round';

export type RoundAction = 'open' | 'begin-closing' | 'finish-closing';

/**
 * The life of a round; `rounds.ts` makes each move by one conditional update of the status, so of two people who press
 * the same button one wins. There is no way back from `closing`: answers lose their order there. `finish-closing` is
 * made by `sealing.ts`, once it has sealed the answers.
 */
export const roundMoves: readonly Move<RoundStatus, RoundAction, Opening, OpeningCode>[] = [
  {
    who: 'staff',
    from: 'draft',
    action: 'open',
    to: 'open',
    conditions: [instrumentUsable, groupsKnown, somebodyAsked, groupsLargeEnough, somethingInScope, baselineClosed],
  },
  { who: 'staff', from: 'open', action: 'begin-closing', to: 'closing', conditions: [] },
  { who: 'system', from: 'closing', action: 'finish-closing', to: 'closed', conditions: [] },
];

/** The move that this action makes; each action has exactly one. */
export function roundMove(action: RoundAction): (typeof roundMoves)[number] {
  const move = roundMoves.find((one) => one.action === action);
  if (move === undefined) throw new TypeError(`No move of a round is called ${action}.`);
  return move;
}

/** What staff may do with a round of this status, if nothing is in the way: the buttons of its page. */
export function actionsOfStaff(status: RoundStatus): readonly RoundAction[] {
  return movesOf(roundMoves, status, 'staff').map(({ action }) => action);
}
