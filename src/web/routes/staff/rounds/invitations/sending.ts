import type { Request } from 'express';
import { mailingId } from '../../../../../collection/invitations/mailing';
import { isRefusal, refuse, type Refusal } from '../../../../../shared/errors';
import { notFound, redirect, type Outcome } from '../../../../outcome';
import { siteAddress } from '../../../../site-address';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { letterParagraphs } from './letter-paragraphs';

/** Shows the letter and how many it goes to, before it cannot be called back. */
export async function sendPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { round, services, t, unit } = staff;
  const letters = services.collection.invitations;
  const all = await letters.invitations.ofRound(round.id);
  const count = all.filter(({ letter, state }) => letter === 1 && state === 'waiting').length;
  if (services.mail.post === null || round.status !== 'open' || count === 0)
    return redirect(staff.path('/invitations'));
  const { subject, text } = await letters.example(round, 'invitation', await letters.texts.of(round.id));
  return staffPage(staff, 'staff/rounds/invitations/send', {
    title: t('invitations:sending.askTitle', { count }),
    address: staff.path('/invitations/send'),
    back: staff.path('/invitations'),
    roundName: roundTitle(round, staff),
    unit,
    letter: { subject, paragraphs: letterParagraphs(text, siteAddress(request, services.baseUrl)) },
    textsPath: staff.path('/invitations/texts'),
  });
}

export async function sendInvitations(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { round, services } = staff;
  if (round.status !== 'open') return refuse('round-not-open', { status: round.status });
  await services.collection.invitations.mailings.sendInvitations(round.id);
  services.mail.wake();
  return redirect(staff.path('/invitations?done=sending#sending'));
}

/** What staff may do with a mailing, and what the page then says. */
const notices = { pause: 'paused', 'go-on': 'resumed', stop: 'stopped' } as const;

export async function moveMailing(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { number, action } = request.params;
  const known = (Object.keys(notices) as (keyof typeof notices)[]).find((one) => one === action);
  if (known === undefined) return notFound();
  const { mailings } = staff.services.collection.invitations;
  const moved = await mailings.move({ id: mailingId(staff.round.id, Number(number)) }, 'staff', known);
  // It ended, or somebody else pressed: the page shows how it stands.
  if (isRefusal(moved)) return redirect(staff.path('/invitations#sending'));
  staff.services.mail.wake();
  return redirect(staff.path(`/invitations?done=${notices[known]}#${Number(number) > 1 ? 'reminders' : 'sending'}`));
}
