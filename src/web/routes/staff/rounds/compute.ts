import type { Request } from 'express';
import { groupCounts, totals, type GroupCount } from '../../../../assessment/group-counts';
import { resultsStateOf } from '../../../../assessment/results-status';
import { inLanguage } from '../../../../definitions/instrument';
import { formatList } from '../../../../locales/formats';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm } from '../../../forms/raw';
import { revisionOf } from '../../../forms/revision';
import { redirect, type Outcome } from '../../../outcome';
import { statusOfRefusal } from '../../../refusals';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

/** Shows the sizes that the results will rest on, and says what freezes, before they are computed. */
export async function computingPage(_request: Request, staff: StaffRound): Promise<Outcome> {
  if (resultsStateOf(staff.round) !== 'waiting') return redirect(staff.path());
  return showComputing(staff, await staff.services.assessment.rounds.computingRefusal(staff.round));
}

export async function computeResults(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { round, services } = staff;
  const { rounds } = services.assessment;
  const computed = await rounds.computeResults(round.id, revisionOf(rawForm(request.body)));
  if (!isRefusal(computed)) return redirect(staff.path('/results'));
  if (computed.refused !== 'changed-meanwhile' && computed.refused !== 'more-answers-than-people') return computed;
  // Somebody has changed the sizes since they were shown: they are looked at again.
  const now = await rounds.get(round.id);
  return now === null || resultsStateOf(now) !== 'waiting'
    ? redirect(staff.path())
    : showComputing({ ...staff, round: now }, computed);
}

async function showComputing(staff: StaffRound, refusal: Refusal | null): Promise<Outcome> {
  const { known, round, services, t, unit } = staff;
  const counts = groupCounts(known.instrument, await services.collection.submissions.counts(round.id), round);
  return staffPage(
    staff,
    'staff/rounds/compute',
    {
      title: t('staff:computing.title'),
      unit,
      roundName: roundTitle(round, staff),
      counts,
      ...totals(counts),
      barred: counts.some(({ over }) => over),
      changed: refusal?.refused === 'changed-meanwhile',
      unknown: unknownWords(staff, counts),
      few: fewWords(staff, counts),
      revision: round.revision,
      back: staff.path(),
      editPath: staff.path('/edit'),
      address: staff.path('/compute'),
    },
    refusal === null || refusal.refused === 'more-answers-than-people' ? undefined : statusOfRefusal(refusal.refused),
  );
}

/** What a size that nobody knows costs. */
function unknownWords({ language, t }: StaffRound, counts: readonly GroupCount[]): string | null {
  const unknown = counts.filter(({ size }) => size === null);
  if (unknown.length === 0) return null;
  const groups = formatList(
    unknown.map(({ name }) => inLanguage(name, language)),
    language,
  );
  return t('staff:computing.unknown', { count: unknown.length, groups });
}

/** Which groups will be merged with others or left out. */
function fewWords({ language, round, t }: StaffRound, counts: readonly GroupCount[]): string | null {
  const few = counts.filter((one) => one.few);
  if (few.length === 0) return null;
  const groups = formatList(
    few.map(({ name }) => inLanguage(name, language)),
    language,
  );
  return t('staff:computing.few', { count: few.length, groups, k: round.thresholds?.k ?? 0 });
}
