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
import type { RoundSettings, RoundStatus } from './round';

export type RoundAction =
  'open' | 'open-on-time' | 'begin-closing' | 'close-on-time' | 'reopen' | 'seal-now' | 'seal' | 'finish-closing';

const opening = [instrumentUsable, groupsKnown, somebodyAsked, groupsLargeEnough, somethingInScope, baselineClosed];

/**
 * The life of a round; `rounds.ts` makes each move by one conditional update of the status, so of two who make a move at
 * the same time one wins. While it is `closing`, those who have begun may finish, and staff may take it back, which the
 * report says. From `sealing` there is no way back: answers lose their order there. `finish-closing` is made by
 * `collection/sealing.ts`, once it has sealed the answers; the other moves of the system by `collection/round-clock.ts`.
 */
export const roundMoves: readonly Move<RoundStatus, RoundAction, Opening, OpeningCode>[] = [
  { who: 'staff', from: 'draft', action: 'open', to: 'open', conditions: opening },
  { who: 'system', from: 'draft', action: 'open-on-time', to: 'open', conditions: opening },
  { who: 'staff', from: 'open', action: 'begin-closing', to: 'closing', conditions: [] },
  { who: 'system', from: 'open', action: 'close-on-time', to: 'closing', conditions: [] },
  { who: 'staff', from: 'closing', action: 'reopen', to: 'open', conditions: [] },
  { who: 'staff', from: 'closing', action: 'seal-now', to: 'sealing', conditions: [] },
  { who: 'system', from: 'closing', action: 'seal', to: 'sealing', conditions: [] },
  { who: 'system', from: 'sealing', action: 'finish-closing', to: 'closed', conditions: [] },
];

/**
 * What staff may still change of a round's settings. Once respondents have the link, what they are asked stands still,
 * and whom, by which way, with what texts. Sizes may be corrected even after closing, until the results are computed
 * from them (`results-status.ts`).
 */
export const editableWhile: Readonly<Record<RoundStatus, readonly (keyof RoundSettings)[]>> = {
  draft: [
    ...(['form', 'assessedYear', 'opensOn', 'opensTime', 'closesOn', 'closesTime', 'graceMinutes'] as const),
    ...(['groupSizes', 'notAsked', 'mergedGroups', 'outOfScope', 'ways'] as const),
  ],
  open: ['closesOn', 'closesTime', 'graceMinutes', 'groupSizes'],
  closing: [],
  sealing: [],
  closed: ['groupSizes'],
};

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
