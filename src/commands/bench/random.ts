/** A seeded source of chance: the same seed gives the same draws on every machine. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** From the standard normal distribution. */
  normal(): number;
  /** `count` of the values, each at most once, in random order. */
  sample<Value>(values: readonly Value[], count: number): Value[];
}

/** Marsaglia's xorshift32 (Xorshift RNGs, 2003), its state spread from the seed by Knuth's multiplicative hash. */
export function randomOf(seed: number): Random {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  for (let turn = 0; turn < 8; turn += 1) next();
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    // Box and Muller, A note on the generation of random normal deviates (1958).
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    sample: (values, count) => {
      const rest = [...values];
      return Array.from({ length: Math.min(count, rest.length) }, () => {
        const [drawn] = rest.splice(Math.floor(next() * rest.length), 1);
        return drawn as (typeof rest)[number];
      });
    },
  };
}
