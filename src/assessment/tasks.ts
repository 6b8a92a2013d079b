import { areasOf } from '../definitions/instrument';
import { dayOf, type Clock } from '../shared/clock';
import { isRefusal } from '../shared/errors';
import type { AgreedScores } from './agreed-scores';
import type { Assessment, Assessments } from './assessments';
import type { Comments } from './comments';
import { daysOverdue, lastDayOf, type Recommendation } from './recommendations/recommendation';
import type { Recommendations } from './recommendations/recommendations';
import type { RecommendationReviews } from './recommendations/reviews';
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
  | 'report-recommendations'
  | 'review-recommendations'
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
  /**
   * Answers so far (`close`, `collect`), groups (`correct-sizes`), comments (`read-comments`), areas (`agree`) or
   * recommendations (`report-recommendations`, `review-recommendations`); else 0.
   */
  readonly count: number;
  /** Of `report-recommendations`: which are late, the latest first; else none. */
  readonly late: readonly LateRecommendation[];
}

export interface LateRecommendation extends Pick<Recommendation, 'id' | 'what'> {
  /** Whole days since its last day. */
  readonly days: number;
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
  recommendations: Pick<Recommendations, 'overdue'>;
  recommendationReviews: Pick<RecommendationReviews, 'ofRound' | 'fatesOf'>;
  countsOf: CountsOf;
}): Tasks {
  const { clock, units, assessments, rounds, agreedScores, comments, countsOf } = deps;
  const { recommendations, recommendationReviews } = deps;

  async function ofAssessment(
    assessment: Assessment,
    unit: Unit,
    today: string,
    overdue: readonly Recommendation[],
  ): Promise<readonly Task[]> {
    const about = { unit, assessment };
    const made = await rounds.ofAssessment(assessment.id);
    const [baseline, followUp] = (['baseline', 'follow-up'] as const).map((name) =>
      made.find((round) => round.name === name),
    );
    if (!baseline) return [task('make-baseline', about)];
    const ofRounds = [
      ...made.flatMap((round) => lateOf(round, about, overdue, today)),
      ...(await Promise.all(made.map((round) => ofRound(round, about, today)))).flat(),
    ];
    if (baseline.status !== 'closed') return ofRounds;
    if (followUp) ofRounds.push(...(await ofReview({ ...about, round: followUp })));
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

  /** The follow-up begins by looking at what has become of the baseline's recommendations. */
  async function ofReview(about: Pick<Task, 'unit' | 'assessment'> & { readonly round: Round }) {
    const reviewed = await recommendationReviews.ofRound(about.round);
    const left = reviewed.filter(({ fate }) => fate === null).length;
    return left === 0 ? [] : [task('review-recommendations', { ...about, count: left })];
  }

  /** Late recommendations that no follow-up has reviewed: with the review their time is over. */
  async function lateRecommendations(): Promise<readonly Recommendation[]> {
    const late = await recommendations.overdue();
    const reviewed = await recommendationReviews.fatesOf(late.map(({ id }) => id));
    return late.filter(({ id }) => !reviewed.has(id));
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
      const [allUnits, allAssessments, overdue] = await Promise.all([
        units.all(),
        assessments.all(),
        lateRecommendations(),
      ]);
      const withoutAssessment = allUnits
        .filter(({ id }) => !allAssessments.some(({ unitId }) => unitId === id))
        .map((unit) => task('make-assessment', { unit }));
      // In the order of the units' names, so that what falls on one day stands in an order that people know.
      const ofAssessments = await Promise.all(
        allUnits.flatMap((unit) =>
          allAssessments
            .filter(({ unitId }) => unitId === unit.id)
            .map((assessment) => ofAssessment(assessment, unit, today, overdue)),
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

function lateOf(
  round: Round,
  about: Pick<Task, 'unit' | 'assessment'>,
  overdue: readonly Recommendation[],
  today: string,
): readonly Task[] {
  const own = overdue.filter(({ roundId }) => roundId === round.id);
  const [latest] = own;
  if (latest?.due == null) return [];
  const late = own.map((one) => ({ id: one.id, what: one.what, days: daysOverdue(one, today) }));
  const due = lastDayOf(latest.due);
  return [task('report-recommendations', { ...about, round, due, overdue: true, count: own.length, late })];
}

function task(kind: TaskKind, rest: Pick<Task, 'unit'> & Partial<Task>): Task {
  return { kind, assessment: null, round: null, due: null, overdue: false, count: 0, late: [], ...rest };
}
