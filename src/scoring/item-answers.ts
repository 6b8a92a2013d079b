import { isSpecial } from '../definitions/answers';
import { sides, type Instrument, type Side } from '../definitions/instrument';
import { fewestForSpread, meanIn, type RoundGroup } from './cells';
import { classesAreLarge } from './classes';
import { isComplete } from './complete-ratings';
import type { CountsHolder } from './question-counts';
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
}

export interface ItemHolder {
  readonly holder: CountsHolder;
  /** People who rated every item of the area, at least 2k. */
  readonly n: number;
  /** By item code: how many gave each point of the scale (keys "1" … "5"), all n of them. */
  readonly ratings: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * By item code: how many of the holder's people in groups shown here gave it no rating. Whoever was not asked it is
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

/** Distributions of the answers to an area's items, where they give nobody away. */
export function areaItems(
  instrument: Instrument,
  form: 'full' | 'core',
  groups: readonly RoundGroup[],
  area: string,
  k: number,
): AreaItems {
  const items = itemsByArea(instrument, form).get(area) ?? [];
  const shown = groups.filter((group) => meanIn(group, area) !== null);
  const peopleOf = (holder: CountsHolder) =>
    shown.filter(({ group }) => holder === 'everyone' || group.side === holder).flatMap(({ people }) => people);
  const attempt = (holder: CountsHolder) => holderOf(instrument, holder, peopleOf(holder), items, area, k);
  const both = sides.map((side: Side) => attempt(side));
  const ofSides = both.filter((one) => typeof one === 'object');
  // A group of neither side is in no holder here: its people are in no item figure of the area at all.
  const everyone = attempt('everyone');
  const alphaToo = typeof everyone === 'object';
  if (ofSides.length === sides.length) return { holders: ofSides, withheld: null, alphaToo };
  return typeof everyone === 'object'
    ? { holders: [everyone], withheld: null, alphaToo }
    : { holders: [], withheld: everyone, alphaToo };
}

function holderOf(
  instrument: Instrument,
  holder: CountsHolder,
  people: readonly RespondentScores[],
  items: readonly Item[],
  area: string,
  k: number,
): ItemHolder | 'too-few' | 'classes' {
  const complete = people.filter((person) => isComplete(person, items));
  if (complete.length < fewestForSpread(k)) return 'too-few';
  const counted = people.map((person) => [(person.areas.get(area)?.value ?? null) !== null, isComplete(person, items)]);
  if (!classesAreLarge(counted, k)) return 'classes';
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
