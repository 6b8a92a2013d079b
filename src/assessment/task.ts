import type { Assessment } from './assessments';
import { baselineClosed } from './opening-conditions';
import { daysOverdue, lastDayOf, type Recommendation } from './recommendations/recommendation';
import type { ReviewProgress } from './comments';
import { areComparable, resultsStateOf } from './results-status';
import type { Round } from './round';
import type { Unit } from './units';

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
  | 'approve'
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

/** What tasks follow from, of all units that are looked at. */
export interface TaskSources {
  readonly today: string;
  /** By the assessment's id, baseline first. */
  readonly rounds: ReadonlyMap<string, readonly Round[]>;
  /** Of rounds that have begun and have no results yet, by their id. */
  readonly answers: ReadonlyMap<string, Answered>;
  /** Areas without an agreed score, by the round's id. */
  readonly areasLeft: ReadonlyMap<string, number>;
  /** Rounds whose minutes are approved, by their id. */
  readonly approved: ReadonlySet<string>;
  /** Reviews of comments that nobody has published, by the round's id. */
  readonly reviews: ReadonlyMap<string, ReviewProgress>;
  /** Late recommendations, by the id of the round that made them, the latest first. */
  readonly late: ReadonlyMap<string, readonly Recommendation[]>;
  /** Recommendations of the baseline whose fate nobody has said, by the id of the follow-up. */
  readonly toReview: ReadonlyMap<string, number>;
  /** The planned day of the next meeting, by the round's id. */
  readonly nextMeetings: ReadonlyMap<string, string>;
}

/** How many people have answered in a round, and in how many groups more than there are. */
export interface Answered {
  readonly all: number;
  readonly groupsOver: number;
}

/** What waits in one unit. */
export function tasksOf(unit: Unit, assessments: readonly Assessment[], sources: TaskSources): readonly Task[] {
  if (assessments.length === 0) return [task('make-assessment', { unit })];
  return assessments.flatMap((assessment) => ofAssessment(assessment, unit, sources));
}

/** In the order of `Tasks.all`; those of one rank stay as they are. */
export function ranked(tasks: readonly Task[]): Task[] {
  const keyed = tasks.map((one) => [rank(one), one] as const);
  keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return keyed.map(([, one]) => one);
}

function ofAssessment(assessment: Assessment, unit: Unit, sources: TaskSources): readonly Task[] {
  const about = { unit, assessment };
  const made = sources.rounds.get(assessment.id) ?? [];
  const [baseline, followUp] = (['baseline', 'follow-up'] as const).map((name) =>
    made.find((round) => round.name === name),
  );
  if (!baseline) return [task('make-baseline', about)];
  const late = made.flatMap((round) => lateOf({ ...about, round }, sources));
  const ofRounds = made
    // A follow-up that waits for its baseline is no task yet.
    .filter((round) => round.status !== 'draft' || round === baseline || baselineClosed({ baseline }) === null)
    .flatMap((round) => ofRound({ ...about, round }, sources));
  if (baseline.status !== 'closed') return [...late, ...ofRounds];
  if (!followUp) return [...late, ...ofRounds, task('make-follow-up', about)];
  // The follow-up begins by looking at what has become of the baseline's recommendations.
  const left = sources.toReview.get(followUp.id) ?? 0;
  const reviews = left === 0 ? [] : [task('review-recommendations', { ...about, round: followUp, count: left })];
  const comparison = areComparable(made) ? [task('compare', about)] : [];
  return [...late, ...ofRounds, ...reviews, ...comparison];
}

interface RoundOfUnit extends Pick<Task, 'unit' | 'assessment'> {
  readonly round: Round;
}

function ofRound(about: RoundOfUnit, sources: TaskSources): readonly Task[] {
  const { round } = about;
  const { today, answers } = sources;
  if (round.status === 'draft') {
    return [task('open', { ...about, due: round.opensOn, overdue: round.opensOn < today })];
  }
  const results = resultsStateOf(round);
  if (results === 'computed') return ofComputed(about, sources);
  const { all, groupsOver } = answers.get(round.id) ?? { all: 0, groupsOver: 0 };
  const corrections = groupsOver > 0 ? [task('correct-sizes', { ...about, count: groupsOver })] : [];
  if (round.status === 'open') {
    const overdue = round.closesOn < today;
    const kind = overdue ? 'close' : 'collect';
    return [...corrections, task(kind, { ...about, due: round.closesOn, overdue, count: all })];
  }
  if (results === 'none') return corrections;
  return corrections.length > 0 ? corrections : [task('compute', about)];
}

function ofComputed(
  about: RoundOfUnit,
  { areasLeft, approved, nextMeetings, reviews, today }: TaskSources,
): readonly Task[] {
  const { round } = about;
  const review = reviews.get(round.id);
  const left = areasLeft.get(round.id) ?? 0;
  const due = nextMeetings.get(round.id) ?? null;
  const overdue = due !== null && due < today;
  return [
    ...(review?.state === 'review' ? [commentsTask(about, review)] : []),
    ...(left > 0 ? [task('agree', { ...about, due, overdue, count: left })] : []),
    ...(left === 0 && !approved.has(round.id) ? [task('approve', about)] : []),
  ];
}

function commentsTask(about: RoundOfUnit, { unread }: ReviewProgress): Task {
  return unread > 0 ? task('read-comments', { ...about, count: unread }) : task('publish-comments', about);
}

function lateOf(about: RoundOfUnit, { late, today }: TaskSources): readonly Task[] {
  const own = late.get(about.round.id) ?? [];
  const [latest] = own;
  if (latest?.due == null) return [];
  const named = own.map((one) => ({ id: one.id, what: one.what, days: daysOverdue(one, today) }));
  const due = lastDayOf(latest.due);
  return [task('report-recommendations', { ...about, due, overdue: true, count: own.length, late: named })];
}

function rank({ kind, overdue, due }: Task): string {
  if (kind === 'make-assessment') return '';
  return [overdue ? 0 : kind === 'collect' ? 2 : 1, due ?? '0000'].join(' ');
}

function task(kind: TaskKind, rest: Pick<Task, 'unit'> & Partial<Task>): Task {
  return { kind, assessment: null, round: null, due: null, overdue: false, count: 0, late: [], ...rest };
}
