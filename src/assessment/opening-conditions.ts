import { areasOf, mergedCode, type Instrument } from '../definitions/instrument';
import { refuse, type Refusal } from '../shared/errors';
import type { Instruments, KnownInstrument } from './instruments';
import { askingPlan, fewestIn, groupsAsked, type Asking } from './asking-plan';
import type { Round } from './round';

export type OpeningCode =
  | 'instrument-unknown'
  | 'form-unknown'
  | 'round-name-unknown'
  | 'group-unknown'
  | 'area-unknown'
  | 'nothing-in-scope'
  | 'nobody-asked'
  | 'group-too-small'
  | 'baseline-not-closed';
export type OpeningRefusal = Refusal<OpeningCode>;

/** What decides whether a round may open. */
export interface Opening {
  readonly round: Pick<Round, 'name' | 'form' | 'outOfScope'> & Asking;
  /** What it would ask. */
  readonly instrument: Instrument;
  /** The baseline of a follow-up; null for a baseline, and where there is none. */
  readonly baseline: Round | null;
}

/**
 * The instrument this round would pin: the version its baseline asked, since two rounds are there to be compared;
 * otherwise the newest.
 */
export function instrumentFor(
  instruments: Instruments,
  instrumentId: string,
  baseline: Round | null,
): KnownInstrument | null {
  const pinned = baseline?.instrument;
  const known = pinned ? instruments.get(pinned.id, pinned.version) : instruments.latest(instrumentId);
  // The registry holds only instruments without problems; a hash that differs means an edited file.
  if (!known || (pinned && pinned.hash !== known.hash)) return null;
  return known;
}

export function instrumentUsable({ round, instrument }: Opening): OpeningRefusal | null {
  if (instrument.kind !== 'assessment') return refuse('instrument-unknown', { id: instrument.id });
  if (instrument.forms[round.form] === undefined) return refuse('form-unknown', { form: round.form });
  if (instrument.rounds && !instrument.rounds.includes(round.name)) {
    return refuse('round-name-unknown', { round: round.name });
  }
  return null;
}

/** Every group that is named is one of the instrument's. */
export function groupsKnown({
  round: { groupSizes, notAsked = [], mergedGroups = [], ways = {} },
  instrument,
}: {
  readonly round: Pick<Round, 'groupSizes' | 'notAsked' | 'mergedGroups' | 'ways'>;
  readonly instrument: Instrument;
}): Refusal<'group-unknown'> | null {
  const groups = new Set(instrument.groups?.map(({ code }) => code));
  const merged = new Set(instrument.mergePlan?.map((entry) => mergedCode(entry.groups)));
  const strange =
    [...Object.keys(groupSizes), ...notAsked].find((code) => !groups.has(code)) ??
    mergedGroups.find((code) => !merged.has(code)) ??
    Object.keys(ways).find((code) => !groups.has(code) && !merged.has(code));
  return strange === undefined ? null : refuse('group-unknown', { group: strange });
}

export function somebodyAsked({ round, instrument }: Opening): Refusal<'nobody-asked'> | null {
  return groupsAsked(instrument, round).length === 0 ? refuse('nobody-asked') : null;
}

/** No group is known to have fewer people than a figure needs, without a partner that it could be asked with. */
export function groupsLargeEnough({ round, instrument }: Opening): Refusal<'group-too-small'> | null {
  const { refused } = askingPlan(instrument, round);
  return refused.length === 0 ? null : refuse('group-too-small', { count: fewestIn(instrument, round) });
}

/** Every area that is left out is one of the instrument's. */
export function areasKnown({
  round,
  instrument,
}: Pick<Opening, 'instrument'> & { readonly round: Pick<Round, 'outOfScope'> }): Refusal<'area-unknown'> | null {
  const areas = areasOf(instrument).map(({ code }) => code);
  const strange = round.outOfScope.find((code) => !areas.includes(code));
  return strange === undefined ? null : refuse('area-unknown', { area: strange });
}

export function somethingInScope(opening: Opening): Refusal<'area-unknown' | 'nothing-in-scope'> | null {
  const { round, instrument } = opening;
  const left = areasOf(instrument).filter(({ code }) => !round.outOfScope.includes(code));
  return areasKnown(opening) ?? (left.length === 0 ? refuse('nothing-in-scope') : null);
}

export function baselineClosed({ baseline }: Pick<Opening, 'baseline'>): Refusal<'baseline-not-closed'> | null {
  return baseline !== null && baseline.status !== 'closed' ? refuse('baseline-not-closed') : null;
}
