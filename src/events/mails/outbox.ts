import type { Clock } from '../../shared/clock';
import { documentOf, nullable, text, words } from '../../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { calendarOf } from '../calendar';
import { isOver, type Event } from '../event';
import { letterKinds, withBase, type Letter } from './letter';
import type { MailTransport } from './transport';

/** waiting → sending → sent, or back to waiting until the tries are used up, then failed. */
export const mailStates = ['waiting', 'sending', 'sent', 'failed'] as const;

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
  indexes: [['eventId'], ['state', 'dueAt']],
};

/** Minutes after each failed try until the next one; after the last it is given up. */
const waits = [1, 5, 30, 120, 360, 720];
/** A try that has not ended after this long was cut off by a crash. */
const longestTry = 10;

export interface Outbox {
  /** Writes letters down that are owed; those that are there already stay as they are. */
  owe(letters: readonly Letter[]): Promise<void>;
  /** Tries every letter that is due; how many went out. One process takes each letter. */
  deliverDue(transport: MailTransport, baseUrl: string): Promise<number>;
  ofEvent(eventId: string): Promise<Mail[]>;
  get(id: string): Promise<Mail | null>;
  /** Newest first, at most `limit`. */
  latest(limit: number): Promise<Mail[]>;
  /** Tries the failed letters of an event anew. */
  retry(eventId: string): Promise<number>;
  erase(eventId: string): Promise<void>;
}

export function createOutbox(deps: {
  store: Store;
  clock: Clock;
  eventOf: (id: string) => Promise<Event | null>;
}): Outbox {
  const { clock } = deps;
  const mails = deps.store.collection(mailsSpec);
  const inMinutes = (minutes: number): string => new Date(clock().getTime() + minutes * 60_000).toISOString();

  async function deliver(mail: Mail, transport: MailTransport, baseUrl: string): Promise<boolean> {
    const event = await deps.eventOf(mail.eventId);
    if (event === null || isOver(event, clock())) {
      await mails.update(mail.id, (one) =>
        one.state === 'sending' ? { ...one, state: 'failed', error: 'The event is over.' } : null,
      );
      return false;
    }
    try {
      await transport.send({
        id: mail.id,
        to: mail.to,
        subject: mail.subject,
        text: withBase(mail.text, baseUrl),
        calendar: mail.calendar ? calendarOf([event], mail.language, baseUrl, clock()) : null,
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
    await mails.update(mail.id, (one) => ({ ...one, state: 'sent', sentAt: clock().toISOString(), error: null }));
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
