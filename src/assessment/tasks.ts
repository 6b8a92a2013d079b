import { commentQuestionsOfForm } from '../definitions/comment-questions';
import { dayOf, type Clock } from '../shared/clock';
import { groupedBy } from '../shared/grouped';
import type { AgreedScores } from './meeting/agreed-scores';
import type { Approvals } from './meeting/approvals';
import type { Assessment, Assessments } from './assessments';
import type { Comments, ReviewProgress } from './comments';
import { daysOverdue, lastDayOf, type Recommendation } from './recommendations/recommendation';
import type { Recommendations } from './recommendations/recommendations';
import type { RecommendationReviews } from './recommendations/reviews';
import { groupsOver } from './group-counts';
import { baselineClosed } from './opening-conditions';
import type { Meetings } from './meeting/meetings';
import { areComparable, resultsStateOf } from './results-status';
import type { Round } from './round';
import type { CountsOf, Rounds } from './rounds';
import { nextMeeting, type Timetables } from './timetables';
import { keptWhileUnchanged, type ChangeMark } from '../storage/change-mark';
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

export interface Tasks {
  /** What can be done now comes first, then what is planned for later, by day and unit; what only goes on stands last. */
  all(): Promise<Task[]>;
  /** The same of these units alone, in the order in which they are given where days are equal. */
  ofUnits(units: readonly Unit[]): Promise<Task[]>;
  /** The same, with what they were made of. */
  lookAt(units: readonly Unit[]): Promise<LookedUnits>;
}

export interface LookedUnits extends Pick<Looked, 'rounds' | 'areasLeft'> {
  readonly tasks: readonly Task[];
  /** By the unit's id, by title. */
  readonly assessments: ReadonlyMap<string, readonly Assessment[]>;
}

