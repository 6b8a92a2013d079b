import type { RequestHandler } from 'express';
import session, { Store, type SessionData } from 'express-session';
import type { Sessions } from '../accounts/sessions';
import type { Clock } from '../shared/clock';
import type { WebConfig } from './config';

/** A working day; using the pages makes it longer. */
const sessionHours = 12;

/** Sessions of the staff, kept in our own store, so that they survive a restart and every process knows them. */
export function staffSessions(sessions: Sessions, clock: Clock, config: WebConfig): RequestHandler {
  return session({
    name: 'staff',
    secret: config.sessionSecret,
    store: new StoredSessions(sessions, clock),
    resave: false,
    // Nobody gets a cookie before signing in.
    saveUninitialized: false,
    rolling: true,
    cookie: {
      path: '/staff',
      httpOnly: true,
      sameSite: 'lax',
      secure: config.baseUrl?.startsWith('https:') ?? false,
      maxAge: sessionHours * 3_600_000,
    },
  });
}

type Done = (error?: unknown) => void;
const ignore: Done = () => undefined;

/** express-session wants a class with callbacks. */
class StoredSessions extends Store {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    super();
  }

  override get(id: string, done: (error: unknown, data?: SessionData | null) => void): void {
    this.sessions.get(id).then((data) => done(null, data as SessionData | null), done);
  }

  override set(id: string, data: SessionData, done: Done = ignore): void {
    this.sessions.set(id, data, this.expiry()).then(() => done(), done);
  }

  override touch(id: string, _data: SessionData, done: Done = ignore): void {
    this.sessions.touch(id, this.expiry()).then(() => done(), done);
  }

  override destroy(id: string, done: Done = ignore): void {
    this.sessions.destroy(id).then(() => done(), done);
  }

  private expiry(): number {
    return this.clock().getTime() + sessionHours * 3_600_000;
  }
}
