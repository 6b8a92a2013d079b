import { areasOf, sides, type Instrument, type Side } from '../definitions/instrument';
import { Failure, ProblemsFound } from '../shared/errors';
import { rememberedFor } from '../shared/remember';
import { cellOf, holdingOf, meanIn, roundGroup, spreadAreasOf, type Holding, type RoundGroup } from './cells';
import { completeRatings } from './complete-ratings';
import { sharesFrom } from './figure-shares';
import type { GroupFigure, Interval, Score, Scorecard, SideFigure } from './figures';
import { countOf, gapsOf } from './gaps';
import { countByGroup, groupsAfterMerging, mergesNeeded, sizeOf } from './merging';
import { byPlace, placesOf, type Place } from './places';
import { allRules, fewestForSpread, type Protection } from './release-rules';
import { itemCounts, itemsByArea, respondentScores, type Item, type RespondentScores } from './respondent-scores';
import { checkRoundInput, thresholdsOf, type RoundInput } from './round-input';
import { jointMade, jointMean, sideMade, sideMean } from './shares';
import { confidenceInterval, cronbachAlpha, mean } from './statistics';
import { intervalAround, lentBy, uncertaintyOf } from './uncertainty';

export type * from './figures';
export { isHidden, shownMean } from './figures';
export type { Respondent, RoundInput } from './round-input';

/** A scored round with what a comparison needs besides its figures. Raw: only `release.ts` makes it public. */
export interface ScoredRound {
  readonly instrument: Instrument;
  readonly input: RoundInput;
  readonly protection: Protection;
  readonly respondents: readonly RespondentScores[];
  /** Codes of the merged groups that this round needs. */
  readonly merged: readonly string[];
  readonly groups: readonly RoundGroup[];
  /** Made when it is first asked for: a comparison asks it only why an area has no value. */
  readonly scorecard: Scorecard;
}

/**
 * The scorecard of one round (method.md 3): per area, plane and index the survey score, both sides and every group,
 * with groups of fewer than k people merged, or hidden where they have no partner.
 *
 * @throws ProblemsFound with everything that `checkRoundInput` finds, e.g. more answers than people
 */
export function scoreRound(instrument: Instrument, input: RoundInput): Scorecard {
  return scoredRound(instrument, input).scorecard;
}

/** As `scoreRound`, keeping what a comparison needs. */
export function scoredRound(instrument: Instrument, input: RoundInput): ScoredRound {
  const problems = checkRoundInput(instrument, input);
  if (problems.length > 0) throw new ProblemsFound(problems);
  return scoredAnyway(instrument, input);
}

/** As `scoredRound`, for input that may have more answers than people in a group: its size is then unknown. */
export function scoredAnyway(
  instrument: Instrument,
  input: RoundInput,
  rules: Protection['rules'] = allRules,
): ScoredRound {
  const protection = { k: input.k, rules };
  const respondents = respondentScores(instrument, input);
  const needed = mergesNeeded(instrument, countByGroup(respondents), input.k);
  const merged = [...new Set([...(input.askedMerged ?? []), ...needed])];
  const groups = groupsOfRound(instrument, input, respondents, merged, protection);
  let made: Scorecard | null = null;
  return {
    ...{ instrument, input, protection, respondents, merged, groups },
    get scorecard() {
      return (made ??= scorecardOf(instrument, groups, input, protection));
    },
  };
}

function groupsOfRound(
  instrument: Instrument,
  { groupSizes }: RoundInput,
  respondents: readonly RespondentScores[],
  merged: readonly string[],
  protection: Protection,
): readonly RoundGroup[] {
  const counts = countByGroup(respondents);
  const areas = areasOf(instrument).map(({ code }) => code);
  return groupsAfterMerging(instrument, merged, protection.rules).map((group) =>
    roundGroup(group, sizeOf(group, groupSizes, counts), respondents, { areas, protection, apart: new Set() }),
  );
}

