import { createTurns } from '../../src/shared/turns';

describe('turns', () => {
  /** Work that notes its name when it begins and goes on until the queue of promises has run. */
  function recorder() {
    const begun: string[] = [];
    let underWay = 0;
    const work = (name: string) => async (): Promise<string> => {
      expect((underWay += 1)).toBe(1);
      begun.push(name);
      await new Promise(setImmediate);
      underWay -= 1;
      return name;
    };
    return { begun, work };
  }

  it('come one at a time, and a crowd in one lane costs another lane only the work under way', async () => {
    const { begun, work } = recorder();
    const turns = createTurns(20);
    const crowd = Array.from({ length: 200 }, (_, number) => turns.run('crowd', work(`crowd ${number}`)));
    const honest = turns.run('anna', work('anna'));
    const later = Array.from({ length: 200 }, (_, number) => turns.run('crowd', work(`later ${number}`)));
    expect(await honest).toBe('anna');
    expect(begun).toEqual(['crowd 0', 'anna']);
    const results = await Promise.all([...crowd, ...later]);
    expect(results.filter((one) => one === 'turned-away')).toHaveLength(400 - 1 - 19);
    // Within a lane the newest come first.
    expect(begun.slice(2, 4)).toEqual(['later 199', 'later 198']);
  });

  it('let what is urgent go first, and never turn it away', async () => {
    const { begun, work } = recorder();
    const turns = createTurns(1);
    const all = [turns.run('a', work('a')), turns.run('b', work('b')), turns.runFirst(work('urgent'))];
    const more = [turns.runFirst(work('urgent too')), turns.run('c', work('c'))];
    expect(await Promise.all([...all, ...more])).toEqual(['a', 'turned-away', 'urgent', 'urgent too', 'c']);
    expect(begun).toEqual(['a', 'urgent', 'urgent too', 'c']);
  });

  it('go on after work that failed', async () => {
    const turns = createTurns(5);
    const failed = turns.run('a', () => Promise.reject(new Error('no memory')));
    const next = turns.run('a', () => Promise.resolve(1));
    await expect(failed).rejects.toThrow('no memory');
    expect(await next).toBe(1);
  });
});
