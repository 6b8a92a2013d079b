import { areasOf, type Instrument, type Side } from '../definitions/instrument';
import { publishedPercent } from '../shared/rounding';
import {
  answeredByEnough,
  cellOf,
  holdingOf,
  meanIn,
  spreadAreasOf,
  type Cell,
  type Holding,
  type RoundGroup,
} from './cells';
import { comparedRound, groupsOfPair, protectionOfPair } from './compared-round';
import { correctionFor, sharesFrom } from './figure-shares';
import type { Missing } from './figures';
import { countOf, whyWithheld } from './gaps';
import { byPlace, placesOf, type ByPlace, type Place } from './places';
import { thresholdsOf } from './round-input';
import type { ScoredRound } from './scorecard';
import { jointMade, jointMean, sideMade, sideMean, type Made } from './shares';
import { cliffsDelta, mean } from './statistics';
import { judged, lentBy, notJudged, uncertaintyOf, type Judged } from './uncertainty';
import { judgeFamily, type Said } from './verdict';
import { commonAreas } from './common-items';
import type { VersionMap } from '../definitions/version-map';

/** What changed between two rounds, per area, plane and index. Keys are codes of the instrument. */
export type Change = ByPlace<Compared>;

/**
 * The changes of one area, plane or the index, over the groups and areas present in both rounds (comparison.md): each
 * carries its own two compared figures, which may differ from those on the rounds' scorecards.
 */
export interface Compared {
  readonly survey: Delta;
  readonly sides: Readonly<Record<Side, Delta>>;
  /** Only groups with a shown figure in both rounds. */
  readonly groups: Readonly<Record<string, GroupDelta>>;
  /** The groups and areas that are not in the above, with the reason. */
  readonly notCompared: {
    readonly groups: Readonly<Record<string, NotCompared>>;
    readonly areas: Readonly<Record<string, NotCompared>>;
  };
}

/** `rose`, `fell`: for certain; `same`: practically the same; `unknown`: cannot be told. */
export type Verdict = 'rose' | 'fell' | 'same' | 'unknown';

/** One holder's change. */
export interface Delta extends Judged {
  /** Compared figures in points of the scale, unrounded; null says why in `missing` or `hidden`. */
  readonly baseline: number | null;
  readonly followUp: number | null;
  /** followUp - baseline, unrounded. */
  readonly points: number | null;
  /** Whole percent as published: computed from the figures rounded to hundredths. */
  readonly percent: number | null;
  readonly verdict: Verdict;
  /** `zero-baseline`: there are points, but no percent of a published 0. */
  readonly missing?: Missing | 'zero-baseline';
  /** Side: its groups cannot be compared, one or more because a round hides it. */
  readonly hidden?: 'k';
  /** Areas in scope in both rounds that this change goes without. */
  readonly missingAreas?: readonly string[];
  /** Sides and survey: groups whose spread is taken from others (comparison.md 1). */
  readonly borrowed?: readonly string[];
  /** Nobody lends: the variance is the one that the instrument assumes. */
  readonly assumed?: true;
}

export interface GroupDelta extends Delta {
  /** People behind each of the two means. */
  readonly n: { readonly baseline: number; readonly followUp: number };
  /** Cliff's delta, above 0 where later answers tend to be higher; only beside a p. */
  readonly delta: number | null;
  /** Why the change is not judged: under 2k, or all the same. */
  readonly withheld?: 'spread' | 'noSpread';
}

/** Why something is not compared: what each round that lacks it says. */
export interface NotCompared {
  readonly baseline?: WhyNot;
  readonly followUp?: WhyNot;
}
/**
 * `no-common-groups`: each round has a figure of its own, but not of the same groups or areas; `not-in-common`: the two
 * versions or forms have too little of the area in common; `not-in-version`: the version does not know it.
 */
export type WhyNot = Missing | 'hidden' | 'no-common-groups' | 'not-in-common' | 'not-in-version';

