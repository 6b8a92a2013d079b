import { sides } from '../definitions/instrument';
import type { ScoredGroup } from './merging';
import { isComplete } from './complete-ratings';
import { itemsByArea, type RespondentScores } from './respondent-scores';
import type { ScoredRound } from './scorecard';

/**
 * Classes of people (anonymity.md 3): two respondents of one holder are in one class of an area if the same published
 * figures of that area count them. Sums over different people can be subtracted, so a class has nobody, or at least k
 * people; those whom no figure counts are in no class.
 */

/**
 * @param counted for each person, which of the published figures count them
 * @returns whether every class has nobody or at least k people
 */
export function classesAreLarge(counted: readonly (readonly boolean[])[], k: number): boolean {
  const sizes = new Map<string, number>();
  for (const figures of counted) {
    if (!figures.includes(true)) continue;
    const key = figures.map((counts) => (counts ? '1' : '0')).join('');
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return [...sizes.values()].every((size) => size >= k);
}

/**
 * For a round that is compared on some of its items only: a group's compared mean of an area is refused where, beside
 * its own published mean, it would tell fewer than k people apart: in the group, or, beside the area's item figures, in
 * its side or among all.
 *
 * @param people the same people as the round's, scored over the compared items
 * @param recomputed areas whose compared items are not all of the round's own
 */
export function tellsSomebodyApart(
  round: ScoredRound,
  people: readonly RespondentScores[],
  recomputed: ReadonlySet<string>,
  k: number,
): (group: ScoredGroup, area: string) => boolean {
  if (recomputed.size === 0 || k <= 1) return () => false;
  const items = itemsByArea(round.instrument, round.input.form);
  const hasValue = (person: RespondentScores | undefined, area: string) =>
    (person?.areas.get(area)?.value ?? null) !== null;
  const everybody = round.respondents.map((own, at) => ({ own, compared: people[at] }));
  const sideOf = new Map((round.instrument.groups ?? []).map(({ code, side }) => [code, side]));
  const known = new Map<string, boolean>();

  /** Area figure, compared figure and item figures, over a holder of item figures. */
  const largeIn = (holder: string, area: string): boolean => {
    const key = `${holder} ${area}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const members = everybody.filter(({ own }) => holder === 'all' || sideOf.get(own.group) === holder);
    const large = classesAreLarge(
      members.map(({ own, compared }) => [
        hasValue(own, area),
        hasValue(compared, area),
        isComplete(own, items.get(area) ?? []),
      ]),
      k,
    );
    known.set(key, large);
    return large;
  };

  return (group, area) => {
    if (!recomputed.has(area)) return false;
    const members = everybody.filter(({ own }) => group.parts.includes(own.group));
    const ofGroup = classesAreLarge(
      members.map(({ own, compared }) => [hasValue(own, area), hasValue(compared, area)]),
      k,
    );
    const holder = sides.find((side) => side === group.side);
    return !ofGroup || !largeIn('all', area) || (holder !== undefined && !largeIn(holder, area));
  };
}
