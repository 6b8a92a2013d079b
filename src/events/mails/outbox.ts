import type { Clock } from '../../shared/clock';
import { documentOf, nullable, text, words } from '../../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { calendarOf } from '../calendar';
import { isOver, type Event } from '../event';
import { letterKinds, withBase, type Letter } from './letter';
import type { MailTransport } from './transport';

/**
 * waiting → sending → sent, or back to waiting until the tries are used up, then failed. A letter that is not true any
 * more when its turn comes is dropped: whatever made it untrue has a letter of its own.
 */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'dropped'] as const;

export interface Mail extends Letter, Stored {
  readonly state: (typeof mailStates)[number];
  /** ISO 8601 in UTC; of equal moments the id decides. */
  readonly createdAt: string;
  /** When it is tried next, or when the try under way counts as lost. */
  readonly dueAt: string;
  readonly attempts: number;
  readonly sentAt: string | null;
  /** What the mail server said at the last failed try. */
  readonly error: string | null;
}

export const mailsSpec: CollectionSpec<Mail> = {
  name: 'mails',
  schema: documentOf({
    eventId: text,
    kind: { enum: [...letterKinds] },
    to: words(254),
    language: { enum: ['pl', 'en'] },
    subject: words(400),
    text: words(20_000),
    calendar: { type: 'boolean' },
    state: { enum: [...mailStates] },
    createdAt: text,
    dueAt: text,
    attempts: { type: 'integer', minimum: 0 },
    sentAt: nullable(text),
    error: nullable(words(500)),
  }),
  indexes: [['eventId'], ['state', 'dueAt'], ['to']],
};

/** Minutes after each failed try until the next one; after the last it is given up. */
const waits = [1, 5, 30, 120, 360, 720];
/** A try that has not ended after this long was cut off by a crash. */
const longestTry = 10;
/** Minutes until a letter is tried again whose address has had its share. */
const waitForHour = 10;
/** Most letters to one address in an hour; the others wait. */
export const mostPerHour = 20;

/** An event and the letters that are owed for it as things stand, by id. */
export interface Owed {
  readonly event: Event;
  readonly letters: ReadonlyMap<string, Letter>;
}

export interface Outbox {
  /** Writes letters down that are owed; those that are there already stay as they are. */
  owe(letters: readonly Letter[]): Promise<void>;
  /** Tries every letter that is due; how many went out. One process takes each letter. */
  deliverDue(transport: MailTransport, baseUrl: string): Promise<number>;
  ofEvent(eventId: string): Promise<Mail[]>;
  get(id: string): Promise<Mail | null>;
  /** How many letters of this kind were written to an address since a moment, of all events. */
  written(kind: Letter['kind'], to: string, since: Date): Promise<number>;
  holdsLetters(eventId: string): Promise<boolean>;
  /** Newest first, at most `limit`. */
  latest(limit: number): Promise<Mail[]>;
  /** Tries the failed letters of an event anew. */
  retry(eventId: string): Promise<number>;
  erase(eventId: string): Promise<void>;
}

export function createOutbox(deps: {
  store: Store;
  clock: Clock;
  /** What is owed now; null for an event that is gone. A letter goes out as it would be written now. */
  owedNow: (eventId: string) => Promise<Owed | null>;
}): Outbox {
  const { clock } = deps;
  const mails = deps.store.collection(mailsSpec);
  const inMinutes = (minutes: number): string => new Date(clock().getTime() + minutes * 60_000).toISOString();

  async function deliver(mail: Mail, transport: MailTransport, baseUrl: string): Promise<boolean> {
    const owed = await deps.owedNow(mail.eventId);
    const letter = owed?.letters.get(mail.id);
    if (owed === null || letter === undefined || isOver(owed.event, clock())) {
      await mails.update(mail.id, (one) =>
        one.state === 'sending' ? { ...one, state: 'dropped', error: null } : null,
      );
      return false;
    }
    const { to, subject, text, calendar } = letter;
    if ((await mails.count({ to, state: 'sent', sentAt: { $gte: inMinutes(-60) } })) >= mostPerHour) {
      await mails.update(mail.id, (one) =>
        one.state === 'sending'
          ? { ...one, state: 'waiting', attempts: one.attempts - 1, dueAt: inMinutes(waitForHour) }
          : null,
      );
      return false;
    }
    try {
      await transport.send({
        ...{ id: mail.id, to, subject, text: withBase(text, baseUrl) },
        calendar: calendar ? calendarOf([owed.event], mail.language, baseUrl, clock()) : null,
      });
    } catch (error) {
      const refusedForGood = transport.isFinal(error);
      const wait = refusedForGood ? undefined : waits[mail.attempts - 1];
      const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500) || 'unknown';
      const set =
        wait === undefined
          ? ({ state: 'failed', error: reason } as const)
          : ({ state: 'waiting', dueAt: inMinutes(wait), error: reason } as const);
      await mails.update(mail.id, (one) =>
        one.state === 'sending' && one.attempts === mail.attempts ? { ...one, ...set } : null,
      );
      return false;
    }
    // What went out is what is kept.
    await mails.update(mail.id, (one) => ({
      ...one,
      ...letter,
      ...{ state: 'sent', sentAt: clock().toISOString(), error: null },
    }));
    return true;
  }

  return {
    async owe(letters) {
      const now = clock().toISOString();
      await Promise.all(
        letters.map((letter) =>
          mails.insert({
            ...letter,
            state: 'waiting',
            createdAt: now,
            dueAt: now,
            attempts: 0,
            sentAt: null,
            error: null,
          }),
        ),
      );
    },

    async deliverDue(transport, baseUrl) {
      const now = clock().toISOString();
      const due = await mails.find(
        { state: { $in: ['waiting', 'sending'] }, dueAt: { $lte: now } },
        { sort: [['dueAt', 'ascending']], limit: 500 },
      );
      let sent = 0;
      for (const { id, state, attempts } of due) {
        // Whoever changes it first has it; a try that was cut off is taken over once its time is up.
        const taken = await mails.update(id, (one) =>
          one.state === state && one.attempts === attempts && one.dueAt <= now
            ? { ...one, state: 'sending', dueAt: inMinutes(longestTry), attempts: attempts + 1 }
            : null,
        );
        if (taken !== null && (await deliver(taken, transport, baseUrl))) sent += 1;
      }
      return sent;
    },

    ofEvent: (eventId) => mails.find({ eventId }, { sort: [['createdAt', 'ascending']] }),
    get: (id) => mails.get(id),
    written: (kind, to, since) => mails.count({ kind, to, createdAt: { $gte: since.toISOString() } }),
    holdsLetters: async (eventId) => (await mails.count({ eventId })) > 0,
    latest: (limit) => mails.find({}, { sort: [['createdAt', 'descending']], limit }),

    async retry(eventId) {
      const failed = await mails.find({ eventId, state: 'failed' });
      const set = { state: 'waiting', attempts: 0, dueAt: clock().toISOString() } as const;
      const again = await Promise.all(
        failed.map(({ id }) => mails.update(id, (one) => (one.state === 'failed' ? { ...one, ...set } : null))),
      );
      return again.filter((one) => one !== null).length;
    },

    async erase(eventId) {
      await mails.remove({ eventId });
    },
  };
}
