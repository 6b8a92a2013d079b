import {
  createDelivery,
  isInHand,
  queuedFields,
  type Outcome,
  type Prepared,
  type Queued,
} from '../../letters/delivery';
import type { MailTransport } from '../../letters/transport';
import type { Clock } from '../../shared/clock';
import { documentOf, nullable, text, words } from '../../storage/document-fields';
import type { Collection, CollectionSpec, Store } from '../../storage/port';
import { calendarOf } from '../calendar';
import { isOver, type Event } from '../event';
import { letterKinds, type Letter } from './letter';

/**
 * waiting → sending → sent, or back to waiting until the tries are used up, then failed. A letter that is not true any
 * more when its turn comes is dropped: whatever made it untrue has a letter of its own.
 */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'dropped'] as const;

export interface Mail extends Letter, Queued {
  readonly state: (typeof mailStates)[number];
  /** ISO 8601 in UTC; of equal moments the id decides. */
  readonly createdAt: string;
  readonly sentAt: string | null;
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
    sentAt: nullable(text),
    ...queuedFields,
  }),
  indexes: [['eventId'], ['state', 'dueAt'], ['to']],
};

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

  async function prepare(mail: Mail, baseUrl: string): Promise<Prepared> {
    const owed = await deps.owedNow(mail.eventId);
    const letter = owed?.letters.get(mail.id);
    if (owed === null || letter === undefined || isOver(owed.event, clock())) return 'dropped';
    const { to, subject, text, calendar } = letter;
    if ((await mails.count({ to, state: 'sent', sentAt: { $gte: inMinutes(-60) } })) >= mostPerHour) {
      return { waitMinutes: waitForHour };
    }
    const file = calendar ? calendarOf([owed.event], mail.language, baseUrl, clock()) : null;
    return { mail: { id: mail.id, to, subject, text, calendar: file } };
  }

  /** The row stays, so that the same letter is not written down again. */
  async function settle(rows: Collection<Mail>, mail: Mail, outcome: Outcome): Promise<void> {
    if (outcome.is === 'sent') {
      const sentAt = clock().toISOString();
      // What went out is what is kept, whoever has the row in hand by now.
      const { to, subject, text } = outcome.mail;
      await rows.update(mail.id, (one) => ({ ...one, ...{ to, subject, text }, state: 'sent', sentAt, error: null }));
      return;
    }
    const set =
      outcome.is === 'refused'
        ? ({ state: 'failed', error: outcome.reason } as const)
        : ({ state: 'dropped', error: null } as const);
    await rows.update(mail.id, (one) => (isInHand(one, mail) ? { ...one, ...set } : null));
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

    // A letter that arrives twice does less harm than one that never does: a place is lost without it.
    deliverDue: (transport, baseUrl) =>
      createDelivery<Mail>({
        clock,
        prepare: (mail) => prepare(mail, baseUrl),
        settle,
        cutOff: 'send-again',
      }).deliverDue(mails, { transport, baseUrl }),

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
