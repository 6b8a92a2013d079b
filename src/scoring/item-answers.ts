import { isSpecial } from '../definitions/answers';
import type { Instrument } from '../definitions/instrument';
import { meanIn, type RoundGroup } from './cells';
import { isComplete } from './complete-ratings';
import { holdersOf, qualifies, type CountsHolder } from './holders';
import { itemPeople, type ItemPeople } from './item-people';
import { fewestForSpread, type Protection } from './release-rules';
import { itemsByArea, scoreIn, type Item, type RespondentScores } from './respondent-scores';

/** How the items of one area were answered: the same people for every item, by one holder (anonymity.md 3). */
export interface AreaItems {
  /** Both sides, or everyone, or nobody. */
  readonly holders: readonly ItemHolder[];
  /**
   * Why nobody: `too-few`: no group has 2k people who rated every item; `classes`: beside the area's mean they would tell
   * fewer than k people apart; null where there are holders.
   */
  readonly withheld: 'too-few' | 'classes' | null;
  /** Alpha counts everybody in the area's shown groups, so it may be published only where all of them form large classes. */
  readonly alphaToo: boolean;
  /** Groups shown in the area whose people are in no holder, since that would tell more of them than their mean. */
  readonly without: readonly string[];
}

export interface ItemHolder {
  readonly holder: CountsHolder;
  /** People who rated every one of the items here, at least 2k. */
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
 * Distributions of the answers to an area's items, where they give nobody away (`item-people.ts` says whom they count).
 *
 * @param groups all groups of the round
 */
export function areaItems(
  instrument: Instrument,
  form: 'full' | 'core',
  groups: readonly RoundGroup[],
  area: string,
  protection: Protection,
): AreaItems {
  const all = itemsByArea(instrument, form).get(area) ?? [];
  const { items, counted, onlyTellingApart } = itemPeople(all, groups, area, protection);
  const attempt = (holder: CountsHolder): ItemHolder | null => {
    const entering = groups.filter(({ group: { code, side } }) => {
      return counted.has(code) && (holder === 'everyone' || side === holder);
    });
    const people = entering.flatMap(({ group }) => counted.get(group.code) ?? []);
    if (people.length === 0 || !qualifies(people.length, protection)) return null;
    return holderOf(
      instrument,
      holder,
      people,
      entering.flatMap((one) => one.people),
      items,
    );
  };
  const shown = groups.filter((group) => meanIn(group, area) !== null);
  const without = shown.map(({ group }) => group.code).filter((code) => !counted.has(code));
  // A group of neither side is in no holder where the sides are: its people are in no item figure of the area at all.
  const holders = holdersOf(attempt, protection);
  const alphaToo =
    without.length === 0 && holders.length > 0 && alphaTellsNobody(shown, all, counted, area, protection);
  return { holders, withheld: holders.length > 0 ? null : onlyTellingApart ? 'classes' : 'too-few', alphaToo, without };
}

/**
 * Alpha counts whoever rated every item. Beside the distributions of the same people it gives the spread of their
 * scores, so that of the rest follows: they must be nobody or at least 2k.
 */
function alphaTellsNobody(
  shown: readonly RoundGroup[],
  items: readonly Item[],
  counted: ItemPeople['counted'],
  area: string,
  { k, rules }: Protection,
): boolean {
  const people = shown.flatMap((group) => group.people);
  const complete = people.filter((person) => isComplete(person, items)).length;
  const inFigures = shown.reduce((sum, { group }) => sum + (counted.get(group.code)?.length ?? 0), 0);
  if (inFigures !== complete && rules.has('item-classes')) return false;
  const rest = people.filter((person) => scoreIn(person, area) !== null).length - complete;
  return rest === 0 || rest >= fewestForSpread(k) || !rules.has('alpha-rest');
}

function holderOf(
  instrument: Instrument,
  holder: CountsHolder,
  counted: readonly RespondentScores[],
  everybody: readonly RespondentScores[],
  items: readonly Item[],
): ItemHolder {
  const { min = 1, max = 0 } = instrument.scale ?? {};
  const points = Array.from({ length: max - min + 1 }, (_, step) => min + step);
  const distribution = (code: string) =>
    Object.fromEntries(
      points.map((point) => [String(point), counted.filter(({ answers }) => answers[code] === point).length]),
    );
  return {
    ...{ holder, n: counted.length },
    ratings: Object.fromEntries(items.map(({ code }) => [code, distribution(code)])),
    unrated: Object.fromEntries(items.map(({ code }) => [code, unratedOf(everybody, code)])),
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