/** What tasks are made of, read at once for all units: a question for each round would take longer with each unit. */
interface Looked {
  readonly today: string;
  /** By the assessment's id. */
  readonly rounds: ReadonlyMap<string, readonly Round[]>;
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

export function createTasks(deps: {
  clock: Clock;
  units: Units;
  assessments: Assessments;
  rounds: Rounds;
  agreedScores: AgreedScores;
  approvals: Pick<Approvals, 'approvedOf'>;
  comments: Pick<Comments, 'unpublished'>;
  recommendations: Pick<Recommendations, 'overdue'>;
  recommendationReviews: Pick<RecommendationReviews, 'left' | 'fatesOf'>;
  timetables: Pick<Timetables, 'ofRounds'>;
  meetings: Pick<Meetings, 'counts'>;
  countsOf: CountsOf;
  mark: ChangeMark;
}): Tasks {
  const { clock, units, assessments, rounds, agreedScores, approvals, comments, countsOf } = deps;
  const { recommendations, recommendationReviews, timetables, meetings } = deps;

  /** All but the answers in open rounds, which are counted anew each time. */
  const look = keptWhileUnchanged(deps.mark, keyOfLook, async (of: readonly Assessment[]): Promise<Looked> => {
    const made = await rounds.ofAssessments(of.map(({ id }) => id));
    const all = [...made.values()].flat();
    const computed = all.filter((round) => resultsStateOf(round) === 'computed');
    const [areasLeft, approved, reviews, late, toReview, nextMeetings] = await Promise.all([
      agreedScores.areasLeft(computed),
      approvals.approvedOf(computed.map(({ id }) => id)),
      comments.unpublished(computed.filter(asksForComments).map(({ id }) => id)),
      lateRecommendations(),
      recommendationReviews.left(all),
      meetingsAhead(computed),
    ]);
    return {
      ...{ today: dayOf(clock()), rounds: made, areasLeft, approved, reviews, toReview, nextMeetings },
      late: groupedBy(late, ({ roundId }) => roundId),
    };
  });

  function keyOfLook(of: readonly Assessment[]): string {
    return [dayOf(clock()), ...of.map(({ id }) => id)].join(' ');
  }

  async function meetingsAhead(of: readonly Round[]): Promise<ReadonlyMap<string, string>> {
    const planned = await timetables.ofRounds(of.map(({ id }) => id));
    const held = await meetings.counts([...planned.keys()]);
    return new Map(
      [...planned].flatMap(([id, timetable]) => {
        const day = nextMeeting(timetable, held.get(id) ?? 0);
        return day === null ? [] : [[id, day] as const];
      }),
    );
  }

  /** Late recommendations that no follow-up has reviewed: with the review their time is over. */
  async function lateRecommendations(): Promise<readonly Recommendation[]> {
    const late = await recommendations.overdue();
    const reviewed = await recommendationReviews.fatesOf(late.map(({ id }) => id));
    return late.filter(({ id }) => !reviewed.has(id));
  }

  async function ofAssessment(assessment: Assessment, unit: Unit, looked: Looked): Promise<readonly Task[]> {
    const about = { unit, assessment };
    const made = looked.rounds.get(assessment.id) ?? [];
    const [baseline, followUp] = (['baseline', 'follow-up'] as const).map((name) =>
      made.find((round) => round.name === name),
    );
    if (!baseline) return [task('make-baseline', about)];
    const late = made.flatMap((round) => lateOf({ ...about, round }, looked));
    const ofRounds = (
      await Promise.all(
        // A follow-up that waits for its baseline is no task yet.
        made
          .filter((round) => round.status !== 'draft' || round === baseline || baselineClosed({ baseline }) === null)
          .map((round) => ofRound({ ...about, round }, looked)),
      )
    ).flat();
    if (baseline.status !== 'closed') return [...late, ...ofRounds];
    if (!followUp) return [...late, ...ofRounds, task('make-follow-up', about)];
    // The follow-up begins by looking at what has become of the baseline's recommendations.
    const left = looked.toReview.get(followUp.id) ?? 0;
    const reviews = left === 0 ? [] : [task('review-recommendations', { ...about, round: followUp, count: left })];
    const comparison = areComparable(made) ? [task('compare', about)] : [];
    return [...late, ...ofRounds, ...reviews, ...comparison];
  }

  async function ofRound(about: RoundOfUnit, looked: Looked): Promise<readonly Task[]> {
    const { round } = about;
    const { today } = looked;
    if (round.status === 'draft') {
      return [task('open', { ...about, due: round.opensOn, overdue: round.opensOn < today })];
    }
    if (resultsStateOf(round) === 'computed') return ofComputed(about, looked);
    const counts = await countsOf(round);
    const answers = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const tooMany = groupsOver(rounds.instrumentOf(round).instrument, counts, round);
    const corrections = tooMany > 0 ? [task('correct-sizes', { ...about, count: tooMany })] : [];
    if (round.status === 'open') {
      const overdue = round.closesOn < today;
      const kind = overdue ? 'close' : 'collect';
      return [...corrections, task(kind, { ...about, due: round.closesOn, overdue, count: answers })];
    }
    if (resultsStateOf(round) === 'none') return corrections;
    return corrections.length > 0 ? corrections : [task('compute', about)];
  }

  function ofComputed(
    about: RoundOfUnit,
    { areasLeft, approved, nextMeetings, reviews, today }: Looked,
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

  function asksForComments(round: Round): boolean {
    return commentQuestionsOfForm(rounds.instrumentOf(round).instrument, round.form).length > 0;
  }

  async function lookAt(of: readonly Unit[]): Promise<LookedUnits> {
    const made = await assessmentsOf(of);
    const looked = await look(made);
    const byUnit = groupedBy(made, ({ unitId }) => unitId);
    // In the order of the units' names, so that what falls on one day stands in an order that people know.
    const tasks = await Promise.all(
      of.map(async (unit) => {
        const own = byUnit.get(unit.id) ?? [];
        if (own.length === 0) return [task('make-assessment', { unit })];
        return (await Promise.all(own.map((assessment) => ofAssessment(assessment, unit, looked)))).flat();
      }),
    );
    const ranked = tasks.flat().map((one) => [rank(one), one] as const);
    ranked.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    const sorted = ranked.map(([, one]) => one);
    return { tasks: sorted, assessments: byUnit, rounds: looked.rounds, areasLeft: looked.areasLeft };
  }

  const assessmentsOf = keptWhileUnchanged(
    deps.mark,
    (of: readonly Unit[]) => of.map(({ id }) => id).join(' '),
    (of) => assessments.ofUnits(of.map(({ id }) => id)),
  );

  const ofUnits = async (of: readonly Unit[]): Promise<Task[]> => [...(await lookAt(of)).tasks];
  return { lookAt, ofUnits, all: async () => ofUnits(await units.all()) };
}

interface RoundOfUnit extends Pick<Task, 'unit' | 'assessment'> {
  readonly round: Round;
}

function commentsTask(about: RoundOfUnit, { unread }: ReviewProgress): Task {
  return unread > 0 ? task('read-comments', { ...about, count: unread }) : task('publish-comments', about);
}

function lateOf(about: RoundOfUnit, { late, today }: Looked): readonly Task[] {
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
