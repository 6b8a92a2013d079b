import type { Request } from 'express';
import { groupsAsked } from '../../../../../assessment/asking-plan';
import { wayOf } from '../../../../../assessment/round';
import { needsCare, type Invitation } from '../../../../../collection/invitations/invitation';
import { mailingMoves, type Mailing } from '../../../../../collection/invitations/mailing';
import { fewestDaysBetween, mostReminders } from '../../../../../collection/invitations/mailings';
import { momentWords, warsawTime } from '../../../../../events/when';
import { formatDate } from '../../../../../locales/formats';
import { movesOf, refusalOfMove } from '../../../../../shared/moves';
import type { RawForm } from '../../../../forms/raw';
import type { Outcome } from '../../../../outcome';
import { errorLinks, shownFields, type FormError } from '../../form';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { reminderForm } from './reminder-form';

/** What a person typed that was refused, on the page with everything else. */
export interface Refused {
  readonly errors: readonly FormError[];
  /** The fields of a planned reminder, as typed. */
  readonly reminder?: RawForm;
  /** The corrected address of one invitation, as typed. */
  readonly address?: { readonly invitation: string; readonly typed: string; readonly text: string };
}

const notices = ['sending', 'paused', 'resumed', 'stopped', 'planned', 'dropped', 'again', 'arrived', 'texts'];

export function invitationsPage(request: Request, staff: StaffRound): Promise<Outcome> {
  return showInvitations(staff, { errors: [] }, noticeOf(request, staff));
}

/** The whole of it on one page: people, letters, sending, what did not arrive, reminders. */
export async function showInvitations(
  staff: StaffRound,
  refused: Refused,
  notice: string | null = null,
): Promise<Outcome> {
  const { language, round, services, t, unit } = staff;
  const { invitations, mailings, texts } = services.collection.invitations;
  const [all, sent, words] = await Promise.all([
    invitations.ofRound(round.id),
    mailings.ofRound(round.id),
    texts.of(round.id),
  ]);
  const groups = groupsOf(staff, all);
  const first = sent.find(({ number }) => number === 1);
  const reminders = sent.filter(({ number }) => number > 1);
  const isOpen = round.status === 'open';
  return staffPage(staff, 'staff/rounds/invitations/overview', {
    title: t('invitations:page.title'),
    errors: errorLinks(refused.errors),
    address: staff.path('/invitations'),
    home: staff.path('/invitations'),
    back: { href: staff.path(), text: roundTitle(round, staff) },
    unit,
    notice,
    off: services.mail.post === null,
    noGroup: groups.length === 0,
    isDraft: round.status === 'draft',
    isOpen,
    isOver: round.status !== 'draft' && !isOpen,
    mayInvite: isOpen && services.mail.post !== null && groups.length > 0,
    groups,
    total: all.length,
    stopped: all.filter(({ state }) => state === 'no-letters').length,
    ownTexts: words.revision > 0,
    sending: first === undefined ? null : progressOf(staff, first, all),
    held: isOpen ? await heldWords(staff, reminders) : null,
    ready: first === undefined || first.state === 'done' ? waiting(all, 1).length : 0,
    care: isOpen ? all.filter(needsCare).map((one) => careOf(staff, one, refused)) : [],
    reminders: reminders.map((one, index) => reminderOf(staff, one, index + 1, all)),
    reminderLead: t('invitations:reminders.lead', { count: fewestDaysBetween, most: mostReminders }),
    mayPlan: first !== undefined && reminders.length < mostReminders,
    begun: first !== undefined,
    form: shownFields(reminderForm, refused.reminder ?? {}, language, refused.errors),
    scripts: ['staff.js'],
  });
}

