import { areasOf } from '../../definitions/instrument';
import { dayOf, type Clock } from '../../shared/clock';
import { isRefusal, refuse, type Refusal } from '../../shared/errors';
import { groupedBy } from '../../shared/grouped';
import type { Ids } from '../../shared/ids';
import { inputReader } from '../../shared/input';
import type { Store } from '../../storage/port';
import { updateSeen } from '../../storage/revisions';
import type { Assessments } from '../assessments';
import type { Rounds } from '../rounds';
import type { OpeningRefusal } from '../opening-conditions';
import {
  daysOverdue,
  openStates,
  recommendationInput,
  recommendationsSpec,
  stateReportInput,
  type ListedRecommendation,
  type Recommendation,
  type RecommendationInput,
  type StateReport,
} from './recommendation';
import { mostRecommendations, type Direction, type RecommendationOrders } from './recommendation-order';
import { refusalOfReport } from './recommendation-status';
import type { Priorities } from './priorities';

const read = inputReader(recommendationInput, {
  area: 'area-unknown',
  what: { missing: 'recommendation-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  who: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  due: 'due-malformed',
});
const readReport = inputReader(stateReportInput, {
  state: 'state-not-possible',
  remark: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
});

export type RecommendationRefusal =
  | OpeningRefusal
  | Extract<ReturnType<typeof read>, Refusal>
  | Refusal<'round-unknown' | 'recommendations-frozen' | 'too-many-recommendations'>;
type ReportRefusal = Extract<ReturnType<typeof readReport>, Refusal> | NonNullable<ReturnType<typeof refusalOfReport>>;
type Changed = Refusal<'changed-meanwhile'>;
type Unknown = Refusal<'recommendation-unknown'>;

/** What recommendations know of the minutes of a round: once they are approved, what stands in them stands still. */
export interface MinutesGate {
  isApproved(roundId: string): Promise<boolean>;
  /**
   * Asked by whoever has just written: an approval that is being made begins anew.
   *
   * @returns false where the minutes were approved before it was written
   */
  letIn(roundId: string): Promise<boolean>;
}

export interface Recommendations {
  /** Stands last in the round's list. May come before or after the meeting. */
  add(roundId: string, input: RecommendationInput): Promise<Recommendation | RecommendationRefusal>;
  /** @param seen the revision that the caller saw; another one by now is the refusal `changed-meanwhile` */
  edit(
    id: string,
    input: RecommendationInput,
    seen: number,
  ): Promise<Recommendation | RecommendationRefusal | Changed | Unknown>;
  remove(id: string, seen: number): Promise<null | RecommendationRefusal | Changed | Unknown>;
  /** Puts one before or behind its neighbour in the round's list. */
  move(id: string, direction: Direction): Promise<null | RecommendationRefusal | Unknown>;
  /** Marks one for the summary of the report, of which at most three are; marked already, it stays so. */
  mark(id: string): Promise<null | RecommendationRefusal | Refusal<'priorities-full'> | Unknown>;
  unmark(id: string): Promise<null | RecommendationRefusal | Unknown>;
  /**
   * What has become of it, at any time, also once its text is frozen.
   *
   * @param by who reports, as the accounts name them
   * @param seen the `reportRevision` that the caller saw
   */
  report(
    id: string,
    report: StateReport,
    by: string,
    seen: number,
  ): Promise<Recommendation | ReportRefusal | Changed | Unknown>;
  get(id: string): Promise<Recommendation | null>;
  /** In the order that staff gave them. */
  ofRound(roundId: string): Promise<ListedRecommendation[]>;
  /** The ids of those of each of these rounds, by the round's id, in no order; one without any is absent. */
  idsOf(roundIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** How many each of these rounds has, by its id; one without any is absent. */
  counts(roundIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Those of one area of a round, with their numbers in the whole list; null: those of the whole cooperation. */
  ofArea(roundId: string, area: string | null): Promise<ListedRecommendation[]>;
  /** Those of all rounds of a unit, the earlier round first. */
  ofUnit(unitId: string): Promise<ListedRecommendation[]>;
  /** Those of all rounds that are late today, the latest first. */
  overdue(): Promise<Recommendation[]>;
  /** Whether the text stands still, since the round's minutes are approved. */
  isFrozen(roundId: string): Promise<boolean>;
}

export function createRecommendations(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rounds: Rounds;
  readonly assessments: Assessments;
  readonly minutes: MinutesGate;
  readonly order: RecommendationOrders;
  readonly priorities: Priorities;
}): Recommendations {
  const { clock, ids, rounds, assessments, minutes, order, priorities } = deps;
  const recommendations = deps.store.collection(recommendationsSpec);

  async function checked(
    roundId: string,
    input: RecommendationInput,
  ): Promise<RecommendationInput | RecommendationRefusal> {
    const round = await rounds.get(roundId);
    if (!round) return refuse('round-unknown');
    const known = await rounds.expectedInstrument(round);
    if (isRefusal(known)) return known;
    const fields = read(input);
    if (isRefusal(fields)) return fields;
    const { area } = fields;
    if (area !== null && !areasOf(known.instrument).some(({ code }) => code === area)) {
      return refuse('area-unknown', { field: 'area', area });
    }
    return (await frozen(roundId)) ?? fields;
  }

  async function frozen(roundId: string): Promise<Refusal<'recommendations-frozen'> | null> {
    return (await minutes.isApproved(roundId)) ? refuse('recommendations-frozen') : null;
  }

  /** What was written, or a refusal where the minutes were approved meanwhile: then it is taken back. */
  async function letIn<Written>(
    roundId: string,
    written: Written,
    takeBack: () => Promise<unknown>,
  ): Promise<Written | Refusal<'recommendations-frozen'>> {
    if (await minutes.letIn(roundId)) return written;
    await takeBack();
    return refuse('recommendations-frozen');
  }

  /** The recommendation, if its place and its text may still change. */
  async function changeable(id: string): Promise<Recommendation | Refusal<'recommendations-frozen'> | Unknown> {
    const found = await recommendations.get(id);
    return found === null ? refuse('recommendation-unknown') : ((await frozen(found.roundId)) ?? found);
  }

  async function ofRound(roundId: string): Promise<ListedRecommendation[]> {
    const found = await recommendations.find({ roundId });
    if (found.length === 0) return [];
    const [sorted, marked] = await Promise.all([order.sorted(roundId, found), priorities.ofRound(roundId)]);
    return sorted.map((one, at) => ({ ...one, number: at + 1, priority: marked.has(one.id) }));
  }

  return {
    ofRound,
    async idsOf(roundIds) {
      const found = await recommendations.find({ roundId: { $in: roundIds } });
      const byRound = groupedBy(found, ({ roundId }) => roundId);
      return new Map([...byRound].map(([id, own]) => [id, own.map((one) => one.id)]));
    },
    counts: (roundIds) => recommendations.countBy({ roundId: { $in: roundIds } }, 'roundId'),
    get: (id) => recommendations.get(id),
    isFrozen: (roundId) => minutes.isApproved(roundId),
    ofArea: async (roundId, area) => (await ofRound(roundId)).filter((one) => one.area === area),

    async ofUnit(unitId) {
      const made = await Promise.all((await assessments.ofUnit(unitId)).map(({ id }) => rounds.ofAssessment(id)));
      return (await Promise.all(made.flat().map(({ id }) => ofRound(id)))).flat();
    },

    async overdue() {
      const today = dayOf(clock());
      // A month sorts before its days, so this finds all that are late and some of this month.
      const open = await recommendations.find({ state: { $in: openStates }, due: { $lt: today } });
      const late = (one: Recommendation): number => daysOverdue(one, today);
      return open.filter((one) => late(one) > 0).sort((one, other) => late(other) - late(one));
    },

    async add(roundId, input) {
      const fields = await checked(roundId, input);
      if (isRefusal(fields)) return fields;
      // Two at once may pass it by one: it keeps lists readable, nothing depends on it.
      if ((await recommendations.count({ roundId })) >= mostRecommendations) {
        return refuse('too-many-recommendations', { most: mostRecommendations });
      }
      const recommendation: Recommendation = {
        ...{ id: ids.uuid(), roundId, ...fields, state: 'planned', remark: '' },
        ...{ reportedOn: null, reportedBy: '', reportRevision: 1, revision: 1 },
      };
      await recommendations.insert(recommendation);
      await order.append(roundId, recommendation.id);
      return letIn(roundId, recommendation, async () => {
        await recommendations.remove({ id: recommendation.id });
        await order.takeOff(roundId, recommendation.id);
      });
    },

    async edit(id, input, seen) {
      const found = await recommendations.get(id);
      if (found === null) return refuse('recommendation-unknown');
      const fields = await checked(found.roundId, input);
      if (isRefusal(fields)) return fields;
      const edited = await updateSeen<Recommendation>(recommendations, id, seen, fields);
      if (edited === null) return refuse('changed-meanwhile');
      const { area, what, who, due } = found;
      return letIn(edited.roundId, edited, () =>
        updateSeen<Recommendation>(recommendations, id, edited.revision, { area, what, who, due }),
      );
    },

    async remove(id, seen) {
      const found = await changeable(id);
      if (isRefusal(found)) return found;
      if ((await recommendations.remove({ id, revision: seen })) === 0) return refuse('changed-meanwhile');
      const refusal = await letIn(found.roundId, null, () => recommendations.insert(found));
      if (refusal === null) await Promise.all([priorities.unmark(id), order.takeOff(found.roundId, id)]);
      return refusal;
    },

    async move(id, direction) {
      const found = await changeable(id);
      if (isRefusal(found)) return found;
      const shown = (await ofRound(found.roundId)).map((one) => one.id);
      await order.move(found.roundId, id, direction, shown);
      return null;
    },

    async mark(id) {
      const found = await changeable(id);
      if (isRefusal(found)) return found;
      if ((await priorities.ofRound(found.roundId)).has(id)) return null;
      const refusal = await priorities.mark(found.roundId, id);
      return refusal ?? letIn(found.roundId, null, () => priorities.unmark(id));
    },

    async unmark(id) {
      const found = await changeable(id);
      if (isRefusal(found)) return found;
      if (!(await priorities.ofRound(found.roundId)).has(id)) return null;
      await priorities.unmark(id);
      return letIn(found.roundId, null, () => priorities.mark(found.roundId, id));
    },

    async report(id, input, by, seen) {
      const report = readReport(input);
      if (isRefusal(report)) return report;
      const found = await recommendations.get(id);
      if (found === null) return refuse('recommendation-unknown');
      if (found.reportRevision !== seen) return refuse('changed-meanwhile');
      const refusal = refusalOfReport(found.state, report);
      if (refusal) return refusal;
      // The state was looked at in this revision.
      const now = { ...report, reportedOn: dayOf(clock()), reportedBy: by, reportRevision: seen + 1 };
      const reported = await recommendations.update(id, (one) =>
        one.reportRevision === seen ? { ...one, ...now } : null,
      );
      return reported ?? refuse('changed-meanwhile');
    },
  };
}
