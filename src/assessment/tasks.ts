import { areasOf } from '../definitions/instrument';
import { dayOf, type Clock } from '../shared/clock';
import { isRefusal } from '../shared/errors';
import type { AgreedScores } from './agreed-scores';
import type { Assessment, Assessments } from './assessments';
import type { Comments } from './comments';
import { commentQuestions } from './published-comments';
import { groupCounts } from './group-counts';
import { areComparable, resultsStateOf } from './results-status';
import type { Round } from './round';
import type { CountsOf, Rounds } from './rounds';
import type { Unit, Units } from './units';

export type TaskKind =
  | 'make-assessment'
  | 'make-baseline'
  | 'open'
  | 'close'
  | 'correct-sizes'
  | 'compute'
  | 'read-comments'
  | 'publish-comments'
  | 'agree'
  | 'make-follow-up'
  | 'compare'
  | 'collect';

/** One thing that waits for the facilitator. */
export interface Task {
  readonly kind: TaskKind;
  readonly unit: Unit;
  /** null where the unit has none. */
  readonly assessment: Assessment | null;
  /** The round it is about; null where it is about an assessment or a unit. */
  readonly round: Round | null;
  /** The planned day, `YYYY-MM-DD`; null where there is none. */
  readonly due: string | null;
  readonly overdue: boolean;
  /** Answers so far (`close`, `collect`), groups (`correct-sizes`), comments (`read-comments`) or areas (`agree`); else 0. */
  readonly count: number;
}

export interface Tasks {
  /** What can be done now comes first, then what is planned for later, by day and unit; what only goes on stands last. */
  all(): Promise<Task[]>;
}

export function createTasks(deps: {
  clock: Clock;
  units: Units;
  assessments: Assessments;
  rounds: Rounds;
  agreedScores: AgreedScores;
  comments: Pick<Comments, 'progress'>;
  countsOf: CountsOf;
}): Tasks {
  const { clock, units, assessments, rounds, agreedScores, comments, countsOf } = deps;

  async function ofAssessment(assessment: Assessment, unit: Unit, today: string): Promise<readonly Task[]> {
    const about = { unit, assessment };
    const made = await rounds.ofAssessment(assessment.id);
    const [baseline, followUp] = (['baseline', 'follow-up'] as const).map((name) =>
      made.find((round) => round.name === name),
    );
    if (!baseline) return [task('make-baseline', about)];
    const ofRounds = (await Promise.all(made.map((round) => ofRound(round, about, today)))).flat();
    if (baseline.status !== 'closed') return ofRounds;
    if (!followUp) return [...ofRounds, task('make-follow-up', about)];
    return areComparable(made) ? [...ofRounds, task('compare', about)] : ofRounds;
  }

  async function ofRound(
    round: Round,
    { unit, assessment }: Pick<Task, 'unit' | 'assessment'>,
    today: string,
  ): Promise<readonly Task[]> {
    const about = { unit, assessment, round };
    if (round.status === 'draft') {
      const waits = await rounds.openingRefusal(round.id);
      // A follow-up that waits for its baseline is no task yet.
      if (isRefusal(waits) && waits.refused === 'baseline-not-closed') return [];
      return [task('open', { ...about, due: round.opensOn, overdue: round.opensOn < today })];
    }
    const counts = await countsOf(round.id);
    const answers = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const { instrument } = rounds.instrumentOf(round);
    const tooMany = groupCounts(instrument, counts, round).filter(({ over }) => over).length;
    const corrections = tooMany > 0 ? [task('correct-sizes', { ...about, count: tooMany })] : [];
    if (round.status === 'open') {
      const overdue = round.closesOn < today;
      const kind = overdue ? 'close' : 'collect';
      return [...corrections, task(kind, { ...about, due: round.closesOn, overdue, count: answers })];
    }
    if (resultsStateOf(round) === 'waiting') return corrections.length > 0 ? corrections : [task('compute', about)];
    const set = new Set([...(await agreedScores.ofRound(round.id)).map(({ area }) => area), ...round.outOfScope]);
    const left = areasOf(instrument).filter(({ code }) => !set.has(code)).length;
    const words = await ofComments(about);
    return left === 0 ? words : [...words, task('agree', { ...about, count: left })];
  }

  async function ofComments(about: Pick<Task, 'unit' | 'assessment'> & { readonly round: Round }) {
    const asked = commentQuestions(rounds.instrumentOf(about.round).instrument, about.round.form);
    if (asked.length === 0) return [];
    const review = await comments.progress(about.round.id);
    if (isRefusal(review) || review.state !== 'review') return [];
    const { unread } = review;
    return [unread > 0 ? task('read-comments', { ...about, count: unread }) : task('publish-comments', about)];
  }

  return {
    async all() {
      const today = dayOf(clock());
      const [allUnits, allAssessments] = await Promise.all([units.all(), assessments.all()]);
      const withoutAssessment = allUnits
        .filter(({ id }) => !allAssessments.some(({ unitId }) => unitId === id))
        .map((unit) => task('make-assessment', { unit }));
      // In the order of the units' names, so that what falls on one day stands in an order that people know.
      const ofAssessments = await Promise.all(
        allUnits.flatMap((unit) =>
          allAssessments
            .filter(({ unitId }) => unitId === unit.id)
            .map((assessment) => ofAssessment(assessment, unit, today)),
        ),
      );
      const rank = ({ kind, overdue, due }: Task): string =>
        [overdue ? 0 : kind === 'collect' ? 2 : 1, due ?? '0000'].join(' ');
      return [...withoutAssessment, ...ofAssessments.flat()].sort((one, other) =>
        rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0,
      );
    },
  };
}

function task(kind: TaskKind, rest: Pick<Task, 'unit'> & Partial<Task>): Task {
  return { kind, assessment: null, round: null, due: null, overdue: false, count: 0, ...rest };
}
