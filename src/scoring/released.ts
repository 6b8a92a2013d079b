import type { Fates, FormName, Side } from '../definitions/instrument';
import type { Change } from './comparison';
import type { Scorecard } from './figures';
import type { AreaItems } from './item-answers';
import type { QuestionCounts } from './question-counts';

/**
 * What may be published: one document per round and one per pair of rounds, made once and stored. Everything that is
 * published is in here, rounded as published: points, means, intervals and spreads to 2 decimals, p to 4, standard
 * errors, alpha and delta to 3, degrees of freedom to 1, percents to whole ones. No field rests on fewer than k people.
 */

/** The instrument that a round asked. */
export interface ReleasedInstrument {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of its content. */
  readonly hash: string;
}

/** A group as published: one of the instrument's, or several merged. */
export interface ReleasedGroup {
  /** The instrument's code, or the codes of merged groups joined by "+". */
  readonly code: string;
  /** Codes of the instrument's groups that are in it; several where they are merged. */
  readonly parts: readonly string[];
  /** null: both sides sit in it. */
  readonly side: Side | null;
  /** People who answered, 0 or at least k; null where hidden. */
  readonly respondents: number | null;
  /** Known number of people; null where unknown. */
  readonly size: number | null;
  /** Whole percent of `size` who answered, 0..100; null where that is unknown, or hidden. */
  readonly rate: number | null;
  /** Fewer than k people answered and there is no partner to merge with: the group is left out of everything. */
  readonly hidden?: 'k';
  /** More people answered than the group is said to have, so its size is treated as unknown; staff must settle it. */
  readonly moreAnswersThanPeople?: true;
}

/** One round. */
export interface ReleasedRound {
  readonly kind: 'round';
  readonly instrument: ReleasedInstrument;
  readonly form: FormName;
  /** The instrument's name of the round, such as `baseline`; null = not told. */
  readonly round: string | null;
  /** Fewest people behind any figure; spreads and distributions need 2k. */
  readonly k: number;
  /** Half-width in points within which a difference counts as practically none. */
  readonly practicallySame: number;
  /** Areas the unit did not work on. */
  readonly outOfScope: readonly string[];
  /** After merging, in the instrument's order. */
  readonly groups: readonly ReleasedGroup[];
  /** People who answered, over the groups that are not hidden. */
  readonly respondents: number;
  /** Figures of areas, planes and the index with their intervals, and gaps; `items` of groups are left out. */
  readonly scorecard: Scorecard;
  /** Distributions of the answers to items, by area code; areas out of scope are absent. */
  readonly items: Readonly<Record<string, AreaItems>>;
  /** How the questions outside the areas were answered. */
  readonly questions: readonly QuestionCounts[];
  /** For staff: what was merged, hidden, withheld or borrowed, and why. */
  readonly notes: readonly ReleaseNote[];
}

/** Two rounds of one unit, later against earlier. */
export interface ReleasedPair {
  readonly kind: 'pair';
  readonly baseline: { readonly instrument: ReleasedInstrument; readonly form: FormName };
  readonly followUp: { readonly instrument: ReleasedInstrument; readonly form: FormName };
  /** The form that both are compared as: `core` where they differ. */
  readonly form: FormName;
  /** The larger of the two rounds'. */
  readonly k: number;
  readonly practicallySame: number;
  /** Groups as compared, after merging where either round needs it. */
  readonly groups: readonly Pick<ReleasedGroup, 'code' | 'parts' | 'side'>[];
  /** Compared items by area code; an area with none, or not compared, is named in the change. */
  readonly comparedItems: Readonly<Record<string, readonly string[]>>;
  /** What became of items and areas between two versions; null where both rounds use one version. */
  readonly versions: { readonly items: Fates; readonly areas: Fates } | null;
  readonly change: Change;
  readonly notes: readonly ReleaseNote[];
}

/**
 * Something that staff should know of a release. Says nothing that the release does not.
 *
 * - `merged`: groups were joined, because one of them has too few answers.
 * - `left-out`: too few answers and no partner; the group is in nothing.
 * - `hidden`: the group is not shown in these areas, because fewer than k people answered there.
 * - `spread-withheld`: fewer than 2k people: the group shows means only at these places, and no verdict of its own.
 * - `spread-borrowed`: intervals and verdicts of sides and of both rest, for this group at these places, on the spread
 *   of others, or, where nobody lends one, on the variance that the instrument assumes.
 * - `items-withheld`: the area shows no distribution of answers, since no group has 2k people who rated all of its items that everybody was asked.
 * - `items-classes`: it shows none, since beside the area's mean they would tell somebody apart.
 * - `size-unknown`: more people answered than the group is said to have.
 */
export type ReleaseNote =
  | { readonly note: 'merged'; readonly group: string; readonly parts: readonly string[] }
  | { readonly note: 'left-out' | 'size-unknown'; readonly group: string }
  | { readonly note: 'hidden'; readonly group: string; readonly places: readonly string[] }
  | { readonly note: 'spread-withheld' | 'spread-borrowed'; readonly group: string; readonly places: readonly string[] }
  | { readonly note: 'items-withheld' | 'items-classes'; readonly area: string };
