/** Things that are seeded at a time, so that the store commits what they write together. */
const atOnce = 30;

/** What becomes of each, in order. */
export async function inTurns<One, Result>(
  list: readonly One[],
  work: (one: One) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < list.length; from += atOnce) {
    results.push(...(await Promise.all(list.slice(from, from + atOnce).map(work))));
  }
  return results;
}
