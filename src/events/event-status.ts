import { refuse, type Refusal } from '../shared/errors';
import { moveFrom, movesOf, refusalOfMove, type Move } from '../shared/moves';
import { isOver, type Event, type EventState } from './event';

export type EventAction = 'publish' | 'cancel';
type Code = 'event-over';
export type MoveRefusal = Refusal<'wrong-state'> | Refusal<Code>;

/** What the conditions look at. */
interface Moving {
  readonly event: Event;
  readonly now: Date;
}

const isStillToCome = ({ event, now }: Moving): Refusal<Code> | null =>
  isOver(event, now) ? refuse('event-over') : null;

/**
 * The life of an event; `events.ts` makes each move by one conditional update of the state, so of two people who press
 * the same button one wins. Nothing leads back: people have been told.
 */
export const eventMoves: readonly Move<EventState, EventAction, Moving, Code>[] = [
  { who: 'staff', from: 'planned', action: 'publish', to: 'published', conditions: [isStillToCome] },
  { who: 'staff', from: 'published', action: 'cancel', to: 'cancelled', conditions: [isStillToCome] },
];

/** The state that an action leads to, or why it cannot be taken now. */
export function moved(event: Event, action: EventAction, now: Date): EventState | MoveRefusal {
  const move = moveFrom(eventMoves, event.state, action);
  if (move === undefined) return refuse('wrong-state', { state: event.state });
  return refusalOfMove(move, { event, now }) ?? move.to;
}

/** What staff may do with an event now: the buttons of its page. */
export function actionsOfStaff(event: Event, now: Date): readonly EventAction[] {
  return movesOf(eventMoves, event.state, 'staff')
    .filter((move) => refusalOfMove(move, { event, now }) === null)
    .map(({ action }) => action);
}

/** Whether details and seats may still change. */
export function canEdit(event: Event, now: Date): boolean {
  return event.state !== 'cancelled' && event.erasedOn === null && !isOver(event, now);
}

/** Whether somebody who calls can still be written down. */
export function takesCalls(event: Event, now: Date): boolean {
  return event.state === 'published' && canEdit(event, now);
}

/** The state as people read it: an announced event that is over has taken place. */
export type ShownState = EventState | 'held';

export function shownState(event: Event, now: Date): ShownState {
  return event.state === 'published' && isOver(event, now) ? 'held' : event.state;
}
