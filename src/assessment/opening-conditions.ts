import { areasOf, type Instrument } from '../definitions/instrument';
import { refuse, type Refusal } from '../shared/errors';
import type { Instruments, KnownInstrument } from './instruments';
import type { Round } from './round';

export type OpeningRefusal = Refusal<
  | 'instrument-unknown'
  | 'form-unknown'
  | 'round-name-unknown'
  | 'group-unknown'
  | 'area-unknown'
  | 'nothing-in-scope'
  | 'baseline-not-closed'
>;

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

/** Why this round may not open with this instrument; null where nothing is in the way. */
export function refusalToOpen(round: Round, instrument: Instrument, baseline: Round | null): OpeningRefusal | null {
  if (instrument.kind !== 'assessment') return refuse('instrument-unknown', { id: instrument.id });
  if (instrument.forms[round.form] === undefined) return refuse('form-unknown', { form: round.form });
  if (instrument.rounds && !instrument.rounds.includes(round.name)) {
    return refuse('round-name-unknown', { round: round.name });
  }
  const groups = new Set(instrument.groups?.map(({ code }) => code));
  const strangeGroup = Object.keys(round.groupSizes).find((code) => !groups.has(code));
  if (strangeGroup !== undefined) return refuse('group-unknown', { group: strangeGroup });

  const areas = areasOf(instrument).map(({ code }) => code);
  const strangeArea = round.outOfScope.find((code) => !areas.includes(code));
  if (strangeArea !== undefined) return refuse('area-unknown', { area: strangeArea });
  if (areas.every((code) => round.outOfScope.includes(code))) return refuse('nothing-in-scope');

  if (baseline !== null && baseline.status !== 'closed') return refuse('baseline-not-closed');
  return null;
}