const words: Readonly<Record<Said, Verdict>> = { more: 'rose', less: 'fell', same: 'same', unknown: 'unknown' };

/**
 * Compares two rounds. An area out of scope in one round, or with too little in common between the two versions or
 * forms, is left out of both rounds' compared means and named in `notCompared`. Where either round merges groups, both
 * are compared with those groups merged; k is the larger of the two.
 *
 * @param instrument the follow-up's: it names what is compared
 * @param map what the two versions have in common; null where both rounds use one version
 */
export function compareRounds(
  instrument: Instrument,
  baseline: ScoredRound,
  followUp: ScoredRound,
  map: VersionMap | null = null,
): Change {
  const common = commonAreas(baseline, followUp, map);
  const thresholds = thresholdsOf(instrument, followUp.input);
  const protection = protectionOfPair(baseline, followUp);
  const groups = groupsOfPair(instrument, baseline, followUp);
  const before = comparedRound(baseline, groups, common.items, protection);
  const after = comparedRound(followUp, groups, common.items, protection);

  const left = new Set([...before.outOfScope, ...after.outOfScope, ...common.notCompared]);
  const places = placesOf(instrument, [...left]);
  const list = groups.map(({ code }) => before.groups.get(code)).filter((group) => group !== undefined);
  const later = (group: RoundGroup): RoundGroup => after.groups.get(group.group.code) ?? group;
  const present = (group: RoundGroup, area: string) =>
    meanIn(group, area) !== null && meanIn(later(group), area) !== null;

  const compareAt = (place: Place) => {
    const holdings = { baseline: new Map<string, Holding>(), followUp: new Map<string, Holding>() };
    for (const group of list) {
      const areas = place.areas.filter((area) => present(group, area));
      // o(r) averages the same areas in both rounds; at an area each round has a spread of its own, or has none.
      const both = answeredByEnough(later(group), answeredByEnough(group, areas));
      const spreadAreas = (round: RoundGroup) => (place.level === 'area' ? spreadAreasOf(round, areas) : both);
      const first = holdingOf(group, areas, spreadAreas(group), protection);
      const second = holdingOf(later(group), areas, spreadAreas(later(group)), protection);
      if (first === null || second === null) continue;
      holdings.baseline.set(group.group.code, first);
      holdings.followUp.set(group.group.code, second);
    }
    const lent = lentBy([...holdings.baseline.values(), ...holdings.followUp.values()]);
    const assumed = thresholds.assumedVariance[place.level === 'area' ? 'area' : 'overall'];
    const itemCount = (area: string) => common.items.get(area)?.size ?? 0;

    const changeOf = (made: Made, valueIn: (area: string, at: 'baseline' | 'followUp') => number | null): Delta => {
      const over = (at: 'baseline' | 'followUp') =>
        mean(made.areas.map((area) => valueIn(area, at)).filter((value) => value !== null));
      const delta = deltaOf(over('baseline'), over('followUp'));
      if (delta.points === null) return delta;
      const shares = [...sharesFrom(made.weights, holdings.baseline), ...sharesFrom(made.weights, holdings.followUp)];
      const uncertainty = uncertaintyOf(shares, lent, assumed, correctionFor(made.areas, itemCount));
      const { borrowed } = uncertainty;
      return {
        ...delta,
        ...judged(delta.points, uncertainty),
        ...(made.missingAreas.length === 0 ? {} : { missingAreas: made.missingAreas }),
        ...(borrowed.length === 0 ? {} : { borrowed }),
        ...(uncertainty.assumed ? { assumed: true as const } : {}),
      };
    };
    const groupIn = (at: 'baseline' | 'followUp', side: Side, area: string) =>
      sideMean(list, side, (group) =>
        present(group, area) ? meanIn(at === 'baseline' ? group : later(group), area) : null,
      );

    const sideAt = (side: Side): Delta => {
      if (place.areas.length === 0) return nothing('out-of-scope');
      const made = sideMade(list, side, place.areas, present);
      if (made.areas.length === 0) {
        const hidden = list.some(
          (group) =>
            group.group.side === side &&
            place.areas.some((area) => [group, later(group)].some((one) => cellOf(one, area).state === 'hidden')),
        );
        return hidden ? { ...deltaOf(null, null), hidden: 'k' } : nothing('no-answers');
      }
      if (place.whole && made.missingAreas.length > 0) {
        return { ...nothing('area-missing'), missingAreas: made.missingAreas };
      }
      return changeOf(made, (area, at) => groupIn(at, side, area));
    };
    const jointAt = (): Delta => {
      if (place.areas.length === 0) return nothing('out-of-scope');
      const made = jointMade(instrument, list, place.areas, present);
      if (made.areas.length === 0 || (place.whole && made.missingAreas.length > 0)) {
        if (place.level !== 'area') return { ...nothing('area-missing'), missingAreas: made.missingAreas };
        const silent = [...before.groups.values(), ...after.groups.values()].every(
          ({ group, cells }) => group.side === null || cells.get(place.code)?.state === 'none',
        );
        return nothing(silent ? 'no-answers' : 'side-missing');
      }
      return changeOf(made, (area, at) =>
        jointMean(instrument, groupIn(at, 'administration', area), groupIn(at, 'ngo', area)),
      );
    };

    const groupChanges: Record<string, GroupDelta> = {};
    const groupsLeft: Record<string, NotCompared> = {};
    for (const group of list) {
      const { code } = group.group;
      const first = holdings.baseline.get(code);
      const second = holdings.followUp.get(code);
      if (first === undefined || second === undefined) {
        groupsLeft[code] = lacking(
          whyNot(group, place, before.outOfScope),
          whyNot(later(group), place, after.outOfScope),
          common.notCompared,
          place,
        );
      } else {
        groupChanges[code] = groupDelta(place, first, second, correctionFor(first.areas, itemCount));
      }
    }
    return {
      place,
      survey: jointAt(),
      sides: { administration: sideAt('administration'), ngo: sideAt('ngo') },
      groups: groupChanges,
      groupsLeft,
    };
  };

  const found = places.map(compareAt);
  const areaOf = new Map(found.filter(({ place }) => place.level === 'area').map((one) => [one.place.code, one]));
  const verdicts = judgeAll(found, thresholds.practicallySame);
  const allAreas = areasOf(instrument).map(({ code }) => code);
  const codesOf = ({ level, code }: Place) =>
    level === 'area'
      ? [code]
      : level === 'index'
        ? allAreas
        : (instrument.planes?.find((plane) => plane.code === code)?.areas ?? []).map((area) => area.code);

  const areaLeft = (area: string): NotCompared => {
    const own = (at: ScoredRound, outOfScope: readonly string[]): WhyNot | undefined => {
      if (outOfScope.includes(area)) return 'out-of-scope';
      if (common.notCompared.includes(area))
        return at.scorecard.areas[area] === undefined ? 'not-in-version' : 'not-in-common';
      return at.scorecard.areas[area]?.missing;
    };
    return bothOr(own(baseline, before.outOfScope), own(followUp, after.outOfScope));
  };

  return byPlace(
    found.map(({ place, groupsLeft, ...one }) => {
      const notCompared = codesOf(place).filter((area) =>
        place.level === 'area' ? left.has(area) : (areaOf.get(area)?.survey.points ?? null) === null,
      );
      return [
        place,
        {
          survey: verdicts.get(one.survey) ?? one.survey,
          sides: {
            administration: verdicts.get(one.sides.administration) ?? one.sides.administration,
            ngo: verdicts.get(one.sides.ngo) ?? one.sides.ngo,
          },
          groups: Object.fromEntries(
            Object.entries(one.groups).map(([code, delta]) => [code, (verdicts.get(delta) ?? delta) as GroupDelta]),
          ),
          notCompared: {
            groups: groupsLeft,
            areas: Object.fromEntries(notCompared.map((area) => [area, areaLeft(area)])),
          },
        },
      ];
    }),
  );
}

