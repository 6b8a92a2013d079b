import { promisify } from 'node:util';
import type { Request } from 'express';
import 'express-session';
import type { SignIn } from '../../../accounts/account';
import type { otherActions } from '../../../accounts/audit-entry';
import { networkWords } from '../../../accounts/network-words';
import type { SessionStart } from '../../../accounts/sessions';
import { browserWords } from '../../browser-words';
import type { Cookie } from '../../outcome';
import type { Services } from '../../services';

declare module 'express-session' {
  interface SessionData {
    signIn: SignIn;
    begun: SessionStart;
  }
}

/** Says to the next sign-in in this browser that its account has signed in here before. */
export const proofCookie = 'signed-in-before';

/** How somebody came in; null for who was signed in already. */
type Way = (typeof otherActions)[number] | null;

/**
 * The one place where a session begins, and where the log of the staff's work says so. It always gets an id of its own,
 * so that one planted before cannot be used after.
 *
 * @returns what the browser keeps of it beside the session
 */
export async function beginSession(request: Request, services: Services, signIn: SignIn, way: Way): Promise<Cookie> {
  await promisify(request.session.regenerate.bind(request.session))();
  request.session.signIn = signIn;
  request.session.begun = {
    at: services.clock().toISOString(),
    browser: browserWords(request.get('User-Agent')),
    network: networkWords(request.ip ?? ''),
  };
  if (way !== null) {
    await services.audit.record({ accountId: signIn.accountId, action: way, outcome: 'done' });
  }
  const value = services.accounts.browserProof(signIn);
  return { name: proofCookie, value, path: '/staff/sign-in', days: 365 };
}
