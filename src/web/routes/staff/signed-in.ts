import type { Request } from 'express';
import 'express-session';
import type { SignIn, StaffMember } from '../../../accounts/accounts';
import { translator, type Language, type Translate } from '../../../locales/translate';
import type { Refusal } from '../../../shared/errors';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, redirect, type Outcome, type PageModel, type PageOutcome } from '../../outcome';
import type { Services } from '../../services';

declare module 'express-session' {
  interface SessionData {
    signIn: SignIn;
  }
}

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
    const { signIn } = request.session;
    const member = signIn ? await services.accounts.signedIn(signIn) : null;
    const language = languageOf(request);
    if (member) return handler(request, { services, language, t: translator(language), member });
    if (request.method === 'GET') return redirect(signInPath(request.originalUrl));
    // What was typed is still in the browser: going back to it costs nothing, a redirect would.
    const t = translator(language);
    const link = { href: '/staff/sign-in', text: t('staff:signedOut.link'), newTab: true };
    return page('errors/message', { title: t('staff:signedOut.title'), text: t('staff:signedOut.text'), link }, 401);
  };
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
  return page(view, { ...model, member: staff.member.user }, status);
}
