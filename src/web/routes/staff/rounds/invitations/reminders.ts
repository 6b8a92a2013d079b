import type { Request } from 'express';
import { formatDate } from '../../../../../locales/formats';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { rawForm } from '../../../../forms/raw';
import { redirect, type Outcome } from '../../../../outcome';
import { asText, fieldError, readForm } from '../../form';
import type { StaffRound } from '../with-round';
import { showInvitations } from './overview';
import { reminderForm } from './reminder-form';

export async function planReminder(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { language, round, services, t } = staff;
  const raw = rawForm(request.body);
  const { values, errors } = readForm(reminderForm, raw, language);
  if (errors.length > 0) return showInvitations(staff, { errors, reminder: raw });
  const time = /^(\d{1,2})[:.](\d{2})$/.exec(asText(values['time']).trim());
  const at = `${asText(values['day'])}T${(time?.[1] ?? '').padStart(2, '0')}:${time?.[2] ?? ''}`;
  const planned = await services.collection.invitations.mailings.planReminder(round, at);
  if (!isRefusal(planned)) return redirect(staff.path('/invitations?done=planned#reminders'));
  if (planned.refused === 'changed-meanwhile') return planned;
  const { days, near, lastDay, ...details } = planned.details ?? {};
  const words = {
    ...details,
    ...(days === undefined ? {} : { count: days }),
    ...(near === undefined ? {} : { near: formatDate(String(near), language) }),
    ...(lastDay === undefined ? {} : { lastDay: formatDate(String(lastDay), language) }),
  };
  const text = t(`invitations:refusals.${planned.refused}`, words);
  const field = planned.refused === 'time-malformed' ? 'time' : 'day';
  return showInvitations(staff, { errors: [fieldError(reminderForm, field, text)], reminder: raw });
}

export async function dropReminder(request: Request, staff: StaffRound): Promise<Outcome> {
  await staff.services.collection.invitations.mailings.dropReminder(staff.round.id, Number(request.params['number']));
  return redirect(staff.path('/invitations?done=dropped#reminders'));
}

export async function confirmClock(_request: Request, staff: StaffRound): Promise<Outcome> {
  await staff.services.collection.invitations.confirmClock();
  staff.services.mail.wake();
  return redirect(staff.path('/invitations#reminders'));
}