function scorecardOf(
  instrument: Instrument,
  groups: readonly RoundGroup[],
  input: RoundInput,
  protection: Protection,
): Scorecard {
  const { scale } = instrument;
  if (scale === undefined) throw new Failure('no-scale', `The instrument ${instrument.id} has no scale.`);
  const thresholds = thresholdsOf(instrument, input);
  const { practicallySame } = thresholds;
  const items = itemsByArea(instrument, input.form);
  const places = placesOf(instrument, input.outOfScope);
  const assumedVariance = ({ level }: Place) =>
    level === 'area' ? thresholds.assumedVariance.area : thresholds.assumedVariance.overall;

  const holdingsAt = rememberedFor(({ areas }: Place): ReadonlyMap<string, Holding> => {
    const all = groups.map((group) => holdingOf(group, areas, spreadAreasOf(group, areas), protection));
    return new Map(all.flatMap((holding) => (holding === null ? [] : [[holding.group.code, holding] as const])));
  });

  const scoreAt = (place: Place): Score => {
    if (place.areas.length === 0) return outOfScope(groups);
    const holdings = holdingsAt(place);
    const lent = lentBy([...holdings.values()]);
    // In one round the whole correction is made: where everybody answered the figure is exact.
    const uncertainty = (weights: ReadonlyMap<string, number>) =>
      uncertaintyOf(sharesFrom(weights, holdings), lent, assumedVariance(place), 1);

    const hidden = (side: Side) =>
      groups
        .filter(({ group }) => group.side === side && !holdings.has(group.code))
        .filter((group) => place.areas.some((area) => cellOf(group, area).state === 'hidden'))
        .map(({ group }) => group.code);
    const sideAt = (side: Side): SideFigure => {
      const made = sideMade(groups, side, place.areas, isShown);
      const left = hidden(side);
      const without = left.length === 0 ? {} : { without: left };
      if (made.areas.length === 0) {
        return left.length === 0
          ? { mean: null, interval: null, missing: 'no-answers' }
          : { mean: null, interval: null, hidden: 'k', ...without };
      }
      const lacking = made.missingAreas.length === 0 ? {} : { missingAreas: made.missingAreas };
      if (place.whole && made.missingAreas.length > 0) {
        return { mean: null, interval: null, missing: 'area-missing', ...lacking, ...without };
      }
      const centre = meanOver(made.areas, (area) => sideMean(groups, side, (group) => meanIn(group, area)));
      const { borrowed, assumed, ...rest } = uncertainty(made.weights);
      return {
        mean: centre,
        interval: cut(intervalAround(centre, rest), scale),
        ...lacking,
        ...without,
        ...(borrowed.length === 0 ? {} : { borrowed }),
        ...(assumed ? { assumed } : {}),
      };
    };
    const both = { administration: sideAt('administration'), ngo: sideAt('ngo') };
    return {
      ...jointAt(instrument, place, groups, both, (centre, weights) =>
        cut(intervalAround(centre, uncertainty(weights)), scale),
      ),
      sides: both,
      groups: Object.fromEntries(
        groups.map((group) => [
          group.group.code,
          groupFigure(group, place, holdings.get(group.group.code), items.get(place.code) ?? [], {
            ...protection,
            scale,
          }),
        ]),
      ),
      ...(place.level === 'area'
        ? { alpha: alphaOf(groups, place.code, items.get(place.code) ?? [], protection) }
        : {}),
    };
  };

  return {
    ...byPlace(places.map((place) => [place, scoreAt(place)])),
    gaps: gapsOf(instrument, {
      ...{ groups, places, holdingsAt, practicallySame, assumedVariance },
      itemCount: (area) => items.get(area)?.length ?? 0,
    }),
  };
}

