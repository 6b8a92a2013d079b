import { commentQuestionsOfForm } from '../definitions/comment-questions';
import { dayOf, type Clock } from '../shared/clock';
import { groupedBy } from '../shared/grouped';
import { keptWhileUnchanged, type ChangeMark } from '../storage/change-mark';
import type { Assessment, Assessments } from './assessments';
import type { Comments } from './comments';
import { groupsOver } from './group-counts';
import type { AgreedScores } from './meeting/agreed-scores';
import type { Approvals } from './meeting/approvals';
import type { Meetings } from './meeting/meetings';
import type { Recommendation } from './recommendations/recommendation';
import type { Recommendations } from './recommendations/recommendations';
import type { RecommendationReviews } from './recommendations/reviews';
import { resultsStateOf } from './results-status';
import type { Round } from './round';
import { answersIn, type CountsOf, type Rounds } from './rounds';
import { ranked, tasksOf, type Answered, type Task, type TaskSources } from './task';
import { nextMeeting, type Timetables } from './timetables';
import type { Unit, Units } from './units';

export interface Tasks {
  /** What can be done now comes first, then what is planned for later, by day and unit; what only goes on stands last. */
  all(): Promise<Task[]>;
  /** The same of these units alone, in the order in which they are given where days are equal. */
  ofUnits(units: readonly Unit[]): Promise<Task[]>;
  /** The same, with what they were made of. */
  lookAt(units: readonly Unit[]): Promise<LookedUnits>;
}

export interface LookedUnits extends Pick<TaskSources, 'rounds' | 'areasLeft' | 'answers'> {
  readonly tasks: readonly Task[];
  /** By the unit's id, by title. */
  readonly assessments: ReadonlyMap<string, readonly Assessment[]>;
}

/** What tasks are made of, read at once for all units: a question for each round would take longer with each unit. */
interface Looked {
  /** Its `answers` are those of rounds that get no more. */
  readonly sources: TaskSources;
  /** By the unit's id, by title. */
  readonly assessments: LookedUnits['assessments'];
  /** Rounds that may get another answer at any time, which changes no mark. */
  readonly collecting: readonly Round[];
  /** By the unit's id: tasks of the units that have no such round. */
  readonly settled: ReadonlyMap<string, readonly Task[]>;
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

  const look = keptWhileUnchanged(deps.mark, keyOfLook, async (of: readonly Unit[]): Promise<Looked> => {
    const made = await assessments.ofUnits(of.map(({ id }) => id));
    const byAssessment = await rounds.ofAssessments(made.map(({ id }) => id));
    const all = [...byAssessment.values()].flat();
    const computed = all.filter((round) => resultsStateOf(round) === 'computed');
    const closed = all.filter((round) => round.status === 'closed' && resultsStateOf(round) !== 'computed');
    const [answers, areasLeft, approved, reviews, late, toReview, nextMeetings] = await Promise.all([
      answered(closed),
      agreedScores.areasLeft(computed),
      approvals.approvedOf(computed.map(({ id }) => id)),
      comments.unpublished(computed.filter(asksForComments).map(({ id }) => id)),
      lateRecommendations(),
      recommendationReviews.left(all),
      meetingsAhead(computed),
    ]);
    const sources: TaskSources = {
      ...{ today: dayOf(clock()), rounds: byAssessment, answers, areasLeft, approved, reviews, toReview, nextMeetings },
      late: groupedBy(late, ({ roundId }) => roundId),
    };
    const byUnit = groupedBy(made, ({ unitId }) => unitId);
    const ofUnit = ({ id }: Unit) => byUnit.get(id) ?? [];
    const collects = (unit: Unit) => ofUnit(unit).some(({ id }) => byAssessment.get(id)?.some(isCollecting));
    const settled = of.filter((unit) => !collects(unit));
    return {
      ...{ sources, assessments: byUnit, collecting: all.filter(isCollecting) },
      settled: new Map(settled.map((unit) => [unit.id, tasksOf(unit, ofUnit(unit), sources)])),
    };
  });

  function keyOfLook(of: readonly Unit[]): string {
    return [dayOf(clock()), ...of.map(({ id }) => id)].join(' ');
  }

  async function answered(of: readonly Round[]): Promise<ReadonlyMap<string, Answered>> {
    const counts = await countsOf(of);
    return new Map(
      of.map((round) => {
        const own = counts.get(round.id) ?? {};
        const { instrument } = rounds.instrumentOf(round);
        return [round.id, { all: answersIn(own), groupsOver: groupsOver(instrument, own, round) }] as const;
      }),
    );
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

  function asksForComments(round: Round): boolean {
    return commentQuestionsOfForm(rounds.instrumentOf(round).instrument, round.form).length > 0;
  }

  async function lookAt(of: readonly Unit[]): Promise<LookedUnits> {
    const { sources: kept, assessments: byUnit, collecting, settled } = await look(of);
    const sources = { ...kept, answers: new Map([...kept.answers, ...(await answered(collecting))]) };
    const tasks = of.flatMap((unit) => settled.get(unit.id) ?? tasksOf(unit, byUnit.get(unit.id) ?? [], sources));
    // In the order of the units' names, so that what falls on one day stands in an order that people know.
    return { ...sources, tasks: ranked(tasks), assessments: byUnit };
  }

  const ofUnits = async (of: readonly Unit[]): Promise<Task[]> => [...(await lookAt(of)).tasks];
  return { lookAt, ofUnits, all: async () => ofUnits(await units.all()) };
}

function isCollecting({ status }: Round): boolean {
  return status !== 'draft' && status !== 'closed';
}
