import type { Instrument } from '../definitions/instrument';
import { meanIn, type Holding, type RoundGroup } from './cells';
import type { Gaps } from './figures';
import { byPlace, type ByPlace, type Place } from './places';
import { jointMade, sideMean } from './shares';
import { cliffsDelta, mean } from './statistics';
import { correctionFor, sharesFrom } from './figure-shares';
import { hasOwnSpread, judged, lentBy, notJudged, uncertaintyOf, type Judged } from './uncertainty';
import { judgeFamily, type Said } from './verdict';

/** `higher`: the first for certain above the second. */
export type GapVerdict = 'higher' | 'lower' | 'same' | 'unknown';

/** One difference within a round. */
export interface Gap extends Judged {
  /** The two figures that are compared, unrounded; the sides' are over areas where both have a value. */
  readonly figures: readonly [first: number, second: number] | null;
  /** First less second, in points, unrounded. */
  readonly points: number | null;
  readonly verdict: GapVerdict;
}

export interface GapOfSides extends Gap {
  /** Groups whose spread is taken from others. */
  readonly borrowed?: readonly string[];
  readonly assumed?: true;
}

export interface GapOfPair extends Gap {
  /** Codes of two groups. */
  readonly first: string;
  readonly second: string;
  /** People behind each. */
  readonly n: readonly [first: number, second: number];
  /** Cliff's delta, above 0 where the first tends to be higher; only beside a p. */
  readonly delta: number | null;
  /** Why it is not judged: under 2k, all the same, or different areas behind the two. */
  readonly withheld?: 'spread' | 'noSpread' | 'areas';
}

const words: Readonly<Record<Said, GapVerdict>> = { more: 'higher', less: 'lower', same: 'same', unknown: 'unknown' };

export interface GapsInput {
  readonly groups: readonly RoundGroup[];
  readonly places: readonly Place[];
  readonly holdingsAt: (place: Place) => ReadonlyMap<string, Holding>;
  readonly practicallySame: number;
  readonly assumedVariance: (place: Place) => number;
  /** Number of items that an area's figures rest on. */
  readonly itemCount: (area: string) => number;
}

/** Gaps between the sides, and between every two groups, in one round (comparison.md 2). */
export function gapsOf(instrument: Instrument, input: GapsInput): ByPlace<Gaps> {
  const found = input.places.map((place) => ({ place, ...gapsAt(instrument, place, input) }));
  const judgedIn = new Map<object, GapOfSides | GapOfPair>();
  for (const level of ['area', 'plane', 'index'] as const) {
    const atLevel = found.filter(({ place }) => place.level === level);
    const families = new Map<string, (GapOfSides | GapOfPair)[]>();
    const add = (key: string, gap: GapOfSides | GapOfPair) => families.set(key, [...(families.get(key) ?? []), gap]);
    for (const { sides, pairs } of atLevel) {
      add('sides', sides);
      for (const pair of pairs) add(`${pair.first} ${pair.second}`, pair);
    }
    for (const family of families.values()) {
      judgeFamily(family, input.practicallySame).forEach(({ said, ...gap }, index) => {
        const before = family[index];
        if (before !== undefined) judgedIn.set(before, { ...gap, verdict: words[said] });
      });
    }
  }
  return byPlace(
    found.map(({ place, sides, pairs }) => [
      place,
      {
        sides: judgedIn.get(sides) ?? sides,
        pairs: pairs.map((pair) => (judgedIn.get(pair) ?? pair) as GapOfPair),
      },
    ]),
  );
}

function gapsAt(instrument: Instrument, place: Place, input: GapsInput): Gaps {
  const holdings = input.holdingsAt(place);
  return { sides: gapOfSides(instrument, place, holdings, input), pairs: gapsOfPairs([...holdings.values()], input) };
}

function gapOfSides(
  instrument: Instrument,
  place: Place,
  holdings: ReadonlyMap<string, Holding>,
  input: GapsInput,
): GapOfSides {
  // Where both sides are there, every group of either has half the weight that it has in its side.
  const made = jointMade(
    { ...instrument, sideWeights: { administration: 1, ngo: 1 } },
    input.groups,
    place.areas,
    isShown,
  );
  if (made.areas.length === 0 || (place.whole && made.missingAreas.length > 0)) return noGap;
  const over = (side: 'administration' | 'ngo') =>
    mean(
      made.areas
        .map((area) => sideMean(input.groups, side, (group) => meanIn(group, area)))
        .filter((value) => value !== null),
    ) ?? 0;
  const figures = [over('administration'), over('ngo')] as const;
  const points = figures[0] - figures[1];
  const weights = new Map([...made.weights].map(([group, weight]) => [group, 2 * weight]));
  const uncertainty = uncertaintyOf(
    sharesFrom(weights, holdings),
    lentBy([...holdings.values()]),
    input.assumedVariance(place),
    correctionFor(made.areas, input.itemCount),
  );
  const { borrowed, assumed } = uncertainty;
  return {
    ...{ figures, points, ...judged(points, uncertainty), verdict: 'unknown' },
    ...(borrowed.length === 0 ? {} : { borrowed }),
    ...(assumed ? { assumed } : {}),
  };
}

function gapsOfPairs(holdings: readonly Holding[], { itemCount }: GapsInput): readonly GapOfPair[] {
  return holdings.flatMap((first, at) =>
    holdings.slice(at + 1).map((second): GapOfPair => {
      const pair = [first, second] as const;
      const figures = [first.mean, second.mean] as const;
      const points = figures[0] - figures[1];
      const codes = { first: first.group.code, second: second.group.code };
      const n = [countOf(first), countOf(second)] as const;
      const withheld = whyWithheld(pair) ?? (sameAreas(first, second) ? null : 'areas');
      if (withheld !== null) {
        return { ...codes, figures, points, ...notJudged, n, delta: null, verdict: 'unknown', withheld };
      }
      const shares = pair.map((holding) => ({ weight: 1, holding }));
      const uncertainty = uncertaintyOf(shares, null, 0, correctionFor(first.areas, itemCount));
      const delta = cliffsDelta(first.spread?.values ?? [], second.spread?.values ?? []);
      return { ...codes, figures, points, ...judged(points, uncertainty), n, delta, verdict: 'unknown' };
    }),
  );
}

/** Why the two means of a group's change or of a pair are not judged; null where both have their own spread. */
export function whyWithheld(holdings: readonly Holding[]): 'spread' | 'noSpread' | null {
  if (holdings.some(({ spread, covered }) => spread === null || !covered)) return 'spread';
  return holdings.every(hasOwnSpread) ? null : 'noSpread';
}

/** People behind a mean, as published. */
export function countOf({ spread, fewest }: Holding): number {
  return spread?.n ?? fewest;
}

function sameAreas(first: Holding, second: Holding): boolean {
  return first.areas.length === second.areas.length && first.areas.every((area) => second.areas.includes(area));
}

function isShown(group: RoundGroup, area: string): boolean {
  return meanIn(group, area) !== null;
}

const noGap: GapOfSides = { figures: null, points: null, ...notJudged, verdict: 'unknown' };