function jointAt(
  instrument: Instrument,
  place: Place,
  groups: readonly RoundGroup[],
  both: Readonly<Record<Side, SideFigure>>,
  intervalOf: (centre: number, weights: ReadonlyMap<string, number>) => Interval,
): Pick<Score, 'survey' | 'surveyInterval' | 'missing' | 'missingAreas'> {
  const made = jointMade(instrument, groups, place.areas, isShown);
  const { missingAreas } = made;
  if (made.areas.length === 0 || (place.whole && missingAreas.length > 0)) {
    const none = { survey: null, surveyInterval: null };
    if (place.level !== 'area') return { ...none, missing: 'area-missing', missingAreas };
    const silent = sides.every((side) => both[side].missing === 'no-answers');
    return { ...none, missing: silent ? 'no-answers' : 'side-missing' };
  }
  const sideIn = (side: Side, area: string) => sideMean(groups, side, (group) => meanIn(group, area));
  const survey = meanOver(made.areas, (area) =>
    jointMean(instrument, sideIn('administration', area), sideIn('ngo', area)),
  );
  const surveyInterval = intervalOf(survey, made.weights);
  return { survey, surveyInterval, ...(missingAreas.length === 0 ? {} : { missingAreas }) };
}

function groupFigure(
  round: RoundGroup,
  place: Place,
  holding: Holding | undefined,
  items: readonly Item[],
  { k, scale }: Pick<Protection, 'k'> & { readonly scale: NonNullable<Instrument['scale']> },
): GroupFigure {
  if (holding === undefined) {
    const hidden = place.areas.some((area) => cellOf(round, area).state === 'hidden');
    return hidden ? { hidden: 'k' } : nobody;
  }
  const { mean: centre, areas, spread, covered, size } = holding;
  const n = countOf(holding);
  const lacking = place.areas.filter((area) => !areas.includes(area));
  const uncertain =
    n === 1
      ? ({ interval: null, missing: 'one-answer' } as const)
      : spread === null || !covered
        ? ({ interval: null, withheld: 'spread' } as const)
        : confidenceInterval(centre, spread, size, scale);
  return {
    ...{ mean: centre, n, sd: spread?.sd ?? null, ...uncertain },
    ...(lacking.length === 0 ? {} : { missingAreas: lacking }),
    ...(place.level === 'area' && (n >= fewestForSpread(k) || k === 1)
      ? { items: itemCounts(round.people, items) }
      : {}),
  };
}

/** Alpha over all people of the groups shown in an area who rated every item of it; from 2k (method.md 3). */
function alphaOf(
  groups: readonly RoundGroup[],
  area: string,
  items: readonly { readonly code: string }[],
  { k }: Protection,
): number | null {
  const people = groups.filter((group) => isShown(group, area)).flatMap((group) => group.people);
  return cronbachAlpha(completeRatings(people, items), fewestForSpread(k));
}

function isShown(group: RoundGroup, area: string): boolean {
  return meanIn(group, area) !== null;
}

function meanOver(areas: readonly string[], valueOf: (area: string) => number | null): number {
  const value = mean(areas.map(valueOf).filter((one) => one !== null));
  if (value === null) throw new Failure('no-such-score', `None of the areas ${areas.join(', ')} has a value.`);
  return value;
}

function cut([low, high]: Interval, { min, max }: { readonly min: number; readonly max: number }): Interval {
  return [Math.max(min, low), Math.min(max, high)];
}

const nobody = { mean: null, n: 0, sd: null, interval: null, missing: 'no-answers' } as const;

function outOfScope(groups: readonly RoundGroup[]): Score {
  const side = { mean: null, interval: null, missing: 'out-of-scope' } as const;
  const group = { mean: null, n: 0, sd: null, interval: null, missing: 'out-of-scope' } as const;
  return {
    ...{ survey: null, surveyInterval: null, missing: 'out-of-scope' },
    sides: { administration: side, ngo: side },
    groups: Object.fromEntries(groups.map(({ group: { code } }) => [code, group])),
  };
}
