import type { Answers } from '../definitions/answers';
import { refuse, type Refusal } from '../shared/errors';
import { identityOf } from '../shared/plain-text';
import { rememberedFor } from '../shared/remember';

/**
 * Who has a place at an event: order of arrival decides, and nothing else. Everything that can change it is an
 * entry of one numbered, append-only log per event; this file says what the log means and what may be appended next.
 * An entry takes its number by being stored, so no number is ever taken and not yet stored: whoever appends number n
 * has read all entries before it, and decides against exactly the state that the entry will follow.
 *
 * Worked example, 2 seats: `seats 2`, `registered A`, `registered B C` → A and B are placed, C waits as first.
 * `cancelled A` → C is placed. `seats 1` is refused, since 2 people are placed.
 */
export type QueueEntry =
  SeatsEntry | RegisteredEntry | ConfirmedEntry | LapsedEntry | CancelledEntry | ChangedEntry | ClosedEntry;

interface Numbered {
  /** `<eventId>:<seq>`: storing it takes the number. */
  readonly id: string;
  readonly eventId: string;
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** When it was stored, ISO 8601 in UTC; for people who read the list, never for the order. */
  readonly at: string;
}

/** The number of seats from here on; the first entry of every log. */
export interface SeatsEntry extends Numbered {
  readonly kind: 'seats';
  /** Whole number ≥ 0. */
  readonly seats: number;
}

/** One form: people of one organisation in the order they were written down. */
export interface RegisteredEntry extends Numbered {
  readonly kind: 'registered';
  /** Random key that the form carried; a form sent twice has the same. */
  readonly formKey: string;
  /** Says whether two sends of one form had the same content. */
  readonly fingerprint: string;
  /**
   * Random secret of the private link, by which the registrant changes or cancels. Kept as it is: every later mail must
   * carry the link, and whoever could read it here could read the people's names and addresses beside it.
   */
  readonly link: string;
  /** Until when the contact has to confirm, ISO 8601 in UTC; null where nothing has to be confirmed. */
  readonly confirmBy: string | null;
  /** Random secret of the confirmation, which only the letter to that address carries. */
  readonly confirmSecret: string | null;
  readonly channel: 'web' | 'telephone';
  readonly organisation: Organisation;
  /** Where answers and news go. */
  readonly contactEmail: string;
  readonly language: 'pl' | 'en';
  readonly people: readonly Person[];
}

/** The contact of a form has opened the link of the letter: the address is theirs, and the people can be written to. */
export interface ConfirmedEntry extends Numbered {
  readonly kind: 'confirmed';
  /** Id of the registered entry. */
  readonly form: string;
}

/** A form was not confirmed in time: its people give their places up to the next in line. */
export interface LapsedEntry extends Numbered {
  readonly kind: 'lapsed';
  /** Id of the registered entry. */
  readonly form: string;
}

/**
 * Nothing follows any more: the event was called off, or its personal data were deleted. The entry of a deletion is
 * stored before the others are removed and stays alone, so that whoever still keeps the list in memory learns of it.
 */
export interface ClosedEntry extends Numbered {
  readonly kind: 'closed';
  readonly why: 'event-cancelled' | 'erased';
}

export interface CancelledEntry extends Numbered {
  readonly kind: 'cancelled';
  readonly personId: string;
  readonly by: 'registrant' | 'organiser';
  readonly reason?: string;
}

/** Details of a person corrected; the place in the order stays. */
export interface ChangedEntry extends Numbered {
  readonly kind: 'changed';
  readonly personId: string;
  readonly person: Person;
}

export interface Organisation {
  readonly name: string;
  readonly kind: 'ngo' | 'office' | 'other';
  /** Code of the place that it is seated in (`territory/place.ts`). */
  readonly seat: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Own address where given; the person is then told too. */
  readonly email?: string;
  /** Answers to the event's registration questions, those that count. */
  readonly answers?: Answers;
}

