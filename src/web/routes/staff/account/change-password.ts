import type { Request } from 'express';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText } from '../../../forms/raw';
import { redirect, withCookie, type Outcome } from '../../../outcome';
import { statusOfRefusal } from '../../../refusals';
import { beginSession } from '../begin-session';
import type { Staff } from '../signed-in';
import { showOwnAccount } from './own-account';

/** One's own password. All sign-ins end, and this browser goes on with a new one. */
export async function changePassword(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const { services, member, t } = staff;
  const form = rawForm(request.body);
  const password = rawText(form, 'password');
  if (password !== rawText(form, 'again')) {
    return showOwnAccount(request, staff, { again: t('accounts:password.differ') });
  }
  const result = await services.accounts.changePassword(member.id, rawText(form, 'old'), password);
  if (isRefusal(result)) {
    const field = result.refused.startsWith('password-') ? 'password' : 'old';
    const fault = { [field]: t(`refusals:${result.refused}`, result.details) };
    return showOwnAccount(request, staff, fault, statusOfRefusal(result.refused));
  }
  await services.sessions.endAll(member.id);
  const cookie = await beginSession(request, services, result.signIn, null);
  return withCookie(redirect(`/staff/account?done=password-${result.strength}`), cookie);
}
