import type { GapVerdict, Verdict } from '../scoring';
import { areaPlace, areas, indexPlace, shortName, survey, type Context } from './context';
import { rowOf, type Holder, type Place } from './figure-rows';
import { textCell, type Cell } from './table';

/**
 * What may be said of a change, and how firmly (comparison.md 2): *certain* for the joint figure only, since its families
 * of tests are few; sides and groups are *probable*.
 */

/** Signs at the ends of rows, so that a verdict needs no colour. */
const signs: Readonly<Record<Verdict, string>> = { rose: '▲', fell: '▼', same: '●', unknown: '?' };

/** null where nothing is compared, and for agreed scores, which have no sampling error. */
export function verdictOf({ input }: Context, place: Place, holder: Holder): Verdict | null {
  const { change } = rowOf(input, place, holder);
  return change === null || change.followUp === null ? null : (change.judged?.verdict ?? null);
}

/** „pewny wzrost”, „prawdopodobny spadek”, „praktycznie bez zmian”, „nie da się stwierdzić”. */
export function verdictWords({ w }: Context, verdict: Verdict, holder: Holder): string {
  const firm = holder.kind === 'survey' ? 'certain' : 'probable';
  return w.say(`verdict.${firm}.${verdict}`);
}

/** What the signs of joint figures mean: „▲ pewny wzrost, ▼ pewny spadek, …”; a narrow page has no room for the words. */
export function signsInWords(context: Context): string {
  const all = Object.keys(signs) as Verdict[];
  return all.map((verdict) => `${signs[verdict]} ${verdictWords(context, verdict, survey)}`).join(', ');
}

export function verdictSign(verdict: Verdict | null): string {
  return verdict === null ? '' : signs[verdict];
}

/** The verdict of a row in words; on the edge where the interval leaves 0 out and the verdict is unknown all the same. */
export function verdictCell(context: Context, place: Place, holder: Holder): Cell {
  const verdict = verdictOf(context, place, holder);
  if (verdict === null) return textCell('–');
  const edge = isOnEdge(context, place, holder) ? ` (${context.w.say('verdict.edge')})` : '';
  return textCell(`${verdictWords(context, verdict, holder)}${edge}`);
}

/** „prawdopodobnie wyżej: administracja”. */
export function gapVerdict({ w }: Context, verdict: GapVerdict | undefined): string {
  return w.say(`verdict.gap.${verdict ?? 'unknown'}`, { first: w.say('gap.administration'), second: w.say('gap.ngo') });
}

export function isOnEdge({ input }: Context, place: Place, holder: Holder): boolean {
  const judged = rowOf(input, place, holder).change?.judged;
  return judged?.verdict === 'unknown' && judged.interval !== null && leavesZeroOut(judged.interval);
}

export function leavesZeroOut([low, high]: readonly [number, number]): boolean {
  return low > 0 || high < 0;
}

/**
 * The finding of a comparison for a reader without statistics, from the highest level that is certain: „Wzrost indeksu
 * jest pewny. Dla 6 z 12 obszarów nie da się stwierdzić, …”. null in a report of one round.
 */
export function leadFinding(context: Context): string | null {
  const { w, input, two } = context;
  if (!two) return null;
  const index = verdictOf(context, indexPlace, survey);
  const planes = input.instrument.planes.map(({ code }): Place => ({ level: 'plane', code }));
  const sentences = [
    ...(index === null ? [] : [w.say(`verdict.index.${index}`)]),
    ...(index === 'rose' || index === 'fell' || index === 'same' ? [] : certainPlaces(context, planes, 'planes')),
    ...areasVerdict(
      context,
      areas(context).map(({ code }) => code),
    ),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** More areas than these are counted, not named. */
const mostNamed = 4;

function certainPlaces(context: Context, places: readonly Place[], level: 'planes' | 'areas'): string[] {
  const { w } = context;
  return (['rose', 'fell'] as const).flatMap((verdict) => {
    const found = places.filter((place) => verdictOf(context, place, survey) === verdict);
    if (found.length === 0) return [];
    const names = w.list(found.map((place) => shortName(context, place)));
    if (level === 'planes' || found.length <= mostNamed)
      return [w.say(`verdict.${level}.${verdict}`, { places: names })];
    if (found.length === places.length) return [w.say(`verdict.areas.every.${verdict}`)];
    return [w.say(`verdict.areas.many.${verdict}`, { n: w.count(found.length), all: w.count(places.length) })];
  });
}

/** Which of these areas changed for certain, and of how many it cannot be told; empty in a report of one round. */
export function areasVerdict(context: Context, codes: readonly string[]): readonly string[] {
  const { w } = context;
  const judged = codes.map(areaPlace).flatMap((place) => {
    const verdict = verdictOf(context, place, survey);
    return verdict === null ? [] : [{ place, verdict }];
  });
  if (judged.length === 0) return [];
  const numberOf = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length;
  const [same, unknown] = [numberOf('same'), numberOf('unknown')];
  const all = { count: judged.length };
  return [
    ...certainPlaces(
      context,
      judged.map(({ place }) => place),
      'areas',
    ),
    ...(same > 0 ? [w.say('verdict.areas.same', { ...all, n: w.count(same) })] : []),
    ...(unknown === judged.length && unknown > 1
      ? [w.say('verdict.areas.none')]
      : unknown > 0
        ? [w.say('verdict.areas.unknown', { ...all, n: w.count(unknown) })]
        : []),
  ];
}
