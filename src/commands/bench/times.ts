/** Milliseconds of several runs. */
export interface Times {
  readonly median: number;
  /** The slowest divided by the median. */
  readonly spread: number;
}

type Work = () => unknown;

/**
 * Runs two pieces of work in turn, so that whatever else the machine does meets both; each once before, to warm up.
 * Work that returns a promise is waited for.
 */
export async function timesOf(runs: number, ours: Work, bound: Work): Promise<{ ours: Times; bound: Times }> {
  const took = { ours: [] as number[], bound: [] as number[] };
  for (let run = -1; run < runs; run += 1) {
    for (const [name, work] of [
      ['ours', ours],
      ['bound', bound],
    ] as const) {
      const start = performance.now();
      await work();
      if (run >= 0) took[name].push(performance.now() - start);
    }
  }
  return { ours: summaryOf(took.ours), bound: summaryOf(took.bound) };
}

/** Of several measured ones. */
export function summaryOf(took: readonly number[]): Times {
  const sorted = took.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return { median, spread: (sorted.at(-1) ?? 0) / median };
}
