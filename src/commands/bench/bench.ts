/** A group of measurements with a name for `--only`; each has a file of its own in this folder. */
export interface Bench {
  readonly name: string;
  /** Ends the sentence "It measures …" of the help. */
  readonly about: string;
  /** Measures one after the other, so that a long run shows what it has. */
  run(options: BenchOptions): AsyncIterable<Measurement>;
}

export interface BenchOptions {
  /** Repetitions of what is drawn by chance; null: as many as the bench thinks right. */
  readonly runs: number | null;
}

/** One line of the table. */
export interface Measurement {
  readonly what: string;
  /** What `ours` and the bound are counted in: `ms`, `%`, `rounds` … */
  readonly unit: string;
  readonly ours: number;
  /** What it is held against, measured beside it in the same run; null where the budget is about `ours` itself. */
  readonly bound: { readonly what: string; readonly value: number } | null;
  /** The worst run divided by the median one; null where there was one run. */
  readonly spread: number | null;
  /** Limit of the ratio of ours to the bound, or of ours where there is none; null: measured, not held to anything. */
  readonly budget: { readonly most: number } | { readonly least: number } | null;
}

/** A measurement and what follows from it. */
export interface Judged extends Measurement {
  readonly bench: string;
  readonly ratio: number | null;
  /** null where there is no budget. */
  readonly kept: boolean | null;
}

export function judged(bench: string, measurement: Measurement): Judged {
  const { ours, bound, budget } = measurement;
  const ratio = bound === null ? null : ours / bound.value;
  const held = ratio ?? ours;
  const kept = budget === null ? null : 'most' in budget ? held <= budget.most : held >= budget.least;
  return { bench, ...measurement, ratio, kept };
}
