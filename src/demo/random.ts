/** Repeatable chance for demo data: the same seed gives the same demo on every machine. */
export interface Chance {
  /** Uniform in [0, 1). */
  next(): number;
  /** Roughly normal with mean 0 and sd 1. */
  bell(): number;
  /** True with this probability, 0..1. */
  happens(probability: number): boolean;
  /** `count` different elements, in random order. */
  some<Element>(from: readonly Element[], count: number): Element[];
}

/** Mulberry32: small and good enough for made-up answers; never used where unpredictability matters. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    bell: () =>
      next() + next() + next() + next() + next() + next() + next() + next() + next() + next() + next() + next() - 6,
    happens: (probability) => next() < probability,
    some(from, count) {
      const left = [...from];
      const taken: (typeof left)[number][] = [];
      while (taken.length < count && left.length > 0) {
        taken.push(...left.splice(Math.floor(next() * left.length), 1));
      }
      return taken;
    },
  };
}
