import type { Instrument, Side } from '../definitions/instrument';
import type { RoundGroup } from './cells';
import { mean } from './statistics';

/**
 * Which groups stand behind a side's or the joint figure of a place, and with what weight. The same in every round that
 * is compared, since it depends on who is there and never on what they said.
 */

/** A figure of a side or of both, as an instruction. */
export interface Made {
  /** Areas in scope where this figure has a value; empty where it has none at all. */
  readonly areas: readonly string[];
  /** Areas in scope where it has none. */
  readonly missingAreas: readonly string[];
  /** `c` of comparison.md 1 by group code: `Σ over areas of 1/areas · share in that area`. */
  readonly weights: ReadonlyMap<string, number>;
}

export type Present = (group: RoundGroup, area: string) => boolean;

/** A side: in each area the plain mean of its groups that are there. */
export function sideMade(groups: readonly RoundGroup[], side: Side, areas: readonly string[], present: Present): Made {
  const members = groups.filter(({ group }) => group.side === side);
  return made(areas, (area) => {
    const there = members.filter((group) => present(group, area));
    return there.map(({ group }) => [group.code, 1 / there.length] as const);
  });
}

/** Both sides: half each, or as the instrument weighs them; areas where one side is missing are missing. */
export function jointMade(
  instrument: Instrument,
  groups: readonly RoundGroup[],
  areas: readonly string[],
  present: Present,
): Made {
  const weights = instrument.sideWeights ?? { administration: 1, ngo: 1 };
  const all = weights.administration + weights.ngo;
  return made(areas, (area) => {
    const of = (side: Side) =>
      [...sideMade(groups, side, [area], present).weights].map(
        ([group, weight]) => [group, (weight * weights[side]) / all] as const,
      );
    const [administration, ngo] = [of('administration'), of('ngo')];
    return administration.length === 0 || ngo.length === 0 ? [] : [...administration, ...ngo];
  });
}

function made(areas: readonly string[], sharesIn: (area: string) => readonly (readonly [string, number])[]): Made {
  const shares = areas.map((area) => [area, sharesIn(area)] as const);
  const there = shares.filter(([, ofArea]) => ofArea.length > 0);
  const weights = new Map<string, number>();
  for (const [, ofArea] of there) {
    for (const [group, weight] of ofArea) weights.set(group, (weights.get(group) ?? 0) + weight / there.length);
  }
  return {
    areas: there.map(([area]) => area),
    missingAreas: shares.filter(([, ofArea]) => ofArea.length === 0).map(([area]) => area),
    weights,
  };
}

/** Mean of a side in one area: plain mean of its groups that are there, whatever their numbers (never pooled). */
export function sideMean(
  groups: readonly RoundGroup[],
  side: Side,
  valueOf: (group: RoundGroup) => number | null,
): number | null {
  return mean(
    groups
      .filter(({ group }) => group.side === side)
      .map(valueOf)
      .filter((value) => value !== null),
  );
}

/**
 * Both sides' mean of one area. 326 answers on one side and 45 on the other weigh the same, unless the instrument weighs
 * the sides. null where a side has none.
 */
export function jointMean(instrument: Instrument, administration: number | null, ngo: number | null): number | null {
  if (administration === null || ngo === null) return null;
  const weights = instrument.sideWeights ?? { administration: 1, ngo: 1 };
  const joint = (weights.administration * administration + weights.ngo * ngo) / (weights.administration + weights.ngo);
  // Weights such as 0.3 and 0.7 may miss the true value by its last bit, also beyond the scale.
  return Math.min(Math.max(administration, ngo), Math.max(Math.min(administration, ngo), joint));
}
