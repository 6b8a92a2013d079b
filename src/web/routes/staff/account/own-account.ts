import type { Request } from 'express';
import { formatMoment } from '../../../../locales/formats';
import type { Outcome } from '../../../outcome';
import { staffPage, type Staff } from '../signed-in';

/** What a redirect back to the page may say was done. */
const done = ['password-enough', 'password-good', 'session', 'everywhere'];

/** One's own account: who one is here, the password, where one is signed in. */
export function ownAccountPage(request: Request, staff: Staff): Promise<Outcome> {
  return showOwnAccount(request, staff, {});
}

/** @param fault words of what is wrong, by field of the form of the password */
export async function showOwnAccount(
  request: Request,
  staff: Staff,
  fault: Readonly<Record<string, string>>,
  status?: number,
): Promise<Outcome> {
  const { services, member, t, language } = staff;
  const [account, sessions] = await Promise.all([
    services.accounts.get(member.id),
    services.sessions.ofAccount(member.id, request.sessionID),
  ]);
  const errors = Object.entries(fault).map(([field, text]) => ({ text, href: `#${field}` }));
  return staffPage(
    staff,
    'staff/account/own',
    {
      title: t('accounts:own.title'),
      address: '/staff/account',
      errors,
      fault,
      done: done.find((one) => one === request.query['done']) ?? null,
      account: { ...member, email: account?.email ?? null, hasPassword: account?.passwordHash != null },
      sessions: sessions.map(({ key, begun, seenAt, isThis }) => ({
        ...{ key, isThis, network: begun.network },
        browser: begun.browser === '' ? t('accounts:browser.unknown') : begun.browser,
        begun: formatMoment(new Date(begun.at), language),
        seen: formatMoment(new Date(seenAt), language),
      })),
      others: sessions.some(({ isThis }) => !isThis),
    },
    status,
  );
}
