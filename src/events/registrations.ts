import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { momentOf } from '../shared/warsaw-time';
import { addressIn } from './addresses-in-text';
import { isOver, registrationAt, type Event, type RegistrationTime } from './event';
import type { Events } from './events';
import {
  checkArrival,
  checkCancellation,
  checkChange,
  checkConfirmation,
  overdue,
  standings,
  type Organisation,
  type Person,
  type QueueState,
  type RegisteredEntry,
  type Standing,
} from './queue';
import type { Appended, NewEntry, Queues } from './queues';

/** One form as it was sent, checked field by field already. */
export interface RegistrationForm {
  /** Random key that the empty form carried: the same on every send of it. */
  readonly formKey: string;
  readonly channel: RegisteredEntry['channel'];
  readonly organisation: Organisation;
  readonly contactEmail: string;
  readonly language: 'pl' | 'en';
  /** In the order they were written down; 1 to the event's `perFormLimit`. */
  readonly people: readonly Omit<Person, 'id'>[];
}

/** What the registrant is told at once, and again on every repeat. */
export interface Registered {
  readonly eventId: string;
  readonly link: string;
  readonly contactEmail: string;
  readonly people: readonly { readonly person: Person; readonly standing: Standing }[];
  /** Until when the contact has to confirm, ISO 8601 in UTC; null where that is done or was not needed. */
  readonly confirmBy: string | null;
  /** The contact did not confirm in time, and the places went to others. */
  readonly lapsed: boolean;
  /** The form had been stored by an earlier send. */
  readonly repeated: boolean;
}

export type RegisterRefusal =
  | Refusal<'event-unknown' | 'too-many-people' | 'no-people'>
  | Refusal<'registration-not-yet' | 'registration-closed' | 'event-cancelled' | 'event-over'>
  | Refusal<'form-changed-after-sending' | 'person-registered-already'>
  | Refusal<'address-in-name' | 'too-many-letters'>;
export type ConfirmRefusal = Refusal<
  'link-unknown' | 'confirmation-late' | 'cancelled-already' | 'event-cancelled' | 'event-over'
>;

type ChangeRefusal = Refusal<'not-registered' | 'cancelled-already' | 'person-registered-already' | 'address-in-name'>;
export type LinkRefusal = ChangeRefusal | Refusal<'link-unknown' | 'event-over' | 'event-cancelled'>;

export interface Registrations {
  register(eventId: string, form: RegistrationForm): Promise<Registered | RegisterRefusal>;
  /** What the private link shows; null for a link that is none of ours, or whose data have been deleted. */
  byLink(link: string): Promise<Registered | null>;
  /** What the link of the letter shows before it is confirmed; null where it is none of ours any more. */
  bySecret(secret: string): Promise<Registered | null>;
  /** The contact confirms: from here on people are written to. Pressed twice it is done once. */
  confirm(secret: string): Promise<Registered | ConfirmRefusal>;
  /** Gives up the places of forms that were not confirmed in time; how many forms. */
  lapseOverdue(eventId: string): Promise<number>;
  cancelByLink(link: string, personId: string): Promise<Appended | LinkRefusal>;
  /** Corrects name, address or answers; the place in the order stays. */
  changeByLink(link: string, personId: string, person: Omit<Person, 'id'>): Promise<Appended | LinkRefusal>;
  /** The organiser takes somebody off the list, and has to say why: the person is told. */
  cancelByOrganiser(
    eventId: string,
    personId: string,
    reason: string,
  ): Promise<Appended | ChangeRefusal | Refusal<'cancellation-reason-missing' | 'event-unknown' | 'event-over'>>;
}

/** More letters that ask for confirmation in an hour than any office needs. */
const mostAsked = 5;

