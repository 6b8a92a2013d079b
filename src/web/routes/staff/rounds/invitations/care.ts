import type { Request } from 'express';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { rawForm, rawText } from '../../../../forms/raw';
import { redirect, type Outcome } from '../../../../outcome';
import type { StaffRound } from '../with-round';
import { showInvitations } from './overview';

/** The first letter goes out again, to the address as it is corrected. */
export async function sendAgain(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { round, services, t } = staff;
  const id = String(request.params['invitation']);
  const typed = rawText(rawForm(request.body), 'address');
  const again = await services.collection.invitations.invitations.sendAgain(round.id, id, typed);
  if (!isRefusal(again)) {
    services.mail.wake();
    return redirect(staff.path('/invitations?done=again#care'));
  }
  if (again.refused === 'invitation-unknown' || again.refused === 'invitation-not-failed') return back(staff);
  const text = t(`invitations:faults.${again.refused}`, again.details);
  const errors = [{ field: 'address', target: `address-${id}`, text }];
  return showInvitations(staff, { errors, address: { invitation: id, typed, text } });
}

export async function letterArrived(request: Request, staff: StaffRound): Promise<Outcome> {
  const { round, services } = staff;
  const id = String(request.params['invitation']);
  const arrived = await services.collection.invitations.invitations.arrived(round.id, id);
  return isRefusal(arrived) ? back(staff) : redirect(staff.path('/invitations?done=arrived#care'));
}

/** Somebody else has seen to it. */
function back(staff: StaffRound): Outcome {
  return redirect(staff.path('/invitations#care'));
}
