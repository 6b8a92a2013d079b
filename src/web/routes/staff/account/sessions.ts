import type { Request } from 'express';
import { rawForm, rawText } from '../../../forms/raw';
import { redirect, withCookie, type Outcome } from '../../../outcome';
import { beginSession } from '../begin-session';
import type { Staff } from '../signed-in';

/** Signs one browser out: one's own session, named by its key in the list. */
export async function endSession(request: Request, { services, member }: Staff): Promise<Outcome> {
  await services.sessions.endOne(member.id, rawText(rawForm(request.body), 'session'));
  return redirect('/staff/account?done=session#sessions');
}

/** Signs out everywhere but here: no process takes an old sign-in any more, and no browser counts as known. */
export async function endOtherSessions(request: Request, { services, member }: Staff): Promise<Outcome> {
  const signIn = await services.accounts.endSignIns(member.id);
  await services.sessions.endAll(member.id);
  if (signIn === null) return redirect('/staff/sign-in');
  return withCookie(
    redirect('/staff/account?done=everywhere#sessions'),
    await beginSession(request, services, signIn, null),
  );
}
