import { sides } from '../definitions/instrument';
import { round2 } from '../shared/rounding';
import { groupNames, sideHolder, survey, type Context } from './context';
import { placesOf, rowOf, type Place } from './figure-rows';

/**
 * What a figure is made of, said where it stands: a comparison counts only groups and areas of both rounds, a side goes
 * without its hidden groups. Without these words one quantity would seem to have two values.
 */

/** Whether any joint figure of the comparison differs from what all groups of its round gave. */
function basesDiffer({ input }: Context): boolean {
  return placesOf(input.instrument).some((place) => {
    const { figures, change } = rowOf(input, place, survey);
    if (change === null) return false;
    return [change.baseline, change.followUp].some((compared, at) => {
      const own = figures[at]?.mean ?? null;
      return own !== null && compared !== null && round2(own) !== round2(compared);
    });
  });
}

/** For a part whose figures are compared ones. */
export function comparedBasis(context: Context): readonly string[] {
  return context.two && basesDiffer(context) ? [context.w.say('basis.compared')] : [];
}

/** For a part of a report of two rounds whose figures are of the later round alone. */
export function latestBasis(context: Context): readonly string[] {
  const { w, two, rounds } = context;
  return two && basesDiffer(context) ? [w.say('basis.latest', { round: rounds.at(-1)?.inside })] : [];
}

/** Which groups the sides of these places go without in the latest round, since they are hidden. */
export function withoutNotes(context: Context, places: readonly Place[]): readonly string[] {
  const { w, input, rounds } = context;
  return sides.flatMap((side) => {
    const without = new Set(
      places.flatMap((place) => rowOf(input, place, sideHolder(side)).figures.at(-1)?.without ?? []),
    );
    if (without.size === 0) return [];
    const groups = groupNames(context, [...without]);
    return [w.say('plane.withoutOne', { side: w.say(`side.${side}.name`), round: rounds.at(-1)?.inside, groups })];
  });
}
