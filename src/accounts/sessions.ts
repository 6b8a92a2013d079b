import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** A web session of the staff; respondents have none. */
export interface StoredSession extends Stored {
  /** JSON that the web layer understands. */
  readonly data: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export const sessionsSpec: CollectionSpec<StoredSession> = {
  name: 'sessions',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'data', 'expires'],
    properties: { id: { type: 'string' }, data: { type: 'string' }, expires: { type: 'number' } },
  },
  indexes: [['expires']],
};

/** What a session store of the web needs; `src/web` adapts it to express-session. */
export interface Sessions {
  /** The data, or null where there is no such session or it has expired. */
  get(sessionId: string): Promise<unknown>;
  /** `expires`: milliseconds since 1970. */
  set(sessionId: string, data: unknown, expires: number): Promise<void>;
  /** Makes a session last until `expires`; nothing where it is gone. */
  touch(sessionId: string, expires: number): Promise<void>;
  destroy(sessionId: string): Promise<void>;
  /** Removes the expired ones; call at start and now and then. */
  removeExpired(): Promise<number>;
}

export function createSessions(store: Store, clock: Clock): Sessions {
  const sessions = store.collection(sessionsSpec);
  return {
    async get(sessionId) {
      const session = await sessions.get(idOf(sessionId));
      return session && session.expires > clock().getTime() ? (JSON.parse(session.data) as unknown) : null;
    },
    async set(sessionId, data, expires) {
      const id = idOf(sessionId);
      const fields = { data: JSON.stringify(data), expires };
      for (;;) {
        if (await sessions.update(id, () => ({ id, ...fields }))) return;
        if ((await sessions.insert({ id, ...fields })).inserted) return;
      }
    },
    async touch(sessionId, expires) {
      await sessions.update(idOf(sessionId), (one) => ({ ...one, expires }));
    },
    async destroy(sessionId) {
      await sessions.remove({ id: idOf(sessionId) });
    },
    removeExpired: () => sessions.remove({ expires: { $lte: clock().getTime() } }),
  };
}

/** Only a hash of the id is stored: a copy of the store opens nobody's session. */
function idOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('base64url');
}
