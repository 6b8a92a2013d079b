import type { Refusal } from './errors';

/** `staff`: a signed-in person; `system`: follows by itself, also at start after a crash. */
export type Mover = 'staff' | 'system';

/**
 * One step in the life of a thing that has states. A table of these is all that is known of that life: services make
 * the moves by it, and pages make their buttons of it.
 */
export interface Move<State extends string, Action extends string, Subject, Code extends string> {
  readonly who: Mover;
  readonly from: State;
  readonly action: Action;
  readonly to: State;
  /** What must hold: each says why the move may not be made now, or null. The first that refuses counts. */
  readonly conditions: readonly ((subject: Subject) => Refusal<Code> | null)[];
}

/** The move that an action makes from a state; undefined where the action has no place there. */
export function moveFrom<State extends string, Action extends string, Subject, Code extends string>(
  moves: readonly Move<State, Action, Subject, Code>[],
  from: State,
  action: string,
): Move<State, Action, Subject, Code> | undefined {
  return moves.find((move) => move.from === from && move.action === action);
}

/** What this mover may do with a thing in this state, if the conditions hold. */
export function movesOf<State extends string, Action extends string, Subject, Code extends string>(
  moves: readonly Move<State, Action, Subject, Code>[],
  from: State,
  who: Mover,
): readonly Move<State, Action, Subject, Code>[] {
  return moves.filter((move) => move.from === from && move.who === who);
}

/** Why a move may not be made now; null where nothing is in the way. */
export function refusalOfMove<Subject, Code extends string>(
  { conditions }: { readonly conditions: readonly ((subject: Subject) => Refusal<Code> | null)[] },
  subject: Subject,
): Refusal<Code> | null {
  for (const condition of conditions) {
    const refusal = condition(subject);
    if (refusal !== null) return refusal;
  }
  return null;
}