export function createRegistrations(deps: {
  events: Events;
  queues: Queues;
  clock: Clock;
  ids: Ids;
  /** `randomBytes` of node:crypto, for the secrets of private links. */
  randomBytes: (size: number) => Buffer;
  /** How long the contact of a form has to confirm it; null: nothing has to be confirmed, since no letters go out. */
  confirmWithinHours: number | null;
  /** How many letters that ask for confirmation were written to an address since a moment. */
  confirmationsAsked: (address: string, since: Date) => Promise<number>;
  /** Called with every entry that was appended: mail is owed for it. */
  appended: (appended: Appended) => Promise<void>;
}): Registrations {
  const { events, queues, clock, ids } = deps;
  const secretForm = /^[A-Za-z0-9_-]{20,64}$/;

  async function entryOf(link: string): Promise<RegisteredEntry | null> {
    const entry = secretForm.test(link) ? await queues.byLink(link) : null;
    return entry?.kind === 'registered' ? entry : null;
  }

  /** Appends a change to one person's place that the holder of the link asks for. */
  async function changeThrough(
    link: string,
    personId: string,
    change: NewEntry,
    check: (state: QueueState) => ChangeRefusal | null,
  ): Promise<Appended | LinkRefusal> {
    const entry = await entryOf(link);
    if (entry === null) return refuse('link-unknown');
    const event = await events.get(entry.eventId);
    if (event === null || hasBegun(event.startsAt)) return refuse('event-over');
    if (event.state === 'cancelled') return refuse('event-cancelled');
    const result = await queues.append<ChangeRefusal>(entry.eventId, (state) => {
      const isMine = state.registrants.some((one) => one.person.id === personId && one.form.id === entry.id);
      const fault = isMine ? check(state) : refuse('not-registered');
      return fault === null ? { append: change } : { stop: fault };
    });
    return told(result);
  }

  /** By telephone also before the opening and after the closing, as long as there is something to come to. */
  function timeFault(event: Event, channel: RegistrationForm['channel']): RegisterRefusal | null {
    if (channel === 'web') {
      const time = registrationAt(event, clock());
      return time === 'open' ? null : refuse(tooEarlyOrLate[time]);
    }
    if (event.state === 'cancelled') return refuse('event-cancelled');
    return isOver(event, clock()) ? refuse('event-over') : null;
  }

  function hasBegun(startsAt: string): boolean {
    const begins = events.momentOf(startsAt);
    return begins !== null && clock() >= begins;
  }

  async function told<Other>(result: Appended | { readonly stop: Other }): Promise<Appended | Other> {
    if ('stop' in result) return result.stop;
    await deps.appended(result);
    return result;
  }

  /** A day, or until the event begins. */
  function confirmByOf(event: Event, { channel }: RegistrationForm): string | null {
    if (deps.confirmWithinHours === null || channel === 'telephone') return null;
    const inTime = clock().getTime() + deps.confirmWithinHours * 3_600_000;
    return new Date(Math.min(inTime, momentOf(event.startsAt)?.getTime() ?? inTime)).toISOString();
  }

  async function lapseOverdue(eventId: string): Promise<number> {
    let lapsed = 0;
    for (const { id } of overdue(await queues.state(eventId), clock())) {
      const result = await queues.append<null>(eventId, (state) =>
        overdue(state, clock()).some((form) => form.id === id)
          ? { append: { kind: 'lapsed', form: id } }
          : { stop: null },
      );
      if ('stop' in result) continue;
      lapsed += 1;
      await deps.appended(result);
    }
    return lapsed;
  }

  async function entryOfSecret(secret: string): Promise<RegisteredEntry | null> {
    const entry = secretForm.test(secret) ? await queues.bySecret(secret) : null;
    return entry?.kind === 'registered' ? entry : null;
  }

  return {
    lapseOverdue,

    async register(eventId, form) {
      // Once it is taken it stays so: those who come later only read it.
      const seen = await events.get(eventId);
      const event = seen?.taken === false ? ((await events.take(eventId)) ?? (await events.get(eventId))) : seen;
      if (event === null || event.state === 'planned') return refuse('event-unknown');
      if (event.erasedOn !== null) return refuse('event-over');
      const named = [form.organisation.name, ...form.people.map(({ name }) => name)].find((name) => addressIn(name));
      if (named !== undefined) return refuse('address-in-name', { name: named });
      if (form.people.length === 0) return refuse('no-people');
      if (form.people.length > event.perFormLimit) return refuse('too-many-people', { most: event.perFormLimit });

      const fingerprint = fingerprintOf(form);
      const people = form.people.map((person) => ({ ...person, id: ids.uuid() }));
      const confirmBy = confirmByOf(event, form);
      const secret = (): string => deps.randomBytes(24).toString('base64url');
      const entry = {
        ...form,
        ...{ kind: 'registered' as const, fingerprint, people, link: secret() },
        ...{ confirmBy, confirmSecret: confirmBy === null ? null : secret() },
      };
      const hourAgo = new Date(clock().getTime() - 3_600_000);
      const asked = confirmBy === null ? 0 : await deps.confirmationsAsked(form.contactEmail, hourAgo);
      await lapseOverdue(eventId);
      const result = await queues.append<Registered | RegisterRefusal>(eventId, (state) => {
        if (state.closed !== null) {
          return { stop: refuse(state.closed === 'erased' ? 'event-over' : 'event-cancelled') };
        }
        const arrival = checkArrival(state, entry);
        if (isRefusal(arrival)) return { stop: arrival };
        if (arrival.is === 'repeated') return { stop: registeredIn(state, arrival.entry, true) };
        const fault = timeFault(event, form.channel) ?? (asked >= mostAsked ? refuse('too-many-letters') : null);
        return fault === null ? { append: entry } : { stop: fault };
      });
      if ('stop' in result) return result.stop;
      await deps.appended(result);
      return registeredIn(result.after, result.entry as RegisteredEntry, false);
    },

    async byLink(link) {
      const entry = await entryOf(link);
      return entry && registeredIn(await queues.state(entry.eventId), entry, false);
    },

    async bySecret(secret) {
      const entry = await entryOfSecret(secret);
      return entry && registeredIn(await queues.state(entry.eventId), entry, false);
    },

    async confirm(secret) {
      const entry = await entryOfSecret(secret);
      if (entry === null) return refuse('link-unknown');
      await lapseOverdue(entry.eventId);
      const result = await queues.append<Registered | ConfirmRefusal>(entry.eventId, (state) => {
        if (state.closed !== null) {
          return { stop: refuse(state.closed === 'erased' ? 'event-over' : 'event-cancelled') };
        }
        const found = checkConfirmation(state, entry, clock());
        if (isRefusal(found)) return { stop: found };
        if (found === 'confirmed') return { stop: registeredIn(state, entry, true) };
        return { append: { kind: 'confirmed', form: entry.id } };
      });
      if ('stop' in result) return result.stop;
      await deps.appended(result);
      return registeredIn(result.after, entry, false);
    },

    cancelByLink: (link, personId) =>
      changeThrough(link, personId, { kind: 'cancelled', personId, by: 'registrant' }, (state) =>
        checkCancellation(state, personId),
      ),

    changeByLink: (link, personId, person) =>
      changeThrough(link, personId, { kind: 'changed', personId, person: { ...person, id: personId } }, (state) =>
        addressIn(person.name)
          ? refuse('address-in-name', { name: person.name })
          : checkChange(state, personId, person),
      ),

    async cancelByOrganiser(eventId, personId, reason) {
      const words = reason.trim();
      if (words === '') return refuse('cancellation-reason-missing');
      const event = await events.get(eventId);
      if (event === null) return refuse('event-unknown');
      // What happened on the day is for the attendance to say.
      if (isOver(event, clock())) return refuse('event-over');
      const result = await queues.append<ChangeRefusal>(eventId, (state) => {
        const fault = checkCancellation(state, personId);
        return fault === null
          ? { append: { kind: 'cancelled', personId, by: 'organiser', reason: words } }
          : { stop: fault };
      });
      return told(result);
    },
  };
}

const tooEarlyOrLate = {
  'not-yet': 'registration-not-yet',
  closed: 'registration-closed',
  cancelled: 'event-cancelled',
} as const satisfies Record<Exclude<RegistrationTime, 'open'>, string>;

function registeredIn(state: QueueState, entry: RegisteredEntry, repeated: boolean): Registered {
  const now = standings(state);
  const ofForm = state.registrants.filter((one) => one.form.id === entry.id);
  const waits = ofForm.some(({ confirmedBy, cancelled }) => confirmedBy === null && cancelled === null);
  return {
    confirmBy: waits ? entry.confirmBy : null,
    lapsed: ofForm.some(({ cancelled }) => cancelled?.kind === 'lapsed'),
    eventId: entry.eventId,
    link: entry.link,
    contactEmail: entry.contactEmail,
    people: ofForm.map(({ person }) => ({ person, standing: now.get(person.id) ?? { is: 'cancelled' } })),
    repeated,
  };
}

/** Two sends of one form have the same content if this is the same. */
function fingerprintOf({ organisation, contactEmail, people }: RegistrationForm): string {
  return createHash('sha256').update(JSON.stringify({ organisation, contactEmail, people })).digest('base64url');
}
