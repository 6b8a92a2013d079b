import { usualThresholds } from '../definitions/instrument';
import { dayOf, type Clock } from '../shared/clock';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import { groupedBy } from '../shared/grouped';
import type { Ids, RandomBytes } from '../shared/ids';
import { moveFrom, refusalOfMove, type Mover } from '../shared/moves';
import type { Store } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { groupsAsked, mergesAsked } from './asking-plan';
import type { Assessments } from './assessments';
import type { Clauses, FrozenClause } from './clauses';
import type { Instruments, KnownInstrument } from './instruments';
import { instrumentFor, type OpeningRefusal } from './opening-conditions';
import { resultsMoves, resultsStateOf, type ComputingRefusal } from './results-status';
import {
  graceOf,
  roundNames,
  roundsSpec,
  type PaperCounts,
  type PinnedInstrument,
  type Round,
  type RoundName,
  type RoundSettings,
  type RoundStatus,
} from './round';
import { checkedSettings, smallerThanAnswers, type SettingsRefusal } from './round-settings';
import { editableWhile, roundMove, type RoundAction } from './round-status';

/** Group sizes and scope may be left out. */
export interface RoundInput
  extends Omit<RoundSettings, 'groupSizes' | 'outOfScope'>, Partial<Pick<RoundSettings, 'groupSizes' | 'outOfScope'>> {
  readonly assessmentId: string;
  readonly name: RoundName;
}

/** What staff may still change; which of it depends on the status (`editable`). */
export type RoundEdit = Partial<RoundSettings>;

/** What may be changed of a round as it is now. */
export function editableIn(round: Pick<Round, 'status' | 'computedOn'>): readonly (keyof RoundEdit)[] {
  return resultsStateOf(round) === 'computed' ? [] : editableWhile[round.status];
}

/** How many people of each group have answered, by its code; groups in which nobody has are absent. */
export type AnswersByGroup = Readonly<Record<string, number>>;
/** The same of many rounds, by their ids; a round in which nobody has answered may be absent. */
export type CountsOf = (
  rounds: readonly Pick<Round, 'id' | 'status'>[],
) => Promise<ReadonlyMap<string, AnswersByGroup>>;

export function answersIn(counts: AnswersByGroup): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

type MoveRefusal = Refusal<'round-unknown' | 'wrong-status'>;

export interface Rounds {
  create(input: RoundInput): Promise<Round | SettingsRefusal | Refusal<'assessment-unknown' | 'round-exists'>>;
  /**
   * Replaces the given fields if the round is still as the caller saw it (`revision`). No group may become smaller than
   * the number of people who have answered for it: `size-below-answers`.
   */
  edit(
    id: string,
    edit: RoundEdit,
    revision: number,
  ): Promise<
    | Round
    | SettingsRefusal
    | Refusal<'round-unknown' | 'not-editable' | 'sizes-frozen' | 'size-below-answers' | 'changed-meanwhile'>
  >;
  get(id: string): Promise<Round | null>;
  byLinkCode(linkCode: string): Promise<Round | null>;
  /** Baseline first. */
  ofAssessment(assessmentId: string): Promise<Round[]>;
  /** The rounds of each, baseline first, by the assessment's id; one without any is absent. */
  ofAssessments(assessmentIds: readonly string[]): Promise<ReadonlyMap<string, readonly Round[]>>;
  /** The baseline that a follow-up comes after; null of a baseline. */
  baselineOf(round: Pick<Round, 'name' | 'assessmentId'>): Promise<Round | null>;
  withStatus(status: RoundStatus): Promise<Round[]>;
  /** Why `open` would refuse now; null where it would not. */
  openingRefusal(id: string): Promise<OpeningRefusal | Refusal<'round-unknown'> | null>;
  /** draft → open: pins the instrument, freezes the thresholds. */
  open(id: string, who?: Mover): Promise<Round | OpeningRefusal | MoveRefusal>;
  /** open → closing: nobody begins any more, who has begun may finish until `closingUntil`. */
  beginClosing(id: string, who?: Mover): Promise<Round | MoveRefusal>;
  /** closing → open, with a mark that the report shows. */
  reopen(id: string): Promise<Round | MoveRefusal>;
  /** closing → sealing, at once by staff or by the system once the time is over; `collection/sealing.ts` goes on. */
  beginSealing(id: string, who?: Mover): Promise<Round | MoveRefusal>;
  /** sealing → closed, once the answers are sealed. */
  finishClosing(
    id: string,
    tickets: NonNullable<Round['tickets']>,
    paper: PaperCounts | null,
  ): Promise<Round | MoveRefusal>;
  /**
   * Settles the sizes of the groups of a closed round, if it is still as the caller saw it (`revision`): from then on
   * it has results. A round that has them already stays as it is.
   */
  computeResults(
    id: string,
    revision: number,
  ): Promise<Round | ComputingRefusal | Refusal<'round-unknown' | 'not-closed' | 'changed-meanwhile'>>;
  /** Why `computeResults` would refuse now; null where it would not, or where there is nothing to compute. */
  computingRefusal(round: Round): Promise<ComputingRefusal | null>;
  /** The pinned instrument of a round that was opened. */
  instrumentOf(round: Round): KnownInstrument;
  /** The pinned instrument, or in a draft the one it would pin if it opened now: for the pages that prepare it. */
  expectedInstrument(round: Round): Promise<KnownInstrument | OpeningRefusal>;
}