type Found = Omit<Compared, 'notCompared'> & { readonly place: Place };

/** Verdicts by the delta they belong to: one family per holder and level. */
function judgeAll(found: readonly Found[], practicallySame: number): ReadonlyMap<Delta, Delta> {
  const verdicts = new Map<Delta, Delta>();
  for (const level of ['area', 'plane', 'index'] as const) {
    const families = new Map<string, Delta[]>();
    const add = (key: string, delta: Delta) => families.set(key, [...(families.get(key) ?? []), delta]);
    for (const { survey, sides, groups } of found.filter(({ place }) => place.level === level)) {
      add('survey', survey);
      add('side administration', sides.administration);
      add('side ngo', sides.ngo);
      for (const [code, delta] of Object.entries(groups)) add(`group ${code}`, delta);
    }
    for (const family of families.values()) {
      judgeFamily(family, practicallySame).forEach(({ said, ...delta }, at) => {
        const before = family[at];
        if (before !== undefined) verdicts.set(before, { ...delta, verdict: words[said] });
      });
    }
  }
  return verdicts;
}

function groupDelta(place: Place, first: Holding, second: Holding, q: ReturnType<typeof correctionFor>): GroupDelta {
  const delta = deltaOf(first.mean, second.mean);
  const missingAreas = place.areas.filter((area) => !first.areas.includes(area));
  const lack = missingAreas.length === 0 ? {} : { missingAreas };
  const n = { baseline: countOf(first), followUp: countOf(second) };
  const withheld = whyWithheld([first, second]);
  if (withheld !== null || delta.points === null) {
    return { ...delta, ...lack, n, delta: null, ...(withheld === null ? {} : { withheld }) };
  }
  const uncertainty = uncertaintyOf(
    [first, second].map((holding) => ({ weight: 1, holding })),
    null,
    0,
    q,
  );
  return {
    ...{ ...delta, ...judged(delta.points, uncertainty), ...lack, n },
    delta: cliffsDelta(second.spread?.values ?? [], first.spread?.values ?? []),
  };
}

