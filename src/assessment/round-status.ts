/**
 * The life of a round as one table; `rounds.ts` makes each move by one conditional update of the status, so two people
 * who press the same button cannot both win. There is no way back from `closing`: answers lose their order there.
 */
export const roundStatuses = ['draft', 'open', 'closing', 'closed'] as const;
export type RoundStatus = (typeof roundStatuses)[number];

/** `staff`: a signed-in person; `system`: follows by itself, also at start after a crash. */
export type Mover = 'staff' | 'system';
export type RoundAction = 'open' | 'begin-closing' | 'finish-closing';

/** What must hold before a move; the codes are the refusals of `conditionsOf` in `opening-conditions.ts`. */
export type MoveCondition =
  'instrument-usable' | 'groups-known' | 'something-in-scope' | 'baseline-closed' | 'answers-sealed';

export interface Move {
  readonly who: Mover;
  readonly from: RoundStatus;
  readonly action: RoundAction;
  readonly to: RoundStatus;
  readonly conditions: readonly MoveCondition[];
}

export const moves: readonly Move[] = [
  {
    who: 'staff',
    from: 'draft',
    action: 'open',
    to: 'open',
    conditions: ['instrument-usable', 'groups-known', 'something-in-scope', 'baseline-closed'],
  },
  { who: 'staff', from: 'open', action: 'begin-closing', to: 'closing', conditions: [] },
  { who: 'system', from: 'closing', action: 'finish-closing', to: 'closed', conditions: ['answers-sealed'] },
];

/** The move that this action makes; each action has exactly one. */
export function moveOf(action: RoundAction): Move {
  const move = moves.find((one) => one.action === action);
  if (move === undefined) throw new Error(`No move is called ${action}.`);
  return move;
}

/** What this mover may do with a round of this status; the staff pages make their buttons of it. */
export function actionsFrom(status: RoundStatus, who: Mover): readonly RoundAction[] {
  return moves.filter((move) => move.from === status && move.who === who).map((move) => move.action);
}
