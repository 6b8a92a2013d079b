import type { Side } from '../../definitions/instrument';
import { areas, areaPlace, changeWords, gapAt, pointsOf, shortName, standing, survey, type Context } from '../context';
import { levelsOf, type Level } from '../extremes';
import { gapsAt, type Holder, type Place } from '../figure-rows';
import { verdictOf } from '../verdicts';

/** Sentences made of real figures. They tell what the figures are, not what they prove. */

interface Ranked {
  readonly place: Place;
  readonly value: number;
}

/** Areas with a figure now, best first; equal ones in the order of the instrument. */
export function rankedAreas(context: Context, holder: Holder = survey, codes = areaCodes(context)): readonly Ranked[] {
  return codes
    .map(areaPlace)
    .flatMap((place) => {
      const { now } = standing(context, place, holder);
      return now === null ? [] : [{ place, value: now }];
    })
    .sort((a, b) => b.value - a.value);
}

export function areaCodes(context: Context): readonly string[] {
  return areas(context).map(({ code }) => code);
}

/** „Konsultacje: z 2,14 na 3,42 (+1,28 punktu, +60 %)”. */
export function placeFinding(context: Context, place: Place, holder: Holder): string {
  return context.w.say('finding.place', {
    place: shortName(context, place),
    change: changeWords(context, standing(context, place, holder)),
  });
}

/**
 * Largest rise and largest fall, of those that are no chance; where none of them is, of all, which is said. With one
 * round the highest and the lowest; null where there is nothing to tell.
 */
export function areasFinding(context: Context, codes: readonly string[], holder: Holder): string | null {
  const { w } = context;
  const changes = codes.map(areaPlace).flatMap((place): Ranked[] => {
    const points = pointsOf(standing(context, place, holder));
    return points === null ? [] : [{ place, value: points }];
  });
  if (changes.length === 0) return rangeFinding(context, rankedAreas(context, holder, codes));
  const certain = changes.filter(({ place }) => {
    const verdict = verdictOf(context, place, holder);
    return verdict === null || verdict === 'rose' || verdict === 'fell';
  });
  const chance = certain.length > 0 ? [] : [w.say('finding.noneCertain')];
  const [only, ...others] = changes;
  if (only !== undefined && others.length === 0) {
    return [`${placeFinding(context, only.place, holder)}.`, ...chance].join(' ');
  }
  const levels = levelsOf(certain.length > 0 ? certain : changes, ({ value }) => value);
  const [most, least] = [levels[0], levels.at(-1)];
  const sentences = [
    ...(most && most.value > 0 ? [extreme(context, 'rise', most, changes.length, holder)] : []),
    ...(least && least.value < 0 ? [extreme(context, 'fall', least, changes.length, holder)] : []),
  ];
  return sentences.length > 0 ? [...sentences, ...chance].join(' ') : w.say('finding.unchanged');
}

/** „Najwyżej oceniono: A i B (po 3,62). Najniżej: C (1,50).” */
function rangeFinding(context: Context, ranked: readonly Ranked[]): string | null {
  const { w } = context;
  const levels = levelsOf(ranked, ({ value }) => value);
  const [top, bottom] = [levels[0], levels.at(-1)];
  if (top === undefined || bottom === undefined) return null;
  if (levels.length > 1) return w.say('finding.range', { top: scored(context, top), bottom: scored(context, bottom) });
  const [only] = ranked;
  return ranked.length === 1 && only !== undefined
    ? w.say('finding.only', { place: shortName(context, only.place), score: w.score(only.value) })
    : w.say('finding.alike', { score: w.score(top.value) });
}

/** „A i B (po 3,62)”. */
function scored(context: Context, { value, entries }: Level<Ranked>): string {
  return scoredNames(
    context,
    entries.map(({ place }) => shortName(context, place)),
    value,
  );
}

/** Names that share a score: „A i B (po 3,62)”, „A (3,62)”. */
export function scoredNames({ w }: Context, names: readonly string[], score: number): string {
  const form = names.length > 1 ? 'several' : 'one';
  return w.say(`finding.scored.${form}`, { places: w.list(names), score: w.score(score) });
}

/** All areas of the largest rise or fall: none is left out because it comes later in the instrument. */
function extreme(
  context: Context,
  which: 'rise' | 'fall',
  { entries }: Level<Ranked>,
  compared: number,
  holder: Holder,
): string {
  const { w } = context;
  const places = entries.map(({ place }) => place);
  const [first] = places;
  if (first === undefined) return '';
  if (places.length === 1) return w.say(`finding.${which}.one`, { places: placeFinding(context, first, holder) });
  const { before, now } = standing(context, first, holder);
  return w.say(`finding.${which}.${places.length === compared ? 'all' : 'several'}`, {
    points: w.points(before ?? 0, now ?? 0),
    places: w.list(places.map((place) => shortName(context, place))),
  });
}

/** Where the two sides differ most in the latest round; all such areas. */
export function gapFinding(context: Context): string | null {
  const { w } = context;
  const gaps = areaCodes(context)
    .map(areaPlace)
    .flatMap((place) => {
      const { gap } = gapAt(context, place);
      return gap === null ? [] : [{ place, gap: Math.abs(gap) }];
    });
  const [widest] = levelsOf(gaps, ({ gap }) => gap);
  const [first] = widest?.entries ?? [];
  if (widest === undefined || first === undefined) return null;
  if (widest.value === 0) return w.say('finding.noGap');
  const { administration, ngo } = gapAt(context, first.place);
  const places = w.list(widest.entries.map(({ place }) => shortName(context, place)));
  if (widest.entries.length > 1) {
    const form = widest.entries.length === gaps.length ? 'all' : 'several';
    return w.say(`finding.gap.${form}`, { places, gap: w.score(widest.value) });
  }
  return w.say('finding.gap.one', {
    places,
    administration: w.score(administration ?? 0),
    ngo: w.score(ngo ?? 0),
    gap: w.score(widest.value),
    said: w.say(`finding.gap.said.${gapsAt(context.latest, first.place)?.sides.verdict ?? 'unknown'}`),
  });
}

/** Who sees it better, for a table or a row's end: „administracja wyżej o 0,80”. */
export function gapWords({ w }: Context, gap: number): string {
  const higher: Side = gap > 0 ? 'administration' : 'ngo';
  return gap === 0 ? w.say('gap.none') : w.say(`gap.${higher}`, { gap: w.score(Math.abs(gap)) });
}
