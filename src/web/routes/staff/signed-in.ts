import type { Request } from 'express';
import type { StaffMember } from '../../../accounts/account';
import { may, mayAny, rolesFor, type Action } from '../../../accounts/rights';
import { formatList } from '../../../locales/formats';
import { translator, type Language, type Translate } from '../../../locales/translate';
import type { Refusal } from '../../../shared/errors';
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
  /** The unit of what the address names; null where it is no unit's. */
  readonly unitId: string | null;
  /** Whether this person may do it for a unit, by its id: for that of the address where left out. */
  readonly may: (action: Action, unitId?: string | null) => boolean;
  /** Whether there may be anything that this person may do it for. */
  readonly mayAny: (action: Action) => boolean;
}

export type StaffHandler = (request: Request, staff: Staff) => Outcome | Refusal | Promise<Outcome | Refusal>;

/** @param owner the unit of what the address names, by its id; null where it is no unit's */
export function staffOf(request: Request, services: Services, member: StaffMember, owner: string | null): Staff {
  const language = languageOf(request);
  return {
    ...{ services, language, t: translator(language), member, unitId: owner },
    may: (action, unitId = owner) => may(member, action, unitId),
    mayAny: (action) => mayAny(member, action),
  };
}

export async function memberOf(request: Request, { accounts }: Services): Promise<StaffMember | null> {
  const { signIn } = request.session;
  return signIn ? accounts.signedIn(signIn) : null;
}

export function askToSignIn(request: Request): PageOutcome | RedirectOutcome {
  if (request.method === 'GET') return redirect(signInPath(ownPath(request)));
  // What was typed is still in the browser: going back to it costs nothing, a redirect would.
  const t = translator(languageOf(request));
  const link = { href: '/staff/sign-in', text: t('staff:signedOut.link'), newTab: true };
  return page('errors/message', { title: t('staff:signedOut.title'), text: t('staff:signedOut.text'), link }, 401);
}

/** Says that the role of the person has not this right, and whose has. */
export function refusedForRole(staff: Staff, action: Action): PageOutcome {
  const { language, member, t } = staff;
  const others = formatList(
    rolesFor(action).map((role) => t(`staff:roles.${role}`)),
    language,
  );
  const text = t('staff:notYours.text', { role: t(`staff:roles.${member.role}`), others });
  return staffPage(staff, 'staff/refused', { title: t('staff:notYours.title'), text }, 403);
}

export function signInPath(next: string): string {
  return next === '/staff' ? '/staff/sign-in' : `/staff/sign-in?${new URLSearchParams({ next }).toString()}`;
}

/** The asked page, if it is one of the staff's own: nobody is sent to another site from our sign-in. */
export function safeNext(next: unknown): string {
  const own = typeof next === 'string' && /^\/staff(?:[/?][\x21-\x7e]*)?$/.test(next) && !/[\\]|\/\//.test(next);
  return own && !next.startsWith('/staff/sign-') ? next : '/staff';
}

/** Parts of the staff's pages, each for whoever may have anything in it. */
const places = [
  // Whoever sees no unit has no desk: they begin with the events.
  { path: '/staff', action: 'units.read', text: 'staff:bar.home' },
  { path: '/staff/units', action: 'units.read', text: 'staff:bar.units' },
  { path: '/staff/progress', action: 'progress.read', text: 'programme:progress.title' },
  { path: '/staff/advice', action: 'advice.read', text: 'advisory:overview.title' },
  { path: '/staff/cooperation', action: 'programme.read', text: 'cooperation:list.title' },
  { path: '/staff/events', action: 'events.edit', text: 'events:staff.title' },
  { path: '/staff/jobs', action: 'jobs.read', text: 'jobs:list.short' },
  { path: '/staff/people', action: 'people.edit', text: 'accounts:list.title' },
  { path: '/staff/audit', action: 'audit.read', text: 'audit:title' },
] as const satisfies readonly { readonly path: string; readonly action: Action; readonly text: string }[];

/** What the staff's bar and the views' `may` read: goes into the model of every page of the staff. */
export function staffModel({ member, t, may, mayAny }: Staff): Readonly<Record<string, unknown>> {
  const bar = places.filter(({ action }) => mayAny(action)).map(({ path, text }) => ({ path, text: t(text) }));
  return { member: member.name, bar, rights: { may, mayAny } };
}

/** A page with the staff's bar above it. `address`: where it can be got, for answers to POST. */
export function staffPage(staff: Staff, view: string, model: PageModel, status?: number): PageOutcome {
  return page(view, { ...model, ...staffModel(staff) }, status);
}
