import { attackArea, type AreaView } from '../../../src/commands/bench/attacker/attack';
import type { AreaItems, Cell } from '../../../src/commands/bench/attacker/people';
import { rangesUnder, type Form } from '../../../src/commands/bench/attacker/ranges';

/** What the attacker can do, on numbers small enough to follow by hand; k is 5. */
const form = (...coefficients: readonly number[]): Form => new Map(coefficients.map((one, index) => [index, one]));
const area = (...codes: readonly string[]): AreaItems => ({
  area: 'A',
  items: codes.map((code, index) => ({ code, weight: 1, core: index === 0 })),
});
const cell = (group: string, count: number, rated: readonly string[]): Cell => ({
  group,
  count,
  rated,
  scored: true,
  coreScored: rated.includes('x'),
});
const about = (value: number) => [value - 0.005, value + 0.005] as const;
const meanOf = (members: readonly string[], value: number, sd: number | null = null, of: 'all' | 'core' = 'all') => ({
  of,
  members,
  mean: about(value),
  sd: sd === null ? null : about(sd),
});
const answersTo = (item: string, members: readonly string[], counts: readonly number[]) =>
  ({ item, of: 'complete', members, counts }) as const;

describe('ranges under constraints', () => {
  test('of forms over bounded unknowns', () => {
    const unknowns = [
      { low: 1, high: 5 },
      { low: 1, high: 5 },
      { low: 2, high: 10 },
    ];
    const range = rangesUnder(unknowns, [
      { form: form(1, 1), low: 6, high: 6.2 },
      { form: form(0, 1, 1), low: 7, high: 7 },
    ]);
    const expected: [Form, number, number][] = [
      [form(1), 1, 5],
      [form(0, 0, 1), 2, 6],
      [form(1, 0, -1), -1, -0.8],
      [form(1, 2), 7, 11.2],
    ];
    for (const [one, low, high] of expected) {
      const [least, greatest] = range(one);
      expect(least).toBeCloseTo(low, 9);
      expect(greatest).toBeCloseTo(high, 9);
    }
  });

  test('contradictions are told', () => {
    const one = [{ low: 0, high: 1 }];
    expect(() => rangesUnder(one, [{ form: form(1), low: 2, high: 3 }])).toThrow('contradict');
  });
});

describe('the attacker', () => {
  test('subtracts what is shown from a merged mean', () => {
    const view: AreaView = {
      items: area('x'),
      distributions: [],
      means: [meanOf(['a', 'b'], 3.13), meanOf(['a'], 3.5)],
    };
    const cells = [cell('a', 12, ['x']), cell('b', 4, ['x'])];
    const found = attackArea(view, cells, 5);
    expect(found.map(({ what }) => what)).toContainEqual('4 of b with x: the sum on x is 7.94–8.22');
    expect(attackArea({ ...view, means: view.means.slice(1) }, cells, 5)).toEqual([]);
  });

  test('finds what the one person gave who skipped an item', () => {
    const view: AreaView = {
      items: area('x', 'y'),
      means: [meanOf(['a'], 2.88)],
      distributions: [answersTo('x', ['a'], [0, 3, 6, 2, 0]), answersTo('y', ['a'], [0, 3, 7, 1, 0])],
    };
    const found = attackArea(view, [cell('a', 11, ['x', 'y']), cell('a', 1, ['x'])], 5);
    expect(found.map(({ what }) => what)).toContainEqual(expect.stringContaining('1 of a with x: the sum on x'));
    expect(attackArea(view, [cell('a', 11, ['x', 'y']), cell('a', 5, ['x'])], 5)).toEqual([]);
  });

  test('reads a small group’s answers off its standard deviation', () => {
    const cells = [cell('a', 5, ['x'])];
    const view = (sd: number | null): AreaView => ({
      items: area('x'),
      distributions: [],
      means: [meanOf(['a'], 1.6, sd)],
    });
    // 1, 1, 1, 1, 4: no other five answers have this mean and this spread.
    expect(attackArea(view(1.34), cells, 5)).toEqual([
      { how: 'found the answers of a small group', what: '5 of a to x: 4,0,0,1,0' },
    ]);
    expect(attackArea(view(null), cells, 5)).toEqual([]);
  });

  test('reads a small group’s answers off the distribution of its side', () => {
    const cells = [cell('a', 12, ['x']), cell('b', 6, ['x'])];
    const view: AreaView = {
      items: area('x'),
      means: [meanOf(['a'], 3.58), meanOf(['b'], 3.33)],
      distributions: [answersTo('x', ['a', 'b'], [0, 0, 9, 9, 0])],
    };
    expect(attackArea(view, cells, 5)).toEqual([
      { how: 'found the answers of a small group', what: '6 of b to x: 0,0,4,2,0' },
    ]);
    // With the distribution of the other group alone nothing follows.
    const other = { ...view, distributions: [answersTo('x', ['a'], [0, 0, 5, 7, 0])] };
    expect(attackArea(other, cells, 5)).toEqual([]);
  });

  test('sets the core figure against the figure of all items', () => {
    // Three gave 5 and 1, the others answered the core item alone, all with 3: 3.5 of core items, 3 of all.
    const view: AreaView = {
      items: area('x', 'y'),
      means: [meanOf(['a'], 3), meanOf(['a'], 3.5, null, 'core')],
      distributions: [],
    };
    const found = attackArea(view, [cell('a', 3, ['x', 'y']), cell('a', 9, ['x'])], 5);
    expect(found.map(({ what }) => what)).toContainEqual('3 of a with x, y: the sum on x is 14.76–15.00');
  });

  test('accepts what a mean says by itself', () => {
    const cells = [cell('a', 3, ['x']), cell('b', 4, ['x'])];
    const view: AreaView = { items: area('x'), distributions: [], means: [meanOf(['a', 'b'], 1)] };
    expect(attackArea(view, cells, 5)).toEqual([]);
  });
});
