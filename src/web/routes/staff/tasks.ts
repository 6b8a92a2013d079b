import type { Assessment } from '../../../assessment/assessments';
import type { Round } from '../../../assessment/round';
import type { Unit } from '../../../assessment/units';
import { areasOf } from '../../../definitions/instrument';
import { isRefusal } from '../../../shared/errors';
import { dayOf } from '../../../shared/clock';
import { peopleOverSizes } from './counts';
import type { Staff } from './signed-in';

/** One thing that waits for the facilitator. Its words are `staff:task.<kind>`. */
export interface Task {
  readonly kind: TaskKind;
  readonly href: string;
  /** Name of the unit it is for. */
  readonly unit: string;
  /** Which round; null where it is about an assessment or a unit. */
  readonly round: Round['name'] | null;
  /** The planned day, `YYYY-MM-DD`; null where there is none. */
  readonly due: string | null;
  readonly overdue: boolean;
  /** What the sentence counts. */
  readonly count: number;
}

export type TaskKind =
  | 'make-assessment'
  | 'make-baseline'
  | 'open'
  | 'close'
  | 'correct-sizes'
  | 'agree'
  | 'make-follow-up'
  | 'compare'
  | 'collect';

/** What can be done now comes first, then what is planned for later, by day; what only goes on stands last. */
export async function tasksFor(
  staff: Staff,
  units: readonly Unit[],
  assessments: readonly Assessment[],
): Promise<Task[]> {
  const today = dayOf(staff.services.clock());
  const withoutAssessment = units
    .filter(({ id }) => !assessments.some(({ unitId }) => unitId === id))
    .map(({ id, name }) => task('make-assessment', `/staff/units/${id}/assessments/new`, name));
  const ofAssessments = await Promise.all(
    assessments.map(async (assessment) => {
      const unit = units.find(({ id }) => id === assessment.unitId);
      return unit ? tasksOfAssessment(staff, assessment, unit.name, today) : [];
    }),
  );
  const all = [...withoutAssessment, ...ofAssessments.flat()];
  const rank = ({ kind, overdue, due }: Task): string =>
    [overdue ? 0 : kind === 'collect' ? 2 : 1, due ?? '0000'].join(' ');
  return all.sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0));
}

async function tasksOfAssessment(
  staff: Staff,
  { id }: Assessment,
  unit: string,
  today: string,
): Promise<readonly Task[]> {
  const rounds = await staff.services.assessment.rounds.ofAssessment(id);
  const [baseline, followUp] = (['baseline', 'follow-up'] as const).map((name) =>
    rounds.find((round) => round.name === name),
  );
  if (!baseline) return [task('make-baseline', `/staff/assessments/${id}/rounds/new/baseline`, unit)];
  const ofRounds = (await Promise.all(rounds.map((round) => tasksOfRound(staff, round, unit, today)))).flat();
  if (ofRounds.some(({ kind }) => kind === 'correct-sizes')) return ofRounds;
  if (baseline.status === 'closed' && !followUp) {
    return [...ofRounds, task('make-follow-up', `/staff/assessments/${id}/rounds/new/follow-up`, unit)];
  }
  const comparable = baseline.status === 'closed' && followUp?.status === 'closed';
  return comparable ? [...ofRounds, task('compare', `/staff/assessments/${id}/comparison`, unit)] : ofRounds;
}

async function tasksOfRound(staff: Staff, round: Round, unit: string, today: string): Promise<readonly Task[]> {
  const { agreedScores, rounds, submissions } = staff.services.assessment;
  const href = `/staff/rounds/${round.id}`;
  const about = { round: round.name };
  if (round.status === 'draft') {
    const waits = await rounds.openingRefusal(round.id);
    // A follow-up that waits for its baseline is no task yet.
    if (isRefusal(waits) && waits.refused === 'baseline-not-closed') return [];
    const overdue = round.opensOn < today;
    return [task('open', href, unit, { ...about, due: round.opensOn, overdue })];
  }
  const counts = await submissions.counts(round.id);
  const answers = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const tooMany = peopleOverSizes(counts, round.groupSizes);
  const corrections =
    tooMany.length > 0 ? [task('correct-sizes', `${href}/edit`, unit, { ...about, count: tooMany.length })] : [];
  if (round.status === 'open') {
    const overdue = round.closesOn < today;
    const kind = overdue ? 'close' : 'collect';
    return [...corrections, task(kind, href, unit, { ...about, due: round.closesOn, overdue, count: answers })];
  }
  const set = new Set([...(await agreedScores.ofRound(round.id)).map(({ area }) => area), ...round.outOfScope]);
  const left = areasOf(rounds.instrumentOf(round).instrument).filter(({ code }) => !set.has(code)).length;
  return left === 0 ? corrections : [...corrections, task('agree', `${href}/meeting`, unit, { ...about, count: left })];
}

function task(kind: TaskKind, href: string, unit: string, rest: Partial<Task> = {}): Task {
  return { kind, href, unit, round: null, due: null, overdue: false, count: 0, ...rest };
}
