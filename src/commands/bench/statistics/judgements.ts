import type { Change, Scorecard } from '../../../scoring';
import type { SimulatedSurvey } from './surveys';

type Level = 'area' | 'plane' | 'index';

/** One interval and its verdict. */
interface Judgement {
  readonly level: Level;
  readonly holder: string;
  readonly interval: readonly [number, number];
  readonly verdict: string;
}

/** Places of a change or of gaps by level. */
function byLevel<Place>(at: {
  readonly areas: Readonly<Record<string, Place>>;
  readonly planes: Readonly<Record<string, Place>>;
  readonly index: Place;
}): readonly (readonly [Level, Place])[] {
  return [
    ...Object.values(at.areas).map((place) => ['area', place] as const),
    ...Object.values(at.planes).map((place) => ['plane', place] as const),
    ['index', at.index] as const,
  ];
}

export function changesOf(change: Change): readonly Judgement[] {
  return byLevel(change).flatMap(([level, { survey, sides, groups }]) => [
    ...judgementsOf(level, { joint: survey, ...sides }),
    ...judgementsOf(level, groups),
  ]);
}

export function gapsOf({ gaps }: Scorecard): readonly Judgement[] {
  return byLevel(gaps).flatMap(([level, { sides, pairs }]) =>
    judgementsOf(level, {
      sides,
      ...Object.fromEntries(pairs.map((pair) => [`${pair.first}-${pair.second}`, pair])),
    }),
  );
}

/** What was judged: a difference without an interval is not. */
function judgementsOf(
  level: Level,
  holders: Readonly<Record<string, { readonly interval: Judgement['interval'] | null; readonly verdict: string }>>,
): readonly Judgement[] {
  return Object.entries(holders).flatMap(([holder, { interval, verdict }]) =>
    interval === null ? [] : [{ level, holder, interval, verdict }],
  );
}

/** The judgements of the holders that the survey is about, by level and holder. */
export function familiesOf(
  { holders, groups }: SimulatedSurvey,
  judgements: readonly Judgement[],
): ReadonlyMap<string, readonly Judgement[]> {
  const codes = groups.map(({ code }) => code);
  const ofGroups = ({ holder }: Judgement) => codes.includes(holder) || holder.includes('-') || holder.includes('+');
  const families = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    if (ofGroups(judgement) !== (holders === 'groups')) continue;
    const key = `${judgement.level} ${judgement.holder}`;
    families.set(key, [...(families.get(key) ?? []), judgement]);
  }
  return families;
}
