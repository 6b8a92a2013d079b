import type { Side } from '../definitions/instrument';
import type { GapOfPair, GapOfSides } from './gaps';
import type { ByPlace } from './places';

/**
 * What a scorecard is made of. All scores are in points of the instrument's scale (min..max) and unrounded: rounding
 * happens once, where a figure is published (`release.ts`).
 *
 * Three words that differ: `hidden` is a figure of fewer than k people; `withheld` is a statistic kept back from a figure
 * that is shown; `missing` is a figure that has no value.
 */

/**
 * Why a figure is null. `no-answers`: nobody answered enough; `out-of-scope`: the unit did not work on it;
 * `side-missing`: one side has no figure; `area-missing`: areas in scope have no figure; `one-answer`, `no-spread`: the
 * mean stands, but a standard deviation or an interval would say something false.
 */
export type Missing = 'no-answers' | 'out-of-scope' | 'side-missing' | 'area-missing' | 'one-answer' | 'no-spread';

/** Lower and upper end of a 95 % confidence interval. */
export type Interval = readonly [low: number, high: number];

/** One round of one unit, scored. Keys are codes of the instrument; every area and plane is listed. */
export interface Scorecard extends ByPlace<Score> {
  /** Differences between the sides and between groups within the round. */
  readonly gaps: ByPlace<Gaps>;
}

/** The figures of one area, plane or the index. */
export interface Score {
  /** Joint score of the two sides; null says why in `missing`. */
  readonly survey: number | null;
  /** 95 % interval of `survey`, cut to the scale; null exactly where that is null. */
  readonly surveyInterval: Interval | null;
  readonly missing?: Missing;
  /** Planes and index: areas in scope that have no survey score. */
  readonly missingAreas?: readonly string[];
  readonly sides: Readonly<Record<Side, SideFigure>>;
  /** Every group, after merging, by its code. */
  readonly groups: Readonly<Record<string, GroupFigure>>;
  /** Areas: Cronbach's alpha of its items; null where it cannot be had. */
  readonly alpha?: number | null;
}

export interface SideFigure {
  /** Area: plain mean of the side's shown groups. Plane, index: plain mean of its areas. */
  readonly mean: number | null;
  /** 95 % interval, cut to the scale; null exactly where `mean` is. */
  readonly interval: Interval | null;
  readonly missing?: Missing;
  /** Planes and index: areas in scope in which the side has no mean. */
  readonly missingAreas?: readonly string[];
  /** Every group of the side that answered is hidden. */
  readonly hidden?: 'k';
  /** Groups that answered but are hidden and therefore not in `mean`. */
  readonly without?: readonly string[];
  /** Groups whose spread the interval takes from others (comparison.md 1). */
  readonly borrowed?: readonly string[];
  /** Nobody lends: the interval rests on the variance that the instrument assumes. */
  readonly assumed?: true;
}

export type GroupFigure = ShownFigure | HiddenFigure;

export interface ShownFigure {
  /** Area: mean of the respondents' scores. Plane, index: mean of the group's shown area means. */
  readonly mean: number | null;
  /**
   * Area: respondents with a value, 0 or at least k. Plane, index: respondents with an overall score where that is at
   * least 2k, else the smallest n of the areas in the mean.
   */
  readonly n: number;
  /** Standard deviation of the respondents' values (n - 1), in points, 0 or more; from 2k. */
  readonly sd: number | null;
  /** 95 % interval of the mean, cut to the scale; only where the group has its own spread. */
  readonly interval: Interval | null;
  /** Why one or more of the above are null. */
  readonly missing?: Missing;
  /** `spread`: fewer than 2k people, so sd and interval are kept back. */
  readonly withheld?: 'spread';
  /** Planes and index: areas in scope in which this group shows no mean. */
  readonly missingAreas?: readonly string[];
  /** Areas, from 2k: what the group's people did with the area's items that they saw. */
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

/** Gaps at one place. */
export interface Gaps {
  /** Administration less NGOs; null points where one of them has no value. */
  readonly sides: GapOfSides;
  /** Every two groups that are shown there, in the instrument's order. */
  readonly pairs: readonly GapOfPair[];
}

export function isHidden(figure: GroupFigure): figure is HiddenFigure {
  return 'hidden' in figure;
}

/** The group's mean where one is shown. */
export function shownMean(figure: GroupFigure | undefined): number | null {
  return figure === undefined || isHidden(figure) ? null : figure.mean;
}
