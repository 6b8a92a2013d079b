import type { Side } from '../../definitions/instrument';
import { areas, areaPlace, changeWords, gapAt, pointsOf, shortName, standing, survey, type Context } from '../context';
import type { Holder, Place } from '../figure-rows';

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

/** Largest rise and largest fall; with one round the highest and the lowest; null where there is nothing to tell. */
export function areasFinding(context: Context, codes: readonly string[], holder: Holder): string | null {
  const { w } = context;
  const changes = codes.map(areaPlace).flatMap((place): Ranked[] => {
    const points = pointsOf(standing(context, place, holder));
    return points === null ? [] : [{ place, value: points }];
  });
  if (changes.length > 0) {
    const values = changes.map(({ value }) => value);
    const [most, least] = [Math.max(...values), Math.min(...values)];
    const at = (value: number) => changes.filter((change) => change.value === value).map(({ place }) => place);
    const sentences = [
      ...(most > 0 ? [extreme(context, 'rise', at(most), holder)] : []),
      ...(least < 0 ? [extreme(context, 'fall', at(least), holder)] : []),
    ];
    return sentences.length > 0 ? sentences.join(' ') : w.say('finding.unchanged');
  }
  const ranked = rankedAreas(context, holder, codes);
  const [top, bottom] = [ranked[0], ranked.at(-1)];
  if (top === undefined || bottom === undefined) return null;
  const like = ({ value }: Ranked) =>
    w.list(ranked.filter((one) => one.value === value).map(({ place }) => shortName(context, place)));
  if (top.value === bottom.value) return w.say('finding.only', { place: like(top), score: w.score(top.value) });
  return w.say('finding.range', {
    ...{ top: like(top), topScore: w.score(top.value) },
    ...{ bottom: like(bottom), bottomScore: w.score(bottom.value) },
  });
}

/** All areas of the largest rise or fall: none is left out because it comes later in the instrument. */
function extreme(context: Context, which: 'rise' | 'fall', places: readonly Place[], holder: Holder): string {
  const { w } = context;
  const [first] = places;
  if (first === undefined) return '';
  if (places.length === 1) return w.say(`finding.${which}`, { place: placeFinding(context, first, holder) });
  const { before, now } = standing(context, first, holder);
  return w.say(`finding.${which}Many`, {
    points: w.points(before ?? 0, now ?? 0),
    places: w.list(places.map((place) => shortName(context, place))),
  });
}

/** The area in which the two sides differ most in the latest round. */
export function widestGap(context: Context): { place: Place; gap: number } | null {
  const gaps = areaCodes(context)
    .map(areaPlace)
    .flatMap((place) => {
      const { gap } = gapAt(context, place);
      return gap === null ? [] : [{ place, gap }];
    })
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
  return gaps[0] ?? null;
}

export function gapFinding(context: Context): string | null {
  const widest = widestGap(context);
  if (widest === null) return null;
  const { w } = context;
  const { administration, ngo } = gapAt(context, widest.place);
  if (administration === null || ngo === null) return null;
  if (widest.gap === 0) return w.say('finding.noGap');
  return w.say('finding.gap', {
    place: shortName(context, widest.place),
    administration: w.score(administration),
    ngo: w.score(ngo),
    gap: w.score(Math.abs(widest.gap)),
  });
}

/** Who sees it better, for a table or a row's end: „administracja wyżej o 0,80”. */
export function gapWords({ w }: Context, gap: number): string {
  const higher: Side = gap > 0 ? 'administration' : 'ngo';
  return gap === 0 ? w.say('gap.none') : w.say(`gap.${higher}`, { gap: w.score(Math.abs(gap)) });
}
