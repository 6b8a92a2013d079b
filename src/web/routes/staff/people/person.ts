import type { Request } from 'express';
import type { Account } from '../../../../accounts/account';
import { accountMoves, type AccountAction } from '../../../../accounts/account-moves';
import { linkPath } from '../../../../accounts/link-letters';
import type { OneTimeLink } from '../../../../accounts/one-time-link';
import { formatDate, formatTime } from '../../../../locales/formats';
import { dayOf } from '../../../../shared/clock';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { movesOf, refusalOfMove } from '../../../../shared/moves';
import { rawForm, rawText } from '../../../forms/raw';
import { notFound, redirect, type Outcome, type PageOutcome } from '../../../outcome';
import { siteAddress } from '../../../site-address';
import { staffPage, type Staff } from '../signed-in';
import { doneOf, personWords } from './list';

/** One person: the account, its invitation, and what can be done with it. */
export async function personPage(request: Request, staff: Staff): Promise<Outcome> {
  const account = await personOf(request, staff);
  return account === null ? notFound() : showPerson(request, staff, account, null);
}

/** Suspends or takes back; erasing asks first. */
export async function movePerson(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const account = await personOf(request, staff);
  const action = (['suspend', 'restore'] as const).find((one) => one === rawText(rawForm(request.body), 'action'));
  if (account === null || action === undefined) return notFound();
  return moved(staff, account, action, action === 'suspend' ? 'suspended' : 'restored');
}

/** Says what goes and what stays before anything goes. */
export async function askToErase(request: Request, staff: Staff): Promise<Outcome> {
  const account = await personOf(request, staff);
  if (account === null || !offered(staff, account).includes('erase')) return notFound();
  return staffPage(staff, 'staff/people/erase', {
    title: staff.t('accounts:erase.title', { name: account.name || account.user }),
    isInvited: account.state === 'invited',
    id: account.id,
  });
}

export async function erasePerson(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const account = await personOf(request, staff);
  return account === null ? notFound() : moved(staff, account, 'erase', 'erased', '/staff/people');
}

/** Sends the invitation once more; the links so far are worth nothing then. */
export async function inviteAgain(request: Request, staff: Staff): Promise<Outcome> {
  const account = await personOf(request, staff);
  if (account?.state !== 'invited' || account.email === null || staff.services.mail.post === null) return notFound();
  await staff.services.oneTimeLinks.invite(account, staff.language);
  const changed = [{ label: staff.t('accounts:invitation.again'), before: null, after: null }];
  return { ...redirect(`/staff/people/${account.id}?done=sent`), changed };
}

/** Makes a link that the administrator passes on, and shows it this once. */
export async function handOver(request: Request, staff: Staff): Promise<Outcome> {
  const account = await personOf(request, staff);
  if (account?.state !== 'invited' && account?.state !== 'active') return notFound();
  const { oneTimeLinks, baseUrl } = staff.services;
  const token = await oneTimeLinks.handOver(account, purposeFor(account));
  const shown = await showPerson(request, staff, account, `${siteAddress(request, baseUrl)}${linkPath(token)}`);
  return { ...shown, changed: [{ label: staff.t('accounts:handOver.title'), before: null, after: null }] };
}

async function showPerson(request: Request, staff: Staff, account: Account, link: string | null): Promise<PageOutcome> {
  const { services } = staff;
  const units = await Promise.all(account.units.map((id) => services.assessment.units.get(id)));
  const latest =
    account.state === 'erased' ? null : await services.oneTimeLinks.latest(account.id, purposeFor(account));
  const moves = offered(staff, account);
  return staffPage(staff, 'staff/people/person', {
    title: personWords(account, staff).name,
    address: `/staff/people/${account.id}`,
    done: doneOf(request),
    person: personWords(account, staff),
    units: units.flatMap((unit) => unit?.name ?? []),
    can: { edit: account.state !== 'erased', ...Object.fromEntries(moves.map((move) => [move, true])) },
    isOwn: account.id === staff.member.id,
    isInvited: account.state === 'invited',
    handsOver: account.state === 'invited' || account.state === 'active',
    writes: account.email !== null && services.mail.post !== null,
    byLetter: services.mail.post !== null,
    latest: latest === null ? null : linkWords(latest, staff),
    link,
  });
}

/** What became of the newest link: „List wysłano 29 listopada 2026, 14.05. Działa do …”. */
function linkWords({ state, askedAt, endsAt, usedAt, error, purpose }: OneTimeLink, { services, t, language }: Staff) {
  const words = (at: string): string => `${formatDate(dayOf(new Date(at)), language)}, ${formatTime(new Date(at), language)}`; // prettier-ignore
  if (purpose === 'reset' && state !== 'handed-over') return null;
  const isOver = endsAt <= services.clock().toISOString();
  const stage = usedAt !== null ? 'used' : isOver ? 'over' : state === 'sending' ? 'waiting' : state;
  return { text: t(`accounts:invitation.${stage}`, { asked: words(askedAt), ends: words(endsAt) }), error };
}

function purposeFor({ state }: Account): 'invitation' | 'reset' {
  return state === 'invited' ? 'invitation' : 'reset';
}

/** The moves whose buttons are shown, by the same table that the service asks. */
function offered({ member }: Staff, account: Account): AccountAction[] {
  return movesOf(accountMoves, account.state, 'staff')
    .filter((move) => refusalOfMove(move, { account, by: member.id }) === null)
    .map(({ action }) => action);
}

async function moved(
  staff: Staff,
  { id, state }: Account,
  action: AccountAction,
  done: string,
  where = `/staff/people/${id}`,
): Promise<Outcome | Refusal> {
  const result = await staff.services.people.move(id, action, staff.member.id);
  if (isRefusal(result)) return result;
  const { t } = staff;
  const changed = [{ label: t('accounts:person.state'), before: t(`accounts:states.${state}`), after: t(`accounts:states.${result.state}`) }]; // prettier-ignore
  return { ...redirect(`${where}?done=${done}`), changed };
}

async function personOf(request: Request, { services }: Staff): Promise<Account | null> {
  return services.people.get(String(request.params['account']));
}
