import { refuse, type Refusal } from '../shared/errors';
import { isOver, type Event, type EventState } from './event';

/**
 * The life of an event as one table; `events.ts` makes each move by one conditional update, so two people who press the
 * same button cannot both win, and the staff's buttons come from it. Nothing leads back: people have been told.
 */
export type EventAction = 'publish' | 'cancel';
export type MoveRefusal = Refusal<'wrong-state'> | Refusal<'event-over'>;

/** Null where it holds. */
type Condition = (event: Event, now: Date) => MoveRefusal | null;

const isStillToCome: Condition = (event, now) => (isOver(event, now) ? refuse('event-over') : null);

export interface EventMove {
  readonly from: EventState;
  readonly to: EventState;
  readonly conditions: readonly Condition[];
}

export const eventMoves: Readonly<Record<EventAction, EventMove>> = {
  publish: { from: 'planned', to: 'published', conditions: [isStillToCome] },
  cancel: { from: 'published', to: 'cancelled', conditions: [isStillToCome] },
};

/** Why a move cannot be made now; null where it can. */
export function moveFault(action: EventAction, event: Event, now: Date): MoveRefusal | null {
  const { from, conditions } = eventMoves[action];
  if (event.state !== from) return refuse('wrong-state', { state: event.state });
  for (const condition of conditions) {
    const fault = condition(event, now);
    if (fault !== null) return fault;
  }
  return null;
}

/** What may be done with an event besides moving it. */
export function canEdit(event: Event, now: Date): boolean {
  return event.state !== 'cancelled' && event.erasedOn === null && !isOver(event, now);
}

/** The state as people read it: an announced event that is over has taken place. */
export type ShownState = EventState | 'held';

export function shownState(event: Event, now: Date): ShownState {
  return event.state === 'published' && isOver(event, now) ? 'held' : event.state;
}