/** A person in the queue, with the form that brought them. */
export interface Registrant {
  readonly person: Person;
  readonly form: RegisteredEntry;
  /**
   * Number of the entry since which the people of the form may be written to: its own, or the contact's confirmation;
   * null while that is waited for.
   */
  readonly confirmedBy: number | null;
  /** Why and by whom, once off the list. */
  readonly cancelled: CancelledEntry | LapsedEntry | null;
}

export interface QueueState {
  /** Number of the last entry; 0 for an empty log. */
  readonly seq: number;
  readonly seats: number;
  /** Everybody who ever registered, in order of arrival. */
  readonly registrants: readonly Registrant[];
  /** Why nothing may be appended any more; null while it may. */
  readonly closed: ClosedEntry['why'] | null;
}

export const emptyQueue: QueueState = { seq: 0, seats: 0, registrants: [], closed: null };

/** Where a person stands: `waiting` is 1 for the first in line. */
export type Standing =
  { readonly is: 'placed' } | { readonly is: 'waiting'; readonly position: number } | { readonly is: 'cancelled' };

/** The state after one more entry; entries come in the order of their numbers. */
export function follow(state: QueueState, entry: QueueEntry): QueueState {
  const seq = entry.seq;
  switch (entry.kind) {
    case 'seats':
      return { ...state, seq, seats: entry.seats };
    case 'registered':
      return {
        ...state,
        seq,
        registrants: [
          ...state.registrants,
          ...entry.people.map((person) => ({
            ...{ person, form: entry, cancelled: null },
            confirmedBy: entry.confirmBy === null ? seq : null,
          })),
        ],
      };
    case 'confirmed':
      return { ...state, seq, registrants: ofForm(state, entry.form, (one) => ({ ...one, confirmedBy: seq })) };
    case 'lapsed':
      return {
        ...state,
        seq,
        registrants: ofForm(state, entry.form, (one) => ({ ...one, cancelled: one.cancelled ?? entry })),
      };
    case 'closed':
      return entry.why === 'erased'
        ? { ...emptyQueue, seq, closed: 'erased' }
        : { ...state, seq, closed: state.closed ?? entry.why };
    case 'cancelled':
      return {
        ...state,
        seq,
        registrants: state.registrants.map((one) =>
          one.person.id === entry.personId ? { ...one, cancelled: entry } : one,
        ),
      };
    case 'changed':
      return {
        ...state,
        seq,
        registrants: state.registrants.map((one) =>
          one.person.id === entry.personId ? { ...one, person: entry.person } : one,
        ),
      };
  }
}

function ofForm(
  { registrants }: QueueState,
  form: string,
  change: (one: Registrant) => Registrant,
): readonly Registrant[] {
  return registrants.map((one) => (one.form.id === form ? change(one) : one));
}

/** Everybody not cancelled, in order of arrival: the first `seats` of them are placed. */
export function active(state: QueueState): readonly Registrant[] {
  return state.registrants.filter((one) => one.cancelled === null);
}

export function placed(state: QueueState): readonly Registrant[] {
  return active(state).slice(0, state.seats);
}

export function waiting(state: QueueState): readonly Registrant[] {
  return active(state).slice(state.seats);
}

/** Places that a next person would get at once. */
export function freePlaces(state: QueueState): number {
  return Math.max(0, state.seats - active(state).length);
}

/** Standing of each person by id. */
export function standings(state: QueueState): ReadonlyMap<string, Standing> {
  const result = new Map<string, Standing>();
  for (const { person } of state.registrants) result.set(person.id, { is: 'cancelled' });
  for (const [index, { person }] of active(state).entries()) {
    result.set(
      person.id,
      index < state.seats ? { is: 'placed' } : { is: 'waiting', position: index - state.seats + 1 },
    );
  }
  return result;
}

/** People who waited before an entry and are placed after it: they have to be told. */
export function movedUp(before: QueueState, after: QueueState): readonly Registrant[] {
  const waitedBefore = new Set(waiting(before).map((one) => one.person.id));
  return placed(after).filter((one) => waitedBefore.has(one.person.id));
}

/** Forms that wait for their contact's confirmation, with people on the list, in order of arrival. */
export function unconfirmed(state: QueueState): readonly RegisteredEntry[] {
  return [...new Set(active(state).flatMap(({ form, confirmedBy }) => (confirmedBy === null ? [form] : [])))];
}