function deltaOf(baseline: number | null, followUp: number | null): Delta {
  if (baseline === null || followUp === null) {
    return { ...{ baseline: null, followUp: null, points: null, percent: null }, ...notJudged, verdict: 'unknown' };
  }
  const percent = publishedPercent(baseline, followUp);
  return {
    ...{ baseline, followUp, points: followUp - baseline, percent, ...notJudged, verdict: 'unknown' },
    ...(percent === null ? { missing: 'zero-baseline' } : {}),
  };
}

function nothing(missing: Missing): Delta {
  return { ...deltaOf(null, null), missing };
}

function lacking(
  baseline: WhyNot | undefined,
  followUp: WhyNot | undefined,
  notCompared: readonly string[],
  { level, code }: Place,
): NotCompared {
  if (level === 'area' && notCompared.includes(code)) return { baseline: 'not-in-common', followUp: 'not-in-common' };
  return bothOr(baseline, followUp);
}

function bothOr(baseline: WhyNot | undefined, followUp: WhyNot | undefined): NotCompared {
  if (baseline === undefined && followUp === undefined) {
    return { baseline: 'no-common-groups', followUp: 'no-common-groups' };
  }
  return { ...(baseline === undefined ? {} : { baseline }), ...(followUp === undefined ? {} : { followUp }) };
}

/** What a round says of a group that it does not show at a place; undefined where it shows it. */
function whyNot(round: RoundGroup, place: Place, outOfScope: readonly string[]): WhyNot | undefined {
  if (place.areas.length === 0)
    return place.level !== 'area' || outOfScope.includes(place.code) ? 'out-of-scope' : undefined;
  const states = place.areas.map((area): Cell['state'] => cellOf(round, area).state);
  if (states.includes('shown')) return undefined;
  return states.includes('hidden') ? 'hidden' : 'no-answers';
}
