/**
 * Publishing figures (method §3): round once, at the end, half away from zero; published points and percents are
 * computed from the rounded figures, in integer hundredths, so that a reader can check them with a pencil.
 */

/** Sums of decimal answers miss their true value by some ulps; a true tie must not be lost to that. */
const tie = 1e-7;

/** A figure in whole hundredths, half away from zero: 1.8333 → 183; -0.125 → -13. */
export function toHundredths(figure: number): number {
  const size = Math.floor(Math.abs(figure) * 100 + 0.5 + tie);
  return size === 0 ? 0 : Math.sign(figure) * size;
}

/** A figure as published: 2 decimals, half away from zero. 22 / 12 → 1.83; 35.5 / 12 → 2.96. */
export function round2(figure: number): number {
  return toHundredths(figure) / 100;
}

/** `round2` of a figure that may be missing. */
export function roundedOrNull(figure: number | null | undefined): number | null {
  return figure == null ? null : round2(figure);
}

/** Published change in points: the difference of the two published figures, exact to 2 decimals. */
export function publishedPoints(baseline: number, followUp: number): number {
  return (toHundredths(followUp) - toHundredths(baseline)) / 100;
}

/**
 * Published change in whole percent of the published baseline, half away from zero; null where the baseline is
 * published as 0. 1.83 → 2.96 gives 62 (unrounded figures would give 61); 1.0 → 3.5 gives 250.
 */
export function publishedPercent(baseline: number, followUp: number): number | null {
  const from = toHundredths(baseline);
  if (from === 0) return null;
  const doubled = 200 * (toHundredths(followUp) - from);
  const size = Math.floor((Math.abs(doubled) + Math.abs(from)) / (2 * Math.abs(from)));
  return size === 0 ? 0 : Math.sign(doubled) * Math.sign(from) * size;
}
