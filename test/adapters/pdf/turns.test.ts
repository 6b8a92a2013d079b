import { createTurns } from '../../../src/adapters/pdf/turns';

describe('turns', () => {
  it('go to at most so many at once, in the order of asking, and pass on after a failure', async () => {
    const takeTurn = createTurns(2);
    const begun: number[] = [];
    let now = 0;
    let most = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_one, job) =>
        takeTurn(async () => {
          begun.push(job);
          most = Math.max(most, (now += 1));
          await new Promise((resolve) => setImmediate(resolve));
          now -= 1;
          if (job % 3 === 0) throw new Error('no');
          return job;
        }),
      ),
    );
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).toBe(2);
    expect(results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))).toEqual([1, 2, 4, 5, 7, 8]);
  });
});
