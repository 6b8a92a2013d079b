import type { Request, RequestHandler } from 'express';
import type { StaffMember } from '../../../accounts/account';
import { translator, type Language, type Translate } from '../../../locales/translate';
import type { Refusal } from '../../../shared/errors';
import { send, type Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, redirect, type Outcome, type PageModel, type PageOutcome, type RedirectOutcome } from '../../outcome';
import type { Services } from '../../services';
import { ownPath } from '../../site-address';

/** One request of a signed-in person. */
export interface Staff {
  readonly services: Services;
  readonly language: Language;
  readonly t: Translate;
  readonly member: StaffMember;
}

export type StaffHandler = (request: Request, staff: Staff) => Outcome | Refusal | Promise<Outcome | Refusal>;

/** Lets only signed-in people through; the others are asked to sign in and then brought back. */
export function forStaff(services: Services): (handler: StaffHandler) => Handler {
  return (handler) => async (request) => {
    const member = await memberOf(request, services);
    const language = languageOf(request);
    return member ? handler(request, { services, language, t: translator(language), member }) : askToSignIn(request);
  };
}

/** Refuses what somebody who is not signed in sends, before its body is read. */
export function refuseUnsigned(services: Services): RequestHandler {
  return async (request, response, next) => {
    const open = ['GET', 'HEAD'].includes(request.method) || /^\/sign-(in|out)(\/|$)/.test(request.path);
    if (open || (await memberOf(request, services))) next();
    else send(askToSignIn(request), request, response);
  };
}

async function memberOf(request: Request, { accounts }: Services): Promise<StaffMember | null> {
  const { signIn } = request.session;
  return signIn ? accounts.signedIn(signIn) : null;
}

function askToSignIn(request: Request): PageOutcome | RedirectOutcome {
  if (request.method === 'GET') return redirect(signInPath(ownPath(request)));
  // What was typed is still in the browser: going back to it costs nothing, a redirect would.
  const t = translator(languageOf(request));
  const link = { href: '/staff/sign-in', text: t('staff:signedOut.link'), newTab: true };
  return page('errors/message', { title: t('staff:signedOut.title'), text: t('staff:signedOut.text'), link }, 401);
}

export function signInPath(next: string): string {
  return next === '/staff' ? '/staff/sign-in' : `/staff/sign-in?${new URLSearchParams({ next }).toString()}`;
}

/** The asked page, if it is one of the staff's own: nobody is sent to another site from our sign-in. */
export function safeNext(next: unknown): string {
  const own = typeof next === 'string' && /^\/staff(?:[/?][\x21-\x7e]*)?$/.test(next) && !/[\\]|\/\//.test(next);
  return own && !next.startsWith('/staff/sign-') ? next : '/staff';
}

/** A page with the staff's bar above it. `address`: where it can be got, for answers to POST. */
export function staffPage(staff: Staff, view: string, model: PageModel, status?: number): PageOutcome {
  return page(view, { ...model, member: staff.member.name }, status);
}