/** What a person is asked where a reminder waits because the clock has jumped. */
async function heldWords({ language, services, t }: StaffRound, reminders: readonly Mailing[]): Promise<string | null> {
  const jump = reminders.some(({ state }) => state === 'planned') ? await services.collection.invitations.jump() : null;
  if (jump === null) return null;
  const [now, known] = [jump.now, jump.known].map((moment) => momentWords(warsawTime(new Date(moment)), language));
  return t('invitations:reminders.held', { now, known });
}

/** By group, in the order of the questionnaire. Counts alone: nothing here knows who has answered. */
function groupsOf({ known, round }: StaffRound, all: readonly Invitation[]) {
  const asked = groupsAsked(known.instrument, round).filter(({ code }) => wayOf(round, code) === 'invitations');
  return asked.map(({ code, name, size }) => {
    const invited = all.filter(({ group }) => group === code).length;
    return { name, size, invited, tooMany: size !== null && invited > size };
  });
}

function waiting(all: readonly Invitation[], letter: number): readonly Invitation[] {
  return all.filter((one) => one.letter === letter && (one.state === 'waiting' || one.state === 'sending'));
}

/** How far a mailing is, and what may be done with it. */
function progressOf(staff: StaffRound, mailing: Mailing, all: readonly Invitation[]) {
  const { t } = staff;
  const { counts, letter, number, state } = mailing;
  const left = letter === null ? [] : waiting(all, letter);
  const retried = left.filter(({ error }) => error !== null);
  const ended = counts.sent + counts.spared + counts.bounced + counts.unsure;
  return {
    number,
    state,
    stands: t(`invitations:sending.${state === 'paused' ? 'paused' : 'running'}`, { count: left.length }),
    isDone: state === 'done' && left.length === 0,
    isActive: state === 'running' || state === 'paused',
    sent: counts.sent,
    ended,
    total: ended + left.length,
    progress: t('invitations:sending.progress', { sent: counts.sent, total: ended + left.length }),
    retried:
      retried[0] === undefined
        ? null
        : t('invitations:sending.retried', { count: retried.length, reason: retried[0].error }),
    actions: movesOf(mailingMoves, state, 'staff')
      .filter((move) => refusalOfMove(move, mailing) === null)
      .map(({ action }) => ({
        path: staff.path(`/invitations/mailings/${number}/${action}`),
        text: t(`invitations:sending.${action === 'go-on' ? 'resume' : action}`),
        kind: action === 'stop' ? 'warning' : 'secondary',
      })),
  };
}

function reminderOf(staff: StaffRound, mailing: Mailing, place: number, all: readonly Invitation[]) {
  const { language, t } = staff;
  const { at, begunOn, counts, number, state } = mailing;
  const when = at === null ? '' : momentWords(at, language);
  return {
    name: t('invitations:reminders.number', { number: place }),
    stands: t(`invitations:reminders.${state}`, { when, day: begunOn === null ? '' : formatDate(begunOn, language) }),
    counts:
      begunOn === null ? null : t('invitations:reminders.counts', { ...counts, lost: counts.bounced + counts.unsure }),
    drop: state === 'planned' ? staff.path(`/invitations/reminders/${number}/drop`) : null,
    progress: state === 'running' || state === 'paused' ? progressOf(staff, mailing, all) : null,
  };
}

function careOf(staff: StaffRound, { id, address, state, error }: Invitation, { address: typed }: Refused) {
  const own = typed?.invitation === id ? typed : null;
  return {
    ...{ id: `address-${id}`, address },
    value: own?.typed ?? address,
    error: own?.text ?? null,
    why: staff.t(`invitations:care.${state}`, { reason: error ?? '' }),
    again: staff.path(`/invitations/people/${id}/again`),
    arrived: state === 'unsure' ? staff.path(`/invitations/people/${id}/arrived`) : null,
  };
}

function noticeOf({ query }: Request, { t }: StaffRound): string | null {
  const { done, count } = query;
  if (done === 'added') return t('invitations:page.done.added', { count: Number(count) || 0 });
  return typeof done === 'string' && notices.includes(done) ? t(`invitations:page.done.${done}`) : null;
}
