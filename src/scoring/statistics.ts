import cdfOfNormal from '@stdlib/stats-base-dists-normal-cdf';
import quantileOfNormal from '@stdlib/stats-base-dists-normal-quantile';
import cdfOfT from '@stdlib/stats-base-dists-t-cdf';
import quantileOfT from '@stdlib/stats-base-dists-t-quantile';
import type { Interval, Missing } from './figures';

/** Scores are quotients of small decimals: values closer than this are the same value. */
export const same = 1e-9;

/** What a group mean rests on. */
export interface Sample {
  /** null where n = 0. */
  readonly mean: number | null;
  readonly n: number;
  /** Sample standard deviation with n - 1; null where n < 2; exactly 0 where all values are the same. */
  readonly sd: number | null;
}

/**
 * Arithmetic mean, null of nothing. The sum is taken in order of size, so that the order of respondents changes
 * nothing, not even the last bit, and the mean stays between the smallest and the largest value.
 */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const { sum, low, high } = summary(values);
  return Math.min(high, Math.max(low, sum / values.length));
}

/**
 * The values in order of size, as doubles: these sort several times as fast as an array of values, and those that are in
 * order already are only looked at.
 */
export function ascending(values: ArrayLike<number>): Float64Array {
  const doubles = new Float64Array(values);
  for (let at = 1; at < doubles.length; at += 1) {
    if ((doubles[at - 1] ?? 0) > (doubles[at] ?? 0)) return doubles.sort();
  }
  return doubles;
}

/** The sum in order of size, and both ends of a list of at least one value. */
function summary(values: ArrayLike<number>): { readonly sum: number; readonly low: number; readonly high: number } {
  const sorted = ascending(values);
  let sum = 0;
  for (const value of sorted) sum += value;
  return { sum, low: sorted[0] ?? NaN, high: sorted.at(-1) ?? NaN };
}

/** n, mean and standard deviation of the values (method §3). */
export function sampleOf(values: ArrayLike<number>): Sample {
  const n = values.length;
  if (n === 0) return { mean: null, n, sd: null };
  const { sum, low, high } = summary(values);
  const centre = Math.min(high, Math.max(low, sum / n));
  if (n === 1) return { mean: centre, n, sd: null };
  if (high - low <= same) return { mean: low, n, sd: 0 };
  const squares = summary(Float64Array.from(values, (value) => (value - centre) ** 2)).sum;
  return { mean: centre, n, sd: Math.sqrt(squares / (n - 1)) };
}

/**
 * Quantile of Student's t with `df` > 0 degrees of freedom, also fractional; `Infinity` is the normal distribution.
 * tQuantile(0.975, 4) = 2.776445.
 */
export function tQuantile(probability: number, df: number): number {
  return df === Infinity ? quantileOfNormal(probability, 0, 1) : quantileOfT(probability, df);
}

/** Two-sided p, 0..1, of a value `t` of Student's t with `df` > 0 degrees of freedom (`Infinity`: normal). */
export function twoSidedP(t: number, df: number): number {
  const below = -Math.abs(t);
  return Math.min(1, 2 * (df === Infinity ? cdfOfNormal(below, 0, 1) : cdfOfT(below, df)));
}

/**
 * The 95 % confidence interval of a group mean in one round, cut to the scale (method.md 3):
 * `mean ± t(0.975, n-1) · sd/sqrt(n) · sqrt(1 - n/N)`, without the last root where N is unknown. None where all agree
 * while others did not answer (sd = 0 and n is not N): it would be false certainty.
 *
 * @param centre the mean the interval is put around; at plane and index it is not the sample's own mean
 * @param sample n of at least 2
 * @param size number of people in the group, at least n; null where unknown
 */
export function confidenceInterval(
  centre: number,
  { n, sd }: { readonly n: number; readonly sd: number },
  size: number | null,
  scale: { readonly min: number; readonly max: number },
): { readonly interval: Interval } | { readonly interval: null; readonly missing: Missing } {
  if (sd === 0 && n !== size) return { interval: null, missing: 'no-spread' };
  const correction = size === null ? 1 : Math.sqrt(Math.max(0, 1 - n / size));
  const half = tQuantile(0.975, n - 1) * (sd / Math.sqrt(n)) * correction;
  return { interval: [Math.max(scale.min, centre - half), Math.min(scale.max, centre + half)] };
}

/**
 * Holm's step-down adjustment of the p values of one family (S. Holm, Scandinavian Journal of Statistics 6, 1979): in
 * order of size the i-th of m is multiplied by m - i + 1, none may be smaller than the one before, none exceeds 1.
 * In the order of `values`.
 */
export function holm(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const adjusted = values.map(() => 1);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (values.length - rank) * (values[index] ?? 1)));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * Cliff's delta, -1..1: P(a > b) - P(a < b) over all pairs (N. Cliff, Psychological Bulletin 114, 1993). Values closer
 * than 1e-9 are ties. null where one of the samples is empty.
 */
export function cliffsDelta(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  if (a.length === 0 || b.length === 0) return null;
  const sorted = ascending(b);
  let [smaller, notLarger, balance] = [0, 0, 0];
  for (const value of ascending(a)) {
    while (smaller < sorted.length && (sorted[smaller] ?? 0) < value - same) smaller += 1;
    while (notLarger < sorted.length && (sorted[notLarger] ?? 0) <= value + same) notLarger += 1;
    balance += smaller - (sorted.length - notLarger);
  }
  return balance / (a.length * b.length);
}

/**
 * Cronbach's alpha (L. J. Cronbach, Psychometrika 16, 1951), at most 1 and possibly negative:
 * `m/(m-1) · (1 - Σ var(item) / var(total))` over m items. null under 2 items, under `fewest` people, and where the total does
 * not vary.
 *
 * @param rows one person's ratings each, whole numbers, of the same items in the same order
 * @param fewest people for whom it is told, at least 2
 */
export function cronbachAlpha(rows: Iterable<readonly number[]>, fewest = 2): number | null {
  const sums: number[] = [];
  const squares: number[] = [];
  let [n, sumOfTotals, squaresOfTotals] = [0, 0, 0];
  for (const row of rows) {
    n += 1;
    let total = 0;
    for (let item = 0; item < row.length; item += 1) {
      const rating = row[item] ?? NaN;
      total += rating;
      sums[item] = (sums[item] ?? 0) + rating;
      squares[item] = (squares[item] ?? 0) + rating * rating;
    }
    sumOfTotals += total;
    squaresOfTotals += total * total;
  }
  const items = sums.length;
  if (items < 2 || n < fewest) return null;
  // Ratings are whole numbers, so these sums are exact in whatever order people come.
  const varianceOf = (sum: number, ofSquares: number) => (ofSquares - sum ** 2 / n) / (n - 1);
  const ofTotals = varianceOf(sumOfTotals, squaresOfTotals);
  if (ofTotals <= same) return null;
  const ofItems = squares.reduce((all, ofItem, item) => all + varianceOf(sums[item] ?? 0, ofItem), 0);
  return (items / (items - 1)) * (1 - ofItems / ofTotals);
}