/** Those of them whose time is up. */
export function overdue(state: QueueState, now: Date): readonly RegisteredEntry[] {
  const moment = now.toISOString();
  return unconfirmed(state).filter(({ confirmBy }) => confirmBy !== null && confirmBy <= moment);
}

/** What the contact of a form may still confirm, and the refusal where it may not. */
export function checkConfirmation(
  state: QueueState,
  form: RegisteredEntry,
  now: Date,
): 'due' | 'confirmed' | Refusal<'confirmation-late'> | Refusal<'cancelled-already'> {
  const people = state.registrants.filter((one) => one.form.id === form.id);
  if (people.some(({ confirmedBy }) => confirmedBy !== null)) return 'confirmed';
  if (people.some(({ cancelled }) => cancelled?.kind === 'lapsed')) return refuse('confirmation-late');
  if (people.every(({ cancelled }) => cancelled !== null)) return refuse('cancelled-already');
  return overdue(state, now).some(({ id }) => id === form.id) ? refuse('confirmation-late') : 'due';
}

/** Seats may be raised at any time and lowered down to the people placed. */
export function checkSeats(state: QueueState, seats: number): Refusal<'seats-below-placed'> | null {
  const taken = placed(state).length;
  return seats < taken ? refuse('seats-below-placed', { placed: taken, seats }) : null;
}

/** What an arriving form meets: itself (sent twice), people who are registered already, or nothing in its way. */
export type Arrival =
  | { readonly is: 'new' }
  | { readonly is: 'repeated'; readonly entry: RegisteredEntry }
  | Refusal<'form-changed-after-sending'>
  | Refusal<'person-registered-already'>;

export function checkArrival(
  state: QueueState,
  form: Pick<RegisteredEntry, 'formKey' | 'fingerprint' | 'people' | 'contactEmail'>,
): Arrival {
  const same = state.registrants.find((one) => one.form.formKey === form.formKey)?.form;
  if (same !== undefined) {
    // Only who filled the form in knows its key, so the link may be told.
    return same.fingerprint === form.fingerprint
      ? { is: 'repeated', entry: same }
      : refuse('form-changed-after-sending', { link: same.link });
  }
  const known = new Set(active(state).map((one) => identityIn(one).key));
  for (const person of form.people) {
    const who = identity(person, form.contactEmail);
    if (known.has(who)) return refuse('person-registered-already', { name: person.name });
    known.add(who);
  }
  return { is: 'new' };
}

/** Corrected details must not turn one person into another who is on the list. */
export function checkChange(
  state: QueueState,
  personId: string,
  person: Omit<Person, 'id'>,
): Refusal<'not-registered'> | Refusal<'cancelled-already'> | Refusal<'person-registered-already'> | null {
  const fault = checkCancellation(state, personId);
  if (fault !== null) return fault;
  const contact = state.registrants.find((one) => one.person.id === personId)?.form.contactEmail ?? '';
  const who = identity({ ...person, id: personId }, contact);
  const taken = active(state).some((one) => one.person.id !== personId && identityIn(one).key === who);
  return taken ? refuse('person-registered-already', { name: person.name }) : null;
}

/** One person at one event: name and address, as people would compare them. */
function identity(person: Person, contactEmail: string): string {
  return `${identityOf(person.name)} ${(person.email ?? contactEmail).toLowerCase().trim()}`;
}

/** Everybody in the queue is compared with everybody who comes: once worked out, it is kept. */
const identityIn = rememberedFor(({ person, form }: Registrant) => ({ key: identity(person, form.contactEmail) }));

/** A person can be cancelled once; `not-registered` for an id that is not in this queue. */
export function checkCancellation(
  state: QueueState,
  personId: string,
): Refusal<'not-registered'> | Refusal<'cancelled-already'> | null {
  const found = state.registrants.find((one) => one.person.id === personId);
  if (found === undefined) return refuse('not-registered');
  return found.cancelled === null ? null : refuse('cancelled-already');
}
