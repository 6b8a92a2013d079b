/** Lets at most `places` jobs run at once; the others wait in the order in which they came. */
export function createTurns(places: number): <Result>(job: () => Promise<Result>) => Promise<Result> {
  let free = places;
  const waiting: (() => void)[] = [];

  return async (job) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      // A place goes straight to the next in line, so nobody can slip in between.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
