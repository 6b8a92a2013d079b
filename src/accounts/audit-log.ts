import { createHash } from 'node:crypto';
import { dayOf, type Clock } from '../shared/clock';
import type { Ids } from '../shared/ids';
import { momentOf } from '../shared/warsaw-time';
import type { Store } from '../storage/port';
import {
  auditEntriesSpec,
  dayOnly,
  longestAuditedWords,
  refusedSignInsSpec,
  type AuditedChange,
  type AuditEntry,
} from './audit-entry';

/** Days for which an entry is kept: five years. README says so. */
export const auditedDays = 5 * 366;

/** What happened, as it is recorded. */
export type Audited = Pick<AuditEntry, 'accountId' | 'action' | 'outcome'> &
  Partial<Pick<AuditEntry, 'reason' | 'unitId' | 'subject' | 'changes'>> & {
    /** What a page saves by itself while somebody types: one entry in ten minutes. */
    readonly byItself?: boolean;
  };

const tenMinutes = 600_000;

/** What is looked for; days are `YYYY-MM-DD`, both inclusive. */
export interface AuditQuery {
  readonly accountId?: string;
  readonly action?: string;
  readonly unitId?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The log of what the staff does. It can be added to and read; nothing in it can be changed, or chosen to be removed. */
export interface AuditLog {
  record(what: Audited): Promise<void>;
  /**
   * Newest first, at most `limit`.
   *
   * @param before id of an entry: only older ones
   */
  find(query: AuditQuery, limit: number, before?: string): Promise<AuditEntry[]>;
  /** A sign-in was refused: only counted, since whoever guesses must not fill the log. */
  countRefusedSignIn(): Promise<void>;
  /** How many sign-ins were refused on each of these days, newest first; days without one are left out. */
  refusedSignIns(from: string, to: string): Promise<readonly { readonly day: string; readonly count: number }[]>;
  /** Lets go of all that has been kept for its time (`auditedDays`). Call it while the clock can be trusted. */
  forgetOld(): Promise<number>;
}

export function createAuditLog(deps: { readonly store: Store; readonly clock: Clock; readonly ids: Ids }): AuditLog {
  const { clock } = deps;
  const entries = deps.store.collection(auditEntriesSpec);
  const refused = deps.store.collection(refusedSignInsSpec);

  return {
    async record(given) {
      const { accountId, action, outcome, reason = null, unitId = null, subject = null, changes = [] } = given;
      const what = { accountId, action, outcome, reason, unitId, subject };
      const now = clock();
      const begun = new Date(Math.floor(now.getTime() / tenMinutes) * tenMinutes);
      const at = dayOnly.has(action) ? dayOf(now) : (given.byItself ? begun : now).toISOString();
      // The same thing in the same time is one entry: its id follows from what it says, so it meets itself.
      const isOnce = dayOnly.has(action) || given.byItself === true;
      const own = isOnce ? hashOf(JSON.stringify(what)) : deps.ids.uuid();
      await entries.insert({ id: `${at} ${own}`, ...what, at, changes: changes.slice(0, 100).map(shortened) });
    },

    find(query, limit, before) {
      const { from, to, ...fields } = query;
      // An entry that keeps the day alone stands before all others of that day.
      const since = from === undefined ? {} : { $gte: earlier(from, beginningOf(from)) };
      const last = [before, to === undefined ? undefined : beginningOf(dayAfter(to))].filter(
        (one) => one !== undefined,
      );
      const until = last.length === 0 ? {} : { $lt: last.sort()[0] ?? '' };
      const id = { ...since, ...until };
      return entries.find(
        { ...fields, ...(Object.keys(id).length === 0 ? {} : { id }) },
        { sort: [['id', 'descending']], limit },
      );
    },

    async countRefusedSignIn() {
      const id = dayOf(clock());
      for (;;) {
        if (await refused.update(id, (one) => ({ ...one, count: one.count + 1 }))) return;
        if ((await refused.insert({ id, count: 1 })).inserted) return;
      }
    },

    async refusedSignIns(from, to) {
      const found = await refused.find({ id: { $gte: from, $lte: to } }, { sort: [['id', 'descending']] });
      return found.map(({ id, count }) => ({ day: id, count }));
    },

    async forgetOld() {
      const day = dayOf(new Date(clock().getTime() - auditedDays * 86_400_000));
      await refused.remove({ id: { $lt: day } });
      return entries.remove({ id: { $lt: day } });
    },
  };
}

/** The moment at which a day begins in Warsaw, as entries write it. */
function beginningOf(day: string): string {
  return (momentOf(`${day}T00:00`) ?? new Date(`${day}T00:00:00Z`)).toISOString();
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function shortened({ label, before, after }: AuditedChange): AuditedChange {
  const short = (words: string | null) =>
    words === null || words.length <= longestAuditedWords ? words : `${words.slice(0, longestAuditedWords - 1)}…`;
  return { label: label.slice(0, 200), before: short(before), after: short(after) };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 24);
}
