import type { RequestHandler } from 'express';
import session, { Store, type SessionData } from 'express-session';
import { sessionMilliseconds, type Sessions } from '../accounts/sessions';
import type { WebConfig } from './config';

/** Sessions of the staff, kept in our own store, so that they survive a restart and every process knows them. */
export function staffSessions(sessions: Sessions, config: WebConfig): RequestHandler {
  return session({
    name: 'staff',
    secret: config.sessionSecret,
    store: new StoredSessions(sessions),
    resave: false,
    // Nobody gets a cookie before signing in.
    saveUninitialized: false,
    rolling: true,
    cookie: {
      path: '/staff',
      httpOnly: true,
      sameSite: 'lax',
      secure: config.baseUrl?.startsWith('https:') ?? false,
      maxAge: sessionMilliseconds,
    },
  });
}

type Done = (error?: unknown) => void;
const ignore: Done = () => undefined;

/** express-session wants a class with callbacks. */
class StoredSessions extends Store {
  constructor(private readonly sessions: Sessions) {
    super();
  }

  override get(id: string, done: (error: unknown, data?: SessionData | null) => void): void {
    this.sessions.get(id).then((data) => done(null, data as SessionData | null), done);
  }

  override set(id: string, data: SessionData, done: Done = ignore): void {
    this.sessions.set(id, data, ownerOf(data)).then(() => done(), done);
  }

  override touch(id: string, _data: SessionData, done: Done = ignore): void {
    this.sessions.touch(id).then(() => done(), done);
  }

  override destroy(id: string, done: Done = ignore): void {
    this.sessions.destroy(id).then(() => done(), done);
  }
}

/** Whose a session is; of a browser in which nobody has signed in yet, nobody's. */
function ownerOf({ signIn, begun }: Partial<SessionData>) {
  return signIn === undefined || begun === undefined ? null : { accountId: signIn.accountId, begun };
}
