import type { Interval } from '../../scoring';
import { round2 } from '../../shared/rounding';
import { dotLook } from '../charts/chart';
import { dotChart, type Series } from '../charts/rows';
import { areaPlace, pointsOf, shortName, standing, survey, whyWords, type Context } from '../context';
import { rowOf, type Holder, type Place } from '../figure-rows';
import { verdictOf, verdictSign, verdictWords } from '../verdicts';

/** Survey scores then and now, joined; the change in points at the end of each row. Largest change, or score, first. */
export function surveyChart(context: Context, id: string, codes: readonly string[], alt: string, rowHeight = 26) {
  const { two } = context;
  const places = byChange(context, codes.map(areaPlace));
  return dotChart({
    id,
    alt,
    rowHeight,
    scale: context.scale,
    rows: places.map((place) => shortName(context, place)),
    series: dotSeries(context, places, survey),
    ...(two ? { ends: verdictEnds(context, places) } : {}),
  });
}

/** „+0,58 ▲ pewny wzrost” at the ends of rows. */
function verdictEnds(context: Context, places: readonly Place[]) {
  const { w } = context;
  const { texts } = endsOf(context, places, survey, '');
  return {
    heading: w.say('column.change'),
    texts: places.map((place, at) => {
      const verdict = verdictOf(context, place, survey);
      const points = texts[at] ?? '–';
      return verdict === null ? points : `${points} ${verdictSign(verdict)} ${verdictWords(context, verdict, survey)}`;
    }),
    width: 168,
  };
}

/** The marks of both rounds for one holder, a row each place. */
export function dotSeries(context: Context, places: readonly Place[], holder: Holder, look = dotLook): Series[] {
  const { w } = context;
  const all = places.map((place) => standing(context, place, holder));
  const intervals = ownIntervals(context, places, holder);
  return context.rounds.map(({ name, form }, round) => {
    const before = form === 'before';
    const values = all.map((one) => (before ? one.before : one.now));
    return {
      name,
      look: look('survey', form),
      values,
      labels: values.map((value) => (value === null ? null : w.score(value))),
      absent: all.map((one, at) =>
        values[at] === null ? whyWords(context, before ? one.whyBefore : one.whyNow) : null,
      ),
      ...(intervals === null ? {} : { intervals: intervals[round] ?? [] }),
    };
  });
}

/**
 * The intervals of the figures that are drawn, of each round and place. null where a compared figure differs from its
 * round's own, to which the interval belongs: whiskers on some rows or in one round only would be read as more certain
 * than the rest.
 */
export function ownIntervals(context: Context, places: readonly Place[], holder: Holder): (Interval | null)[][] | null {
  const drawn = places.map((place) => {
    const { before, now } = standing(context, place, holder);
    const { figures } = rowOf(context.input, place, holder);
    return context.rounds.map(({ form }) => {
      const [value, figure] = form === 'before' ? [before, figures[0]] : [now, figures.at(-1)];
      const own = value === null || (figure?.mean != null && round2(figure.mean) === value);
      return { own, interval: value === null ? null : (figure?.interval ?? null) };
    });
  });
  if (!drawn.flat().every(({ own }) => own)) return null;
  return context.rounds.map((_round, at) => drawn.map((rounds) => rounds[at]?.interval ?? null));
}

/** The change in points at the end of each row. */
export function endsOf(context: Context, places: readonly Place[], holder: Holder, heading: string) {
  const { w } = context;
  const texts = places.map((place) => {
    const one = standing(context, place, holder);
    return pointsOf(one) === null || one.before === null || one.now === null ? '–' : w.points(one.before, one.now);
  });
  return { heading, texts, width: 40 };
}

/** Largest rise first and largest fall last; in one round the highest score first; what has neither comes last. */
function byChange(context: Context, places: readonly Place[]): readonly Place[] {
  const rank = (place: Place) => {
    const one = standing(context, place, survey);
    return (context.two ? pointsOf(one) : one.now) ?? -Infinity;
  };
  return places.toSorted((a, b) => rank(b) - rank(a) || 0);
}
