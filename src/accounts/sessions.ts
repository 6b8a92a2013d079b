import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock';
import { documentOf, nullable, objectOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** How long a sign-in lasts unless the pages are used: a working day. */
export const sessionMilliseconds = 12 * 3_600_000;

/** How a session began: what its owner recognises it by. */
export interface SessionStart {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Such as `Firefox, Windows`; '' where the browser does not say. */
  readonly browser: string;
  /** The beginning of the network address, never the whole (`network-words.ts`). */
  readonly network: string;
}

/** A web session of the staff; respondents have none. */
export interface StoredSession extends Stored {
  /** JSON that the web layer understands. */
  readonly data: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** null where nobody has signed in. */
  readonly accountId: string | null;
  readonly begun: SessionStart | null;
}

export const sessionsSpec: CollectionSpec<StoredSession> = {
  name: 'sessions',
  schema: documentOf(
    {
      data: text,
      expires: { type: 'number' },
      accountId: nullable(text),
      begun: nullable(objectOf({ at: text, browser: text, network: text })),
    },
    // Sessions that were begun by an earlier version last until they expire.
    ['accountId', 'begun'],
  ),
  indexes: [['expires'], ['accountId']],
};

/** A session as its owner sees it. */
export interface OwnSession {
  readonly begun: SessionStart;
  /** Names it in the list; it opens nothing. */
  readonly key: string;
  /** When a page was last asked for in it, ISO 8601 in UTC. */
  readonly seenAt: string;
  readonly isThis: boolean;
}

/** What a session store of the web needs, and what people do with their own; `src/web` adapts it to express-session. */
export interface Sessions {
  /** The data, or null where there is no such session or it has expired. */
  get(sessionId: string): Promise<unknown>;
  /** Keeps a session from now on. */
  set(
    sessionId: string,
    data: unknown,
    of: { readonly accountId: string; readonly begun: SessionStart } | null,
  ): Promise<void>;
  /** Makes a session last from now on; nothing where it is gone. */
  touch(sessionId: string): Promise<void>;
  destroy(sessionId: string): Promise<void>;
  /** Sessions of an account that are not over, the latest used first. */
  ofAccount(accountId: string, thisSessionId: string): Promise<OwnSession[]>;
  /** Ends one of an account; false where it has no such session. */
  endOne(accountId: string, key: string): Promise<boolean>;
  /** Ends all of an account. */
  endAll(accountId: string): Promise<void>;
  /** Removes the expired ones; call at start and now and then. */
  removeExpired(): Promise<number>;
}

export function createSessions(store: Store, clock: Clock): Sessions {
  const sessions = store.collection(sessionsSpec);
  const expiry = (): number => clock().getTime() + sessionMilliseconds;
  return {
    async get(sessionId) {
      const session = await sessions.get(keyOf(sessionId));
      return session && session.expires > clock().getTime() ? (JSON.parse(session.data) as unknown) : null;
    },
    async set(sessionId, data, of) {
      const id = keyOf(sessionId);
      const whose = of ?? { accountId: null, begun: null };
      const session: StoredSession = { id, data: JSON.stringify(data), expires: expiry(), ...whose };
      for (;;) {
        if (await sessions.update(id, () => session)) return;
        if ((await sessions.insert(session)).inserted) return;
      }
    },
    async touch(sessionId) {
      await sessions.update(keyOf(sessionId), (one) => ({ ...one, expires: expiry() }));
    },
    async destroy(sessionId) {
      await sessions.remove({ id: keyOf(sessionId) });
    },
    async ofAccount(accountId, thisSessionId) {
      const found = await sessions.find({ accountId, expires: { $gt: clock().getTime() } }, { sort: [['expires', 'descending']] }); // prettier-ignore
      return found.flatMap(({ id, begun, expires }) => {
        if (begun === null) return [];
        const seenAt = new Date(expires - sessionMilliseconds).toISOString();
        return [{ begun, key: id, seenAt, isThis: id === keyOf(thisSessionId) }];
      });
    },
    endOne: async (accountId, key) => (await sessions.remove({ id: key, accountId })) > 0,
    async endAll(accountId) {
      await sessions.remove({ accountId });
    },
    removeExpired: () => sessions.remove({ expires: { $lte: clock().getTime() } }),
  };
}

/** Only a hash of the id is stored: a copy of the store opens nobody's session. */
function keyOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('base64url');
}