export function createRounds(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  randomBytes: RandomBytes;
  instruments: Instruments;
  assessments: Assessments;
  clauses: Clauses;
  countsOf: CountsOf;
}): Rounds {
  const { clock, ids, randomBytes, instruments, assessments, clauses, countsOf } = deps;
  const rounds = deps.store.collection(roundsSpec);

  async function ofAssessment(assessmentId: string): Promise<Round[]> {
    return (await ofAssessments([assessmentId])).get(assessmentId) ?? [];
  }

  async function ofAssessments(assessmentIds: readonly string[]): Promise<Map<string, Round[]>> {
    const found = await rounds.find({ assessmentId: { $in: assessmentIds } });
    found.sort((a, b) => roundNames.indexOf(a.name) - roundNames.indexOf(b.name));
    return groupedBy(found, (round) => round.assessmentId);
  }

  async function answersOf(round: Round): Promise<AnswersByGroup> {
    return (await countsOf([round])).get(round.id) ?? {};
  }

  function instrumentOf(round: Round): KnownInstrument {
    const { instrument: pinned } = round;
    if (!pinned) throw new Failure('round-not-opened', `Round ${round.id} has pinned no instrument yet.`);
    const known = instruments.get(pinned.id, pinned.version);
    if (!known || known.hash !== pinned.hash) {
      throw new Failure(
        'instrument-changed',
        `Instrument ${pinned.id}@${pinned.version} is missing or is not the one that round ${round.id} asked.`,
      );
    }
    return known;
  }

  async function baselineOf(round: Pick<Round, 'name' | 'assessmentId'>): Promise<Round | null> {
    if (round.name === 'baseline') return null;
    return (await ofAssessment(round.assessmentId)).find(({ name }) => name === 'baseline') ?? null;
  }

  async function expectedInstrument(round: Round): Promise<KnownInstrument | OpeningRefusal> {
    if (round.instrument) return instrumentOf(round);
    const assessment = await assessments.get(round.assessmentId);
    if (!assessment) throw new Failure('assessment-missing', `Round ${round.id} has no assessment.`);
    const known = instrumentFor(instruments, assessment.instrumentId, await baselineOf(round));
    return known ?? refuse('instrument-unknown', { id: assessment.instrumentId });
  }

  async function openingOf(round: Round): Promise<KnownInstrument | OpeningRefusal> {
    const known = await expectedInstrument(round);
    if (isRefusal(known)) return known;
    const opening = { round, instrument: known.instrument, baseline: await baselineOf(round) };
    return refusalOfMove(roundMove('open'), opening) ?? known;
  }

  async function computingRefusal(round: Round): Promise<ComputingRefusal | null> {
    const move = moveFrom(resultsMoves, resultsStateOf(round), 'compute');
    if (move === undefined) return null;
    const { instrument } = instrumentOf(round);
    return refusalOfMove(move, { round, instrument, counts: await answersOf(round) });
  }

  async function move(
    id: string,
    who: Mover,
    action: RoundAction,
    edit: (round: Round) => Round,
    revision?: number,
  ): Promise<Round | MoveRefusal> {
    const { from, to, who: mover } = roundMove(action);
    if (mover !== who) throw new Failure('wrong-mover', `${action} is made by ${mover}, not by ${who}.`);
    const moved = await rounds.update(id, (one) =>
      one.status === from && (revision === undefined || one.revision === revision)
        ? { ...edit(without(one, 'closingUntil')), status: to, revision: one.revision + 1 }
        : null,
    );
    if (moved) return moved;
    const round = await rounds.get(id);
    return round ? refuse('wrong-status', { status: round.status }) : refuse('round-unknown');
  }

  async function clauseInForce({ id, assessmentId }: Round): Promise<FrozenClause> {
    const assessment = await assessments.get(assessmentId);
    if (!assessment) throw new Failure('assessment-missing', `Round ${id} has no assessment.`);
    return clauses.inForce(assessment.unitId);
  }

  return {
    ofAssessment,
    ofAssessments,
    baselineOf,
    get: (id) => rounds.get(id),
    byLinkCode: async (linkCode) => (await rounds.find({ linkCode }, { limit: 1 }))[0] ?? null,
    withStatus: (status) => rounds.find({ status }),

    async create(input) {
      const { assessmentId, name } = input;
      const assessment = await assessments.get(assessmentId);
      if (!assessment) return refuse('assessment-unknown');
      const baseline = (await ofAssessment(assessmentId)).find((round) => round.name === 'baseline') ?? null;
      const known = instrumentFor(instruments, assessment.instrumentId, baseline);
      const outOfScope = [...new Set(input.outOfScope)];
      const settings = checkedSettings({ ...input, groupSizes: input.groupSizes ?? {}, outOfScope }, known);
      if (isRefusal(settings)) return settings;
      for (;;) {
        const round: Round = {
          id: ids.uuid(),
          ...{ assessmentId, name, ...settings },
          linkCode: ids.shortCode(8),
          status: 'draft',
          ...{ instrument: null, thresholds: null, openedOn: null, closedOn: null, sealingKey: null, revision: 1 },
        };
        const result = await rounds.insert(round);
        if (result.inserted) return round;
        if (result.duplicate === 'one-round-of-a-name') return refuse('round-exists', { round: name });
        // Another round has this link code already: one chance in 10¹¹ a round, so draw again.
      }
    },

    async edit(id, edit, revision) {
      const round = await rounds.get(id);
      if (!round) return refuse('round-unknown');
      const given = Object.keys(edit) as (keyof RoundEdit)[];
      const barred = given.find((field) => !editableIn(round).includes(field));
      if (barred !== undefined) {
        const computed = barred === 'groupSizes' && resultsStateOf(round) === 'computed';
        return refuse(computed ? 'sizes-frozen' : 'not-editable', { field: barred, status: round.status });
      }
      const known = await expectedInstrument(round);
      const settings = checkedSettings({ ...round, ...edit }, isRefusal(known) ? null : known);
      if (isRefusal(settings)) return settings;
      if (edit.groupSizes && !isRefusal(known)) {
        const asked = groupsAsked(known.instrument, { ...round, ...settings });
        const small = smallerThanAnswers(asked, await answersOf(round));
        if (small) return small;
      }
      // The status was looked at in this revision.
      const changed = round.revision === revision ? await updateSeen<Round>(rounds, id, revision, edit) : null;
      return changed ?? refuse('changed-meanwhile');
    },

    async openingRefusal(id) {
      const round = await rounds.get(id);
      if (!round) return refuse('round-unknown');
      const opening = await openingOf(round);
      return isRefusal(opening) ? opening : null;
    },

    async open(id, who = 'staff') {
      for (;;) {
        const round = await rounds.get(id);
        if (!round) return refuse('round-unknown');
        if (round.status !== roundMove('open').from) return refuse('wrong-status', { status: round.status });
        const opening = await openingOf(round);
        if (isRefusal(opening)) return opening;
        const { instrument, hash } = opening;
        const pinned: PinnedInstrument = { id: instrument.id, version: instrument.version, hash };
        const clause = await clauseInForce(round);
        const opened = await move(
          id,
          who,
          who === 'staff' ? 'open' : 'open-on-time',
          (one) => ({
            ...one,
            ...{ instrument: pinned, thresholds: instrument.thresholds ?? usualThresholds, openedOn: dayOf(clock()) },
            mergedGroups: mergesAsked(instrument, round),
            clause,
          }),
          round.revision,
        );
        // Edited between the check and the move: the conditions are looked at again.
        if (isRefusal(opened) && opened.details?.['status'] === 'draft') continue;
        return opened;
      }
    },

    beginClosing: (id, who = 'staff') =>
      move(id, who, who === 'staff' ? 'begin-closing' : 'close-on-time', (one) => ({
        ...one,
        closingUntil: new Date(clock().getTime() + graceOf(one) * 60_000).toISOString(),
      })),
    // The planned time of closing has served: from now on staff close by hand, or plan another.
    reopen: (id) =>
      move(id, 'staff', 'reopen', (one) => ({ ...without(one, 'closesTime'), reopened: (one.reopened ?? 0) + 1 })),
    beginSealing: (id, who = 'staff') =>
      move(id, who, who === 'staff' ? 'seal-now' : 'seal', (one) => ({
        ...one,
        sealingKey: one.sealingKey ?? randomBytes(32).toString('base64url'),
      })),
    finishClosing: (id, tickets, paper) =>
      move(id, 'system', 'finish-closing', (one) => ({
        ...{ ...one, sealingKey: null, closedOn: dayOf(clock()) },
        ...(Object.keys(tickets).length === 0 ? {} : { tickets }),
        ...(paper === null ? {} : { paper }),
      })),

    computingRefusal,

    async computeResults(id, revision) {
      const round = await rounds.get(id);
      if (!round) return refuse('round-unknown');
      const state = resultsStateOf(round);
      if (state === 'computed') return round;
      if (state === 'none') return refuse('not-closed', { round: round.name, status: round.status });
      const refusal = await computingRefusal(round);
      if (refusal) return refusal;
      // The sizes were looked at in this revision.
      const settled = { computedOn: dayOf(clock()) };
      const computed = round.revision === revision ? await updateSeen<Round>(rounds, id, revision, settled) : null;
      return computed ?? refuse('changed-meanwhile');
    },

    instrumentOf,
    expectedInstrument,
  };
}

/** The round with this optional field away. */
function without(round: Round, field: 'closingUntil' | 'closesTime'): Round {
  return Object.fromEntries(Object.entries(round).filter(([name]) => name !== field)) as unknown as Round;
}
