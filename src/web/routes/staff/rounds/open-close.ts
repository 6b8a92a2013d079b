import type { Request } from 'express';
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

/** Says what happens, and that there is no way back, before a round is closed. */
export async function closingPage(_request: Request, staff: StaffRound): Promise<Outcome> {
  const { known, language, round, services, t, unit } = staff;
  if (round.status !== 'open') return redirect(staff.path());
  const counts = groupCounts(known.instrument, await services.collection.submissions.counts(round.id), round);
  const early = round.closesOn > dayOf(services.clock());
  return staffPage(staff, 'staff/rounds/close', {
    title: t('staff:closing.title'),
    unit,
    roundName: roundTitle(round, staff),
    counts,
    ...totals(counts),
    anybody: counts.some(({ count }) => count > 0),
    over: counts.some(({ over }) => over),
    early: early ? t('staff:closing.early', { day: formatDate(round.closesOn, language) }) : null,
    back: staff.path(),
    address: staff.path('/close'),
  });
}

export async function closeRound(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const closed = await staff.services.collection.sealing.close(staff.round.id);
  if (!isRefusal(closed)) return redirect(staff.path('?done=closed'));
  return closed.refused === 'wrong-status' && closed.details?.['status'] === 'closed' ? redirect(staff.path()) : closed;
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
