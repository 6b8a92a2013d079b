import type { Request } from 'express';
import { groupsAsked } from '../../../../../assessment/asking-plan';
import type { Invitation } from '../../../../../collection/invitations/invitation';
import { inLanguage } from '../../../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { redirect, type Outcome } from '../../../../outcome';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';

/** All who are invited, by address: nothing of who has answered, or has got a reminder. */
export async function peoplePage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { round, services, t, unit } = staff;
  const all = await services.collection.invitations.invitations.ofRound(round.id);
  return staffPage(staff, 'staff/rounds/invitations/people', {
    title: t('invitations:people.title'),
    ...{ unit, roundName: roundTitle(round, staff), back: staff.path('/invitations') },
    address: staff.path('/invitations/people'),
    notice: request.query['done'] === 'removed' ? t('invitations:people.removed') : null,
    isOpen: round.status === 'open',
    people: all.map((one) => ({
      address: one.address,
      group: groupName(staff, one),
      remove: staff.path(`/invitations/people/${one.id}/remove`),
    })),
  });
}

export async function removePage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { round, services, t, unit } = staff;
  const all = await services.collection.invitations.invitations.ofRound(round.id);
  const one = all.find(({ id }) => id === request.params['invitation']);
  // Somebody else has removed it.
  if (one === undefined) return redirect(staff.path('/invitations/people'));
  return staffPage(staff, 'staff/rounds/invitations/remove', {
    title: t('invitations:people.removeTitle'),
    ...{ unit, roundName: roundTitle(round, staff), back: staff.path('/invitations/people') },
    address: staff.path(`/invitations/people/${one.id}/remove`),
    person: one.address,
    group: groupName(staff, one),
  });
}

export async function removePerson(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { round, services } = staff;
  const id = String(request.params['invitation']);
  const removed = await services.collection.invitations.invitations.remove(round.id, id);
  // Somebody else has removed it: it is gone as it was wished.
  if (isRefusal(removed) && removed.refused !== 'invitation-unknown') return removed;
  return redirect(staff.path('/invitations/people?done=removed'));
}

function groupName({ known, language, round }: StaffRound, { group }: Invitation): string {
  const asked = groupsAsked(known.instrument, round).find(({ code }) => code === group);
  return asked ? inLanguage(asked.name, language) : group;
}
