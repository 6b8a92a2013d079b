import type { Answers } from '../definitions/answers';
import { refuse, type Refusal } from '../shared/errors';

/**
 * Who has a place at an event: order of arrival decides, and nothing else. Everything that can change it is an
 * entry of one numbered, append-only log per event; this file says what the log means and what may be appended next.
 * An entry takes its number by being stored, so no number is ever taken and not yet stored: whoever appends number n
 * has read all entries before it, and decides against exactly the state that the entry will follow.
 *
 * Worked example, 2 seats: `seats 2`, `registered A`, `registered B C` → A and B are placed, C waits as first.
 * `cancelled A` → C is placed. `seats 1` is refused, since 2 people are placed.
 */
export type QueueEntry = SeatsEntry | RegisteredEntry | CancelledEntry | ChangedEntry;

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
  readonly channel: 'web' | 'telephone';
  readonly organisation: Organisation;
  /** Where answers and news go. */
  readonly contactEmail: string;
  readonly language: 'pl' | 'en';
  readonly people: readonly Person[];
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
  /** First six digits of the TERC code of the gmina it is seated in. */
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
  /** Why and by whom, once cancelled. */
  readonly cancelled: CancelledEntry | null;
}

export interface QueueState {
  /** Number of the last entry; 0 for an empty log. */
  readonly seq: number;
  readonly seats: number;
  /** Everybody who ever registered, in order of arrival. */
  readonly registrants: readonly Registrant[];
}

export const emptyQueue: QueueState = { seq: 0, seats: 0, registrants: [] };

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
          ...entry.people.map((person) => ({ person, form: entry, cancelled: null })),
        ],
      };
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
  const known = new Set(active(state).map((one) => identity(one.person, one.form.contactEmail)));
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
  const taken = active(state).some(
    (one) => one.person.id !== personId && identity(one.person, one.form.contactEmail) === who,
  );
  return taken ? refuse('person-registered-already', { name: person.name }) : null;
}

/** One person at one event: name and address, as people would compare them. */
function identity(person: Person, contactEmail: string): string {
  const name = person.name.normalize('NFKC').toLocaleLowerCase('pl').replace(/\s+/g, ' ').trim();
  return `${name} ${(person.email ?? contactEmail).toLowerCase().trim()}`;
}

/** A person can be cancelled once; `not-registered` for an id that is not in this queue. */
export function checkCancellation(
  state: QueueState,
  personId: string,
): Refusal<'not-registered'> | Refusal<'cancelled-already'> | null {
  const found = state.registrants.find((one) => one.person.id === personId);
  if (found === undefined) return refuse('not-registered');
  return found.cancelled === null ? null : refuse('cancelled-already');
}
