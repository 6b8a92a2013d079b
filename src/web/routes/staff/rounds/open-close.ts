import type { Request } from 'express';
import { graceOf } from '../../../../assessment/round';
import { groupCounts, totals } from '../../../../assessment/group-counts';
import { usualThresholds } from '../../../../definitions/instrument';
import { formatDate } from '../../../../locales/formats';
import { dayOf } from '../../../../shared/clock';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { redirect, type Outcome } from '../../../outcome';
import { statusOfRefusal } from '../../../refusals';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

/** Says what freezes before a round is opened. */
export async function openingPage(_request: Request, staff: StaffRound): Promise<Outcome> {
  const { round, services } = staff;
  if (round.status !== 'draft') return redirect(staff.path());
  const opening = await services.assessment.rounds.openingRefusal(round.id);
  return showOpening(staff, isRefusal(opening) ? opening : null);
}

export async function openRound(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const opened = await staff.services.assessment.rounds.open(staff.round.id);
  if (!isRefusal(opened)) return redirect(staff.path('?done=opened'));
  // Somebody else has opened it: what was wanted is done.
  if (opened.refused === 'wrong-status') return redirect(staff.path());
  return showOpening(staff, opened);
}

/** Says what happens before a round begins to close. */
export async function closingPage(_request: Request, staff: StaffRound): Promise<Outcome> {
  const { language, round, services, t } = staff;
  if (round.status !== 'open') return redirect(staff.path());
  const early = round.closesOn > dayOf(services.clock());
  const grace = graceOf(round);
  return showClosing(staff, 'staff/rounds/close', {
    title: t('staff:closing.title'),
    lead: t(grace === 0 ? 'staff:closing.leadAtOnce' : 'staff:closing.lead', { count: grace }),
    grace,
    early: early ? t('staff:closing.early', { day: formatDate(round.closesOn, language) }) : null,
    address: staff.path('/close'),
  });
}

export async function closeRound(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { round, services } = staff;
  const { rounds } = services.assessment;
  const begun = await rounds.beginClosing(round.id);
  // Somebody else has begun it, or the clock: what was wanted is done.
  if (isRefusal(begun) && begun.refused !== 'wrong-status') return begun;
  if (isRefusal(begun)) return redirect(staff.path());
  if (graceOf(begun) > 0) return redirect(staff.path('?done=closing'));
  return sealRound(_request, staff);
}

/** Takes closing back while those who have begun still finish. */
export async function reopenRound(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const reopened = await staff.services.assessment.rounds.reopen(staff.round.id);
  if (!isRefusal(reopened)) return redirect(staff.path('?done=reopened'));
  return reopened.refused === 'wrong-status' ? redirect(staff.path()) : reopened;
}

/** Says that there is no way back, before the time of those who have begun is cut short. */
export async function sealingPage(_request: Request, staff: StaffRound): Promise<Outcome> {
  const { round, t } = staff;
  if (round.status !== 'closing') return redirect(staff.path());
  return showClosing(staff, 'staff/rounds/seal', { title: t('staff:sealing.title'), address: staff.path('/seal') });
}

export async function sealRound(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const closed = await staff.services.collection.sealing.close(staff.round.id);
  if (!isRefusal(closed)) return redirect(staff.path('?done=closed'));
  return closed.refused === 'wrong-status' ? redirect(staff.path()) : closed;
}

async function showClosing(
  staff: StaffRound,
  view: string,
  model: { readonly title: string } & Readonly<Record<string, unknown>>,
): Promise<Outcome> {
  const { known, round, services, unit } = staff;
  const counts = groupCounts(known.instrument, await services.collection.submissions.counts(round.id), round);
  return staffPage(staff, view, {
    unit,
    roundName: roundTitle(round, staff),
    counts,
    ...totals(counts),
    anybody: counts.some(({ count }) => count > 0),
    over: counts.some(({ over }) => over),
    begun: await services.collection.drafts.begun(round.id),
    engine: services.engine,
    back: staff.path(),
    ...model,
  });
}

function showOpening(staff: StaffRound, refusal: Refusal | null): Outcome {
  const { known, round, t, unit } = staff;
  const { instrument } = known;
  return staffPage(
    staff,
    'staff/rounds/open',
    {
      title: t(refusal ? 'staff:opening.barred' : 'staff:opening.title'),
      unit,
      roundName: roundTitle(round, staff),
      barred: refusal ? t(`refusals:${refusal.refused}`, refusal.details) : null,
      form: t(`staff:roundForm.forms.${round.form}`, { count: instrument.forms[round.form]?.minutes ?? 0 }),
      version: instrument.version,
      year: String(round.assessedYear),
      k: (instrument.thresholds ?? usualThresholds).k,
      noSizes: Object.keys(round.groupSizes).length === 0,
      back: staff.path(),
      editPath: staff.path('/edit'),
      address: staff.path('/open'),
    },
    refusal ? statusOfRefusal(refusal.refused) : undefined,
  );
}
