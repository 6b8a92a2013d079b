import { isOfGroup, type ScoredGroup } from './merging';
import { isComplete } from './complete-ratings';
import { itemPeople } from './item-people';
import { itemsByArea, type Item, type RespondentScores } from './respondent-scores';
import type { ScoredRound } from './scorecard';

/**
 * Classes of people (anonymity.md 3): two respondents of one group are in one class of an area if the same published
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
 * its own published mean and the area's item figures, it would tell fewer than `fewest` of its people apart. Whoever rated
 * nothing but compared items has one score twice, so the two means differ by what the others rated beyond those: they
 * are classes apart.
 *
 * @param people the same people as the round's, scored over the compared items
 * @param compared the compared items by area
 * @param recomputed areas whose compared items are not all of the round's own
 * @param fewest people that a class has if it has any
 */
export function tellsSomebodyApart(
  round: ScoredRound,
  people: readonly RespondentScores[],
  compared: ReadonlyMap<string, readonly Item[]>,
  recomputed: ReadonlySet<string>,
  fewest: number,
): (group: ScoredGroup, area: string) => boolean {
  if (recomputed.size === 0) return () => false;
  const items = itemsByArea(round.instrument, round.input.form);
  const hasValue = (person: RespondentScores | undefined, area: string) =>
    (person?.areas.get(area)?.value ?? null) !== null;
  const everybody = round.respondents.map((own, at) => ({ own, compared: people[at] }));
  const inItems = new Map(
    [...recomputed].map((area) => {
      const { counted } = itemPeople(items.get(area) ?? [], round.groups, area, round.protection);
      return [area, new Set([...counted.values()].flat())] as const;
    }),
  );
  return (group, area) => {
    if (!recomputed.has(area)) return false;
    const all = items.get(area) ?? [];
    const kept = new Set((compared.get(area) ?? []).map(({ code }) => code));
    const beyond = all.filter(({ code }) => !kept.has(code));
    const figuresOf = ({ own, compared: again }: (typeof everybody)[number]) => {
      const figures = [hasValue(own, area), hasValue(again, area)];
      const counted = figures.includes(true);
      const ratedBeyond = counted && beyond.some((item) => isComplete(own, [item]));
      return [...figures, ratedBeyond, inItems.get(area)?.has(own) === true];
    };
    // A round that shows the parts apart publishes a mean of each, so each has classes of its own.
    const published = round.merged.includes(group.code)
      ? [group]
      : group.parts.map((part) => ({ code: part, parts: [part] }));
    return published.some((one) => {
      const members = everybody.filter(({ own }) => isOfGroup(one, own));
      return !classesAreLarge(members.map(figuresOf), fewest);
    });
  };
}
