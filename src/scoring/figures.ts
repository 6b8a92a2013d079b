import type { Side } from '../definitions/instrument';

/**
 * What a scorecard is made of. All scores are in points of the instrument's scale (min..max) and unrounded: rounding
 * happens once, where a figure is published (`shared/rounding.ts`).
 */

/**
 * Why a figure is null. `no-answers`: nobody answered enough; `out-of-scope`: the unit did not work on it;
 * `side-missing`: one side has no figure; `area-missing`: areas in scope have no figure; `one-answer`, `no-spread`: the
 * mean stands, but a standard deviation or an interval would say something false.
 */
export type Missing = 'no-answers' | 'out-of-scope' | 'side-missing' | 'area-missing' | 'one-answer' | 'no-spread';

/** Lower and upper end of a 95 % confidence interval, cut to the scale. */
export type Interval = readonly [low: number, high: number];

/** One round of one unit, scored. Keys are codes of the instrument; every area, plane and group is listed. */
export interface Scorecard {
  readonly areas: Readonly<Record<string, Score>>;
  readonly planes: Readonly<Record<string, Score>>;
  readonly index: Score;
}

/** The figures of one area, plane or the index. */
export interface Score {
  /** Joint score of the two sides; null says why in `missing`. */
  readonly survey: number | null;
  readonly missing?: Missing;
  /** Planes and index: areas in scope that have no survey score. */
  readonly missingAreas?: readonly string[];
  readonly sides: Readonly<Record<Side, SideFigure>>;
  readonly groups: Readonly<Record<string, GroupFigure>>;
}

export interface SideFigure {
  /** Plain mean of the side's shown groups. */
  readonly mean: number | null;
  readonly missing?: Missing;
  /** Every group of the side that answered is hidden. */
  readonly hidden?: 'k';
  /** Groups that answered but are hidden and therefore not in `mean`. */
  readonly without?: readonly string[];
}

export type GroupFigure = ShownFigure | HiddenFigure;

export interface ShownFigure {
  /** Area: mean of the respondents' scores. Plane, index: mean of the group's shown area means. */
  readonly mean: number | null;
  /** Respondents with a value: whole number, 0 or at least k. */
  readonly n: number;
  /** Standard deviation of the respondents' values (n - 1), in points, 0 or more. */
  readonly sd: number | null;
  readonly interval: Interval | null;
  /** Why one or more of the above are null. */
  readonly missing?: Missing;
  /** Planes and index: areas in scope in which this group shows no mean. */
  readonly missingAreas?: readonly string[];
  /** Areas: what the group's people did with the area's items that they saw. */
  readonly items?: ItemCounts;
}

/** Answered by at least one person and by fewer than k: nothing else is told. */
export interface HiddenFigure {
  readonly hidden: 'k';
}

/** Counts of item answers, whole numbers; the three kinds of missing are never a number in a score. */
export interface ItemCounts {
  readonly answered: number;
  readonly unanswered: number;
  readonly hardToSay: number;
  readonly notApplicable: number;
}

export function isHidden(figure: GroupFigure): figure is HiddenFigure {
  return 'hidden' in figure;
}

/** The group's mean where one is shown. */
export function shownMean(figure: GroupFigure | undefined): number | null {
  return figure === undefined || isHidden(figure) ? null : figure.mean;
}
