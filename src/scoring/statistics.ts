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
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[0];
  const high = sorted.at(-1);
  if (low === undefined || high === undefined) return null;
  const sum = sorted.reduce((total, value) => total + value, 0);
  return Math.min(high, Math.max(low, sum / sorted.length));
}

/** n, mean and standard deviation of the values (method §3). */
export function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  const centre = mean(values);
  if (centre === null) return { mean: null, n, sd: null };
  const low = values.reduce((least, value) => Math.min(least, value), centre);
  const high = values.reduce((most, value) => Math.max(most, value), centre);
  const agree = high - low <= same;
  if (n === 1) return { mean: centre, n, sd: null };
  if (agree) return { mean: low, n, sd: 0 };
  const squares = values.map((value) => (value - centre) ** 2).toSorted((a, b) => a - b);
  return { mean: centre, n, sd: Math.sqrt(squares.reduce((total, square) => total + square, 0) / (n - 1)) };
}

/** Quantile of Student's t with `df` > 0 degrees of freedom; tQuantile(0.975, 4) = 2.776445. */
export function tQuantile(probability: number, df: number): number {
  return quantileOfT(probability, df);
}

/**
 * Standard error of a mean of n out of a population of `size` people, `sd / sqrt(n) · sqrt(1 - n/size)`; without the
 * correction where the size is not known.
 */
export function standardError(sd: number, n: number, size: number | null): number {
  return (sd / Math.sqrt(n)) * (size === null ? 1 : Math.sqrt(Math.max(0, 1 - n / size)));
}

/**
 * The 95 % confidence interval of a group mean, `mean ± t(0.975, n-1) · se`, cut to the scale (method §3). None where
 * n < 2, and none where all agree while others did not answer (sd = 0 and n < size, or the size is unknown).
 *
 * @param centre the mean the interval is put around; at plane and index it is not the sample's own mean
 * @param size number of people in the group, at least n; null where unknown
 */
export function confidenceInterval(
  centre: number,
  sample: Pick<Sample, 'n' | 'sd'>,
  size: number | null,
  scale: { readonly min: number; readonly max: number },
): { readonly interval: Interval } | { readonly interval: null; readonly missing: Missing } {
  const { n, sd } = sample;
  if (n === 0) return { interval: null, missing: 'no-answers' };
  if (n === 1 || sd === null) return { interval: null, missing: 'one-answer' };
  if (sd === 0 && n !== size) return { interval: null, missing: 'no-spread' };
  const half = tQuantile(0.975, n - 1) * standardError(sd, n, size);
  return { interval: [Math.max(scale.min, centre - half), Math.min(scale.max, centre + half)] };
}
