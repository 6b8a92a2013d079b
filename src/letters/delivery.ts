import type { Clock } from '../shared/clock';
import { nullable, text, words } from '../storage/document-fields';
import type { Collection, Filter, Stored } from '../storage/port';
import { withBase } from './base-mark';
import type { MailTransport, OutgoingMail } from './transport';

/** A row with a letter that is owed; a queue adds states of its own for what became of it. */
export interface Queued extends Stored {
  /** `waiting` for its turn, `sending`: one process has it in hand. Every other state is final. */
  readonly state: string;
  /** ISO 8601 in UTC: when it is tried next, or when the try under way counts as cut off. */
  readonly dueAt: string;
  readonly attempts: number;
  /** What the mail server said at the last failed try. */
  readonly error: string | null;
}

/** Schemas of these fields but `state`, for the document of a queue. */
export const queuedFields = {
  dueAt: text,
  attempts: { type: 'integer', minimum: 0 },
  error: nullable(words(500)),
};

/**
 * What became of a letter: `sent`; `dropped`, since it is not owed any more; `refused` for good, with what the server
 * said; `unsure` whether it was taken, since the try was cut off.
 */
export type Outcome =
  | { readonly is: 'sent'; readonly mail: OutgoingMail }
  | { readonly is: 'dropped' }
  | { readonly is: 'unsure' }
  | { readonly is: 'refused'; readonly reason: string };

/** What a row's letter is when its turn comes. */
export type Prepared =
  /** `baseMark` stands in it for the public address. */
  | { readonly mail: OutgoingMail }
  /** It is not owed any more. */
  | 'dropped'
  /** Nothing of this queue goes out now. */
  | 'stop'
  | { readonly waitMinutes: number };

export interface DeliveryDependencies<Row extends Queued> {
  readonly clock: Clock;
  /** The letter as it would be written now. */
  prepare(row: Row): Promise<Prepared>;
  /**
   * Keeps what became of the letter, while the row is still in the state and at the attempt that are given. It may be
   * asked again after a crash.
   */
  settle(rows: Collection<Row>, row: Row, outcome: Outcome): Promise<void>;
  /**
   * A try that was cut off may have reached the server. `send-again`: nobody misses a letter, and it carries the same
   * Message-ID, so that it can be recognised. `ask`: nobody gets it twice; the outcome is `unsure`.
   */
  readonly cutOff: 'send-again' | 'ask';
}

/** Minutes after each failed try until the next one; after the last it is given up. */
const waits = [1, 5, 30, 120, 360, 720];
/** Minutes until a server that does not answer is tried again. */
const waitForServer = 1;
/** Minutes after which a try that has not ended was cut off by a crash. */
export const longestTry = 10;

/** The way out, and the public address that letters lead to. */
export interface Post {
  readonly transport: MailTransport;
  readonly baseUrl: string;
}

export interface Delivery<Row extends Queued> {
  /**
   * Tries every letter of these rows that is due, longest due first; how many went out. One process takes each letter,
   * so any number of them may do this at once.
   */
  deliverDue(rows: Collection<Row>, post: Post, also?: Filter<Row>): Promise<number>;
}

/** Sends what is owed: a lease for each try, later and later tries, an end. */
export function createDelivery<Row extends Queued>(deps: DeliveryDependencies<Row>): Delivery<Row> {
  const { clock } = deps;
  const inMinutes = (minutes: number): string => new Date(clock().getTime() + minutes * 60_000).toISOString();

  /** Puts a row that this try has in hand back among those that wait. */
  async function putBack(rows: Collection<Row>, row: Row, fields: Partial<Queued>): Promise<void> {
    await rows.update(row.id, (one) => (isInHand(one, row) ? { ...one, state: 'waiting', ...fields } : null));
  }

  /** @returns whether it went out; `stop` where no other can now */
  async function deliver(rows: Collection<Row>, row: Row, { transport, baseUrl }: Post): Promise<boolean | 'stop'> {
    const prepared = await deps.prepare(row);
    if (prepared === 'dropped') {
      await deps.settle(rows, row, { is: 'dropped' });
      return false;
    }
    if (prepared === 'stop' || 'waitMinutes' in prepared) {
      const wait = prepared === 'stop' ? 0 : prepared.waitMinutes;
      await putBack(rows, row, { attempts: row.attempts - 1, dueAt: inMinutes(wait) });
      return prepared === 'stop' ? 'stop' : false;
    }
    try {
      const { text, unsubscribe, ...mail } = prepared.mail;
      await transport.send({
        ...{ ...mail, text: withBase(text, baseUrl) },
        ...(unsubscribe === undefined ? {} : { unsubscribe: withBase(unsubscribe, baseUrl) }),
      });
    } catch (error) {
      return failed(rows, row, transport, error);
    }
    await deps.settle(rows, row, { is: 'sent', mail: prepared.mail });
    return true;
  }

  async function failed(rows: Collection<Row>, row: Row, transport: MailTransport, error: unknown) {
    const fault = transport.faultOf(error);
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500) || 'unknown';
    if (fault === 'away') {
      // It says nothing of this letter: the try does not count.
      await putBack(rows, row, { attempts: row.attempts - 1, dueAt: inMinutes(waitForServer), error: reason });
      return 'stop';
    }
    if (fault === 'unsure' && deps.cutOff === 'ask') {
      await deps.settle(rows, row, { is: 'unsure' });
      return false;
    }
    const wait = fault === 'refused' ? undefined : waits[row.attempts - 1];
    if (wait === undefined) await deps.settle(rows, row, { is: 'refused', reason });
    else await putBack(rows, row, { dueAt: inMinutes(wait), error: reason });
    return false;
  }

  return {
    async deliverDue(rows, post, also) {
      const now = clock().toISOString();
      // `Filter` of a type that is still open cannot be checked; these are fields of every `Queued`.
      const filter = { ...also, state: { $in: ['waiting', 'sending'] }, dueAt: { $lte: now } } as Filter<Row>;
      const due = await rows.find(filter, { sort: [['dueAt', 'ascending']], limit: 500 });
      let sent = 0;
      for (const seen of due) {
        // Whoever changes it first has it; a try that was cut off is taken over once its time is up.
        const taken = await rows.update(seen.id, (one) =>
          isInHand(one, seen, seen.state) && one.dueAt <= now
            ? { ...one, state: 'sending', dueAt: inMinutes(longestTry), attempts: one.attempts + 1 }
            : null,
        );
        if (taken === null) continue;
        if (seen.state === 'sending' && deps.cutOff === 'ask') {
          await deps.settle(rows, taken, { is: 'unsure' });
          continue;
        }
        const went = await deliver(rows, taken, post);
        if (went === 'stop') break;
        if (went) sent += 1;
      }
      return sent;
    },
  };
}

/** Whether a row is still as a try took it: the same letter, at the same attempt. */
export function isInHand(now: Queued, taken: Queued, state = 'sending'): boolean {
  return now.state === state && now.attempts === taken.attempts;
}
