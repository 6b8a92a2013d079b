import { meanIn, type RoundGroup } from './cells';
import { isComplete } from './complete-ratings';
import { fewestForSpread, type Protection } from './release-rules';
import { scoreIn, type Item, type RespondentScores } from './respondent-scores';

/** Which items of an area have figures, and whom these count: the same people for every item. */
export interface ItemPeople {
  /** The area's items, or those of them that everybody was asked. */
  readonly items: readonly Item[];
  /** By code of a group: the people counted. A group that is not here is in no item figure of the area. */
  readonly counted: ReadonlyMap<string, readonly RespondentScores[]>;
  /** Groups had enough people, but all of them would have been told apart from the others of their group. */
  readonly onlyTellingApart: boolean;
}

/**
 * The choice that shows most: figures of all items count those who rated all of them, which few did where a rule asks
 * some items of few people; those of the items that everybody was asked count more. It rests on who rated what, never on
 * how.
 *
 * @param items all items that the form has in the area
 */
export function itemPeople(
  items: readonly Item[],
  groups: readonly RoundGroup[],
  area: string,
  protection: Protection,
): ItemPeople {
  const shown = groups.filter((group) => meanIn(group, area) !== null);
  const everybody = shown.flatMap(({ people }) => people);
  const askedOfAll = items.filter(({ code }) => everybody.every(({ visible }) => visible.has(code)));
  const all = countedOver(items, shown, area, protection);
  if (askedOfAll.length === 0 || askedOfAll.length === items.length) return all;
  const fewer = countedOver(askedOfAll, shown, area, protection);
  return ratingsIn(fewer) > ratingsIn(all) ? fewer : all;
}

function ratingsIn({ items, counted }: ItemPeople): number {
  return items.length * [...counted.values()].reduce((sum, people) => sum + people.length, 0);
}

function countedOver(
  items: readonly Item[],
  shown: readonly RoundGroup[],
  area: string,
  protection: Protection,
): ItemPeople {
  const { k, rules } = protection;
  const fewest = fewestForSpread(k);
  const ofGroup = ({ people }: RoundGroup) => {
    const complete = people.filter((person) => isComplete(person, items) || !rules.has('complete-only'));
    return complete.length < fewest && rules.has('items-from-2k') ? null : complete;
  };
  const counted = new Map<string, readonly RespondentScores[]>();
  for (const group of shown) {
    const complete = ofGroup(group);
    if (complete === null || (asksOnFew(group.people, items, k) && rules.has('asked-on'))) continue;
    const scored = group.people.filter((person) => scoreIn(person, area) !== null).length;
    const some = rules.has('item-classes') ? withoutTellingApart(complete, scored - complete.length, k) : complete;
    if (some.length >= fewest || !rules.has('items-from-2k')) counted.set(group.group.code, some);
  }
  return { items, counted, onlyTellingApart: counted.size === 0 && shown.some((group) => ofGroup(group) !== null) };
}

/**
 * The group's mean counts the rest as well, so that their sum follows: of fewer than k people it would say too much.
 * Then as many others are left out as make k of them, drawn by lot: by their ids, which are random after sealing.
 */
function withoutTellingApart(
  complete: readonly RespondentScores[],
  rest: number,
  k: number,
): readonly RespondentScores[] {
  if (rest === 0 || rest >= k) return complete;
  const drawn = complete.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, k - rest);
  return complete.filter((person) => !drawn.includes(person));
}

/** Is there an item that a rule asks of some, and 1 to k-1 of these people were not asked it? */
function asksOnFew(people: readonly RespondentScores[], items: readonly Item[], k: number): boolean {
  return items.some(({ code }) => {
    const notAsked = people.filter(({ visible }) => !visible.has(code)).length;
    return notAsked > 0 && notAsked < k;
  });
}
