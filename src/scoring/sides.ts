import { sides, type Instrument, type Side } from '../definitions/instrument';
import { isHidden, type GroupFigure, type Missing, type SideFigure } from './figures';
import { mean } from './statistics';

/** What a group brings to its side: a mean, nothing, or one that is hidden. */
export type Contribution = number | 'hidden' | null;

export function contributionOf(figure: GroupFigure | undefined): Contribution {
  if (figure === undefined) return null;
  return isHidden(figure) ? 'hidden' : figure.mean;
}

/**
 * Both sides of an area, plane or the index: the plain mean of the side's shown groups, whatever their numbers of
 * respondents (method §3: never pooled). Groups without a side take no part.
 */
export function sidesOf(
  instrument: Instrument,
  contribution: (group: string) => Contribution,
): Readonly<Record<Side, SideFigure>> {
  const sideOf = (side: Side): SideFigure => {
    const groups = (instrument.groups ?? []).filter((group) => group.side === side).map((group) => group.code);
    const shown = groups.map(contribution).filter((value) => typeof value === 'number');
    const without = groups.filter((group) => contribution(group) === 'hidden');
    const left = without.length === 0 ? {} : { without };
    if (shown.length > 0) return { mean: mean(shown), ...left };
    if (without.length > 0) return { mean: null, hidden: 'k', ...left };
    return { mean: null, missing: 'no-answers' };
  };
  return { administration: sideOf('administration'), ngo: sideOf('ngo') };
}

/**
 * The joint score of two sides: their mean, weighted only where the instrument says so. 326 answers on one side and 45
 * on the other weigh the same. A side without a value leaves it missing.
 */
export function jointScore(
  instrument: Instrument,
  figures: Readonly<Record<Side, SideFigure>>,
): { readonly survey: number | null; readonly missing?: Missing } {
  const administration = figures.administration.mean;
  const ngo = figures.ngo.mean;
  if (administration !== null && ngo !== null) {
    const weights = instrument.sideWeights ?? { administration: 1, ngo: 1 };
    const joint =
      (weights.administration * administration + weights.ngo * ngo) / (weights.administration + weights.ngo);
    // Weights such as 0.3 and 0.7 may miss the true value by its last bit, also beyond the scale.
    return { survey: Math.min(Math.max(administration, ngo), Math.max(Math.min(administration, ngo), joint)) };
  }
  const silent = sides.every((side) => figures[side].missing === 'no-answers');
  return { survey: null, missing: silent ? 'no-answers' : 'side-missing' };
}
