import { isSpecial } from '../definitions/answers';
import type { Instrument } from '../definitions/instrument';
import { meanIn, type RoundGroup } from './cells';
import { classesAreLarge } from './classes';
import { isComplete } from './complete-ratings';
import { holdersOf, qualifies, type CountsHolder } from './holders';
import { fewestForSpread, type Protection } from './release-rules';
import { itemsByArea, type Item, type RespondentScores } from './respondent-scores';

/** How the items of one area were answered: the same people for every item, by one holder (anonymity.md 3). */
export interface AreaItems {
  /** Both sides, or everyone, or nobody. */
  readonly holders: readonly ItemHolder[];
  /**
   * Why nobody: `too-few`: nobody of them, taken together, has 2k people who rated every item; `classes`: beside the
   * area's mean they would tell fewer than k people apart; null where there are holders.
   */
  readonly withheld: 'too-few' | 'classes' | null;
  /** Alpha counts everybody in the area's shown groups, so it may be published only where all of them form large classes. */
  readonly alphaToo: boolean;
  /** Groups shown in the area whose people are in no holder, since that would tell more of them than their mean. */
  readonly without: readonly string[];
}

export interface ItemHolder {
  readonly holder: CountsHolder;
  /** People who rated every item of the area, at least 2k. */
  readonly n: number;
  /** By item code: how many gave each point of the scale (keys "1" … "5"), all n of them. */
  readonly ratings: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * By item code: how many people of the groups in this holder gave it no rating. Whoever was not asked it is
   * among the unanswered, so that the answer to the question that decided it cannot be worked out.
   */
  readonly unrated: Readonly<Record<string, Unrated>>;
}

/** Counts of people. */
export interface Unrated {
  readonly hardToSay: number;
  readonly notApplicable: number;
  readonly unanswered: number;
}

/**
 * Distributions of the answers to an area's items, where they give nobody away. A group enters them from 2k people (its
 * spread would follow from the distribution and the spreads of the others) and only where its people form large classes
 * (with its mean, and those of the others, the sum of a small class would follow).
 */
export function areaItems(
  instrument: Instrument,
  form: 'full' | 'core',
  groups: readonly RoundGroup[],
  area: string,
  protection: Protection,
): AreaItems {
  const { rules } = protection;
  const items = itemsByArea(instrument, form).get(area) ?? [];
  const shown = groups.filter((group) => meanIn(group, area) !== null);
  const completeOf = (group: RoundGroup) => group.people.filter((person) => isComplete(person, items)).length;
  const large = shown.filter(
    (group) => completeOf(group) >= fewestForSpread(protection.k) || !rules.has('items-from-2k'),
  );
  const entering = large.filter(({ people }) => {
    if (!hasLargeClasses(people, items, area, protection) && rules.has('item-classes')) return false;
    return !asksOnFew(people, items, protection) || !rules.has('asked-on');
  });
  const attempt = (holder: CountsHolder, from = entering): ItemHolder | null => {
    const people = from
      .filter(({ group }) => holder === 'everyone' || group.side === holder)
      .flatMap((one) => one.people);
    return holderOf(instrument, holder, people, items, protection);
  };
  const without = shown.filter((group) => !entering.includes(group)).map(({ group }) => group.code);
  // A group of neither side is in no holder where the sides are: its people are in no item figure of the area at all.
  const holders = holdersOf(attempt, protection);
  const rest = shown.reduce((sum, group) => sum + scoredIn(group, area) - completeOf(group), 0);
  const alphaToo =
    holders.length > 0 &&
    without.length === 0 &&
    (rest === 0 || rest >= fewestForSpread(protection.k) || !rules.has('alpha-rest'));
  if (holders.length > 0) return { holders, withheld: null, alphaToo, without };
  return { holders, withheld: attempt('everyone', large) === null ? 'too-few' : 'classes', alphaToo, without };
}

/** People with a score of the area. */
function scoredIn({ people }: RoundGroup, area: string): number {
  return people.filter((person) => (person.areas.get(area)?.value ?? null) !== null).length;
}

/** Those who rated every item, and those with a score of the area without that, are nobody or at least k each. */
function hasLargeClasses(
  people: readonly RespondentScores[],
  items: readonly Item[],
  area: string,
  { k }: Protection,
): boolean {
  return classesAreLarge(
    people.map((person) => [(person.areas.get(area)?.value ?? null) !== null, isComplete(person, items)]),
    k,
  );
}

/** Is there an item that a rule asks of some, and 1 to k-1 of these people were not asked it? */
function asksOnFew(people: readonly RespondentScores[], items: readonly Item[], { k }: Protection): boolean {
  return items.some(({ code }) => {
    const notAsked = people.filter(({ visible }) => !visible.has(code)).length;
    return notAsked > 0 && notAsked < k;
  });
}

function holderOf(
  instrument: Instrument,
  holder: CountsHolder,
  people: readonly RespondentScores[],
  items: readonly Item[],
  protection: Protection,
): ItemHolder | null {
  const { rules } = protection;
  const complete = people.filter((person) => isComplete(person, items) || !rules.has('complete-only'));
  if (!qualifies(complete.length, protection)) return null;
  const { min = 1, max = 0 } = instrument.scale ?? {};
  const points = Array.from({ length: max - min + 1 }, (_, step) => min + step);
  const distribution = (code: string) =>
    Object.fromEntries(
      points.map((point) => [String(point), complete.filter(({ answers }) => answers[code] === point).length]),
    );
  return {
    ...{ holder, n: complete.length },
    ratings: Object.fromEntries(items.map(({ code }) => [code, distribution(code)])),
    unrated: Object.fromEntries(items.map(({ code }) => [code, unratedOf(people, code)])),
  };
}

function unratedOf(people: readonly RespondentScores[], code: string): Unrated {
  const counts = { hardToSay: 0, notApplicable: 0, unanswered: 0 };
  for (const { answers } of people) {
    const answer = Object.hasOwn(answers, code) ? answers[code] : undefined;
    if (isSpecial(answer)) counts[answer.special === 'hard-to-say' ? 'hardToSay' : 'notApplicable'] += 1;
    else if (typeof answer !== 'number') counts.unanswered += 1;
  }
  return counts;
}
