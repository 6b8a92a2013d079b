import { isOfGroup, type ScoredGroup } from './merging';
import { isComplete } from './complete-ratings';
import { itemPeople } from './item-people';
import { itemsByArea, scoreIn, type CountedAnswers, type Item, type RespondentScores } from './respondent-scores';
import type { ScoredRound } from './scorecard';

/**
 * Classes of people (anonymity.md 3): two respondents of one group are in one class of an area if the same published
 * figures of that area count them. Sums over different people can be subtracted, so a class has nobody, or at least k
 * people; those whom no figure counts are in no class.
 */

/** One class: people of one group. */
type Class = readonly CountedAnswers[];

/**
 * @param figuresOf for each person, which of the published figures count them
 * @returns the classes that have somebody
 */
export function classesBy<Person>(
  people: readonly Person[],
  figuresOf: (person: Person) => readonly boolean[],
): readonly (readonly Person[])[] {
  const classes = new Map<string, Person[]>();
  for (const person of people) {
    const figures = figuresOf(person);
    if (!figures.includes(true)) continue;
    const key = figures.map((counts) => (counts ? '1' : '0')).join('');
    classes.set(key, [...(classes.get(key) ?? []), person]);
  }
  return [...classes.values()];
}

/**
 * For a round that is compared on some of its items only: the classes that a group's compared mean of an area makes
 * beside its own published mean and the area's item figures. Whoever rated nothing but compared items has one score
 * twice, so the two means differ by what the others rated beyond those: they are classes apart.
 *
 * @param people the same people as the round's, scored over the compared items
 * @param compared the compared items by area
 * @param recomputed areas whose compared items are not all of the round's own; others have no classes here
 */
export function classesOfCompared(
  round: ScoredRound,
  people: readonly RespondentScores[],
  compared: ReadonlyMap<string, readonly Item[]>,
  recomputed: ReadonlySet<string>,
): (group: ScoredGroup, area: string) => readonly Class[] {
  if (recomputed.size === 0) return () => [];
  const items = itemsByArea(round.instrument, round.input.form);
  const hasValue = (person: RespondentScores | undefined, area: string) =>
    person !== undefined && scoreIn(person, area) !== null;
  const everybody = round.respondents.map((own, at) => ({ own, compared: people[at] }));
  const inItems = new Map(
    [...recomputed].map((area) => {
      const { counted } = itemPeople(items.get(area) ?? [], round.groups, area, round.protection);
      return [area, new Set([...counted.values()].flat())] as const;
    }),
  );
  return (group, area) => {
    if (!recomputed.has(area)) return [];
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
    return published.flatMap((one) => {
      const members = everybody.filter(({ own }) => isOfGroup(one, own));
      return classesBy(members, figuresOf).map((some) => some.map(({ own }) => own));
    });
  };
}

/**
 * Did they all rate the same of these items? Then their scores over all and over some of them are made with the same
 * weights, and two means of the class tell nobody in it from the others.
 */
export function ratedAlike(people: Class, items: readonly Item[]): boolean {
  const rated = people.map((person) => items.filter((item) => isComplete(person, [item])).map(({ code }) => code));
  return new Set(rated.map((codes) => codes.join(' '))).size <= 1;
}
