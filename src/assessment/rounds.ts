import { usualThresholds, type FormName } from '../definitions/instrument';
import { dayOf, type Clock } from '../shared/clock';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import type { Store } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import type { Assessments } from './assessments';
import type { RandomBytes } from './draft-cipher';
import { isDay, isGroupSize, isYear } from './input-checks';
import type { Instruments, KnownInstrument } from './instruments';
import { instrumentFor, refusalToOpen, type OpeningRefusal } from './opening-conditions';
import { roundNames, roundsSpec, type PinnedInstrument, type Round, type RoundName } from './round';
import { moveOf, type Mover, type RoundAction, type RoundStatus } from './round-status';

export interface RoundInput {
  readonly assessmentId: string;
  readonly name: RoundName;
  readonly form: FormName;
  readonly assessedYear: number;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly groupSizes?: Readonly<Record<string, number>>;
  readonly outOfScope?: readonly string[];
}

/** What staff may still change; which of it depends on the status (`editable`). */
export type RoundEdit = Partial<Omit<RoundInput, 'assessmentId' | 'name'>>;

type FieldRefusal = Refusal<'year-malformed' | 'day-malformed' | 'closes-before-opens' | 'group-size-malformed'>;

/**
 * Once respondents have the link, what they are asked stands still. Sizes may be corrected even after closing, since
 * more answers than people in a group would leave the round without results.
 */
export const editable: Readonly<Record<RoundStatus, readonly (keyof RoundEdit)[]>> = {
  draft: ['form', 'assessedYear', 'opensOn', 'closesOn', 'groupSizes', 'outOfScope'],
  open: ['closesOn', 'groupSizes'],
  closing: [],
  closed: ['groupSizes'],
};

export interface Rounds {
  create(input: RoundInput): Promise<Round | FieldRefusal | Refusal<'assessment-unknown' | 'round-exists'>>;
  /** Replaces the given fields if the round is still as the caller saw it (`revision`). */
  edit(
    id: string,
    edit: RoundEdit,
    revision: number,
  ): Promise<Round | FieldRefusal | Refusal<'round-unknown' | 'not-editable' | 'changed-meanwhile'>>;
  get(id: string): Promise<Round | null>;
  byLinkCode(linkCode: string): Promise<Round | null>;
  /** Baseline first. */
  ofAssessment(assessmentId: string): Promise<Round[]>;
  withStatus(status: RoundStatus): Promise<Round[]>;
  /** Why `open` would refuse now; null where it would not. */
  openingRefusal(id: string): Promise<OpeningRefusal | Refusal<'round-unknown'> | null>;
  /** draft → open: pins the instrument, freezes the thresholds. */
  open(id: string): Promise<Round | OpeningRefusal | Refusal<'round-unknown' | 'wrong-status'>>;
  /** open → closing; the caller goes on to seal the answers (`closing.ts`). */
  beginClosing(id: string): Promise<Round | Refusal<'round-unknown' | 'wrong-status'>>;
  /** closing → closed, once the answers are sealed. */
  finishClosing(id: string): Promise<Round | Refusal<'round-unknown' | 'wrong-status'>>;
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
}): Rounds {
  const { clock, ids, randomBytes, instruments, assessments } = deps;
  const rounds = deps.store.collection(roundsSpec);

  async function ofAssessment(assessmentId: string): Promise<Round[]> {
    const found = await rounds.find({ assessmentId });
    return found.sort((a, b) => roundNames.indexOf(a.name) - roundNames.indexOf(b.name));
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

  async function baselineOf(round: Round): Promise<Round | null> {
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
    return refusalToOpen(round, known.instrument, await baselineOf(round)) ?? known;
  }

  async function move(id: string, who: Mover, action: RoundAction, set: Partial<Round>, revision?: number) {
    const { from, to, who: mover } = moveOf(action);
    if (mover !== who) throw new Failure('wrong-mover', `${action} is made by ${mover}, not by ${who}.`);
    const moved = await rounds.update(id, (one) =>
      one.status === from && (revision === undefined || one.revision === revision)
        ? { ...one, ...set, status: to, revision: one.revision + 1 }
        : null,
    );
    if (moved) return moved;
    const round = await rounds.get(id);
    return round ? refuse('wrong-status', { status: round.status }) : refuse('round-unknown');
  }

  return {
    ofAssessment,
    get: (id) => rounds.get(id),
    byLinkCode: async (linkCode) => (await rounds.find({ linkCode }, { limit: 1 }))[0] ?? null,
    withStatus: (status) => rounds.find({ status }),

    async create(input) {
      const fault = faultOf(input);
      if (fault) return fault;
      if (!(await assessments.get(input.assessmentId))) return refuse('assessment-unknown');
      const { assessmentId, name, form, assessedYear, opensOn, closesOn } = input;
      for (;;) {
        const round: Round = {
          id: ids.uuid(),
          ...{ assessmentId, name, form, assessedYear, opensOn, closesOn },
          groupSizes: input.groupSizes ?? {},
          outOfScope: [...new Set(input.outOfScope)],
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
      const barred = given.find((field) => !editable[round.status].includes(field));
      if (barred !== undefined) return refuse('not-editable', { field: barred, status: round.status });
      const fault = faultOf({ ...round, ...edit });
      if (fault) return fault;
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

    async open(id) {
      for (;;) {
        const round = await rounds.get(id);
        if (!round) return refuse('round-unknown');
        if (round.status !== moveOf('open').from) return refuse('wrong-status', { status: round.status });
        const opening = await openingOf(round);
        if (isRefusal(opening)) return opening;
        const { instrument, hash } = opening;
        const pinned: PinnedInstrument = { id: instrument.id, version: instrument.version, hash };
        const opened = await move(
          id,
          'staff',
          'open',
          { instrument: pinned, thresholds: instrument.thresholds ?? usualThresholds, openedOn: dayOf(clock()) },
          round.revision,
        );
        // Edited between the check and the move: the conditions are looked at again.
        if (isRefusal(opened) && opened.details?.['status'] === 'draft') continue;
        return opened;
      }
    },

    beginClosing: (id) => move(id, 'staff', 'begin-closing', { sealingKey: randomBytes(32).toString('base64url') }),
    finishClosing: (id) => move(id, 'system', 'finish-closing', { sealingKey: null, closedOn: dayOf(clock()) }),

    instrumentOf,
    expectedInstrument,
  };
}

function faultOf(input: Pick<RoundInput, 'assessedYear' | 'opensOn' | 'closesOn' | 'groupSizes'>): FieldRefusal | null {
  if (!isYear(input.assessedYear)) return refuse('year-malformed');
  for (const field of ['opensOn', 'closesOn'] as const) {
    if (!isDay(input[field])) return refuse('day-malformed', { field });
  }
  if (input.closesOn < input.opensOn) return refuse('closes-before-opens');
  const strange = Object.entries(input.groupSizes ?? {}).find(([, size]) => !isGroupSize(size));
  return strange ? refuse('group-size-malformed', { group: strange[0] }) : null;
}
