import { attackArea } from '../../../src/commands/bench/attacker/attack';
import type { AreaItems, Cell, Over } from '../../../src/commands/bench/attacker/people';
import { rangesUnder, type Form } from '../../../src/commands/bench/attacker/ranges';
import type { AreaView, PublishedMean } from '../../../src/commands/bench/attacker/view';

/** What the attacker can do, on numbers small enough to follow by hand; k is 5. */
const form = (...coefficients: readonly number[]): Form => new Map(coefficients.map((one, index) => [index, one]));
const area = (...codes: readonly string[]): AreaItems => ({
  area: 'A',
  items: codes.map((code, index) => ({ code, weight: 1, compared: index === 0 })),
});
const cell = (group: string, count: number, rated: readonly string[], counted = true): Cell => ({
  ...{ group, count, rated, counted },
  scored: { all: true, compared: rated.includes('x') },
});
const about = (value: number) => [value - 0.005, value + 0.005] as const;
const meanOf = (
  members: readonly string[],
  value: number,
  sd: number | null = null,
  over: Over = 'all',
): PublishedMean => ({
  ...{ over, of: [{ members, share: 1 }], mean: about(value) },
  sd: sd === null ? null : about(sd),
});
const answersTo = (item: string, members: readonly string[], counts: readonly number[]) => ({ item, members, counts });
const nothing = { distributions: [], alpha: null };

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
      ...nothing,
      items: area('x'),
      means: [meanOf(['a', 'b'], 3.13), meanOf(['a'], 3.5)],
    };
    const cells = [cell('a', 12, ['x']), cell('b', 4, ['x'])];
    const found = attackArea(view, cells, 5);
    expect(found.map(({ what }) => what)).toContainEqual('4 of b with x: the sum on x is 7.94–8.22');
    expect(attackArea({ ...view, means: view.means.slice(1) }, cells, 5)).toEqual([]);
  });

  test('finds what the one person gave who skipped an item', () => {
    const view: AreaView = {
      ...nothing,
      items: area('x', 'y'),
      means: [meanOf(['a'], 2.88)],
      distributions: [answersTo('x', ['a'], [0, 3, 6, 2, 0]), answersTo('y', ['a'], [0, 3, 7, 1, 0])],
    };
    const found = attackArea(view, [cell('a', 11, ['x', 'y']), cell('a', 1, ['x'], false)], 5);
    expect(found.map(({ what }) => what)).toContainEqual(expect.stringContaining('1 of a with x: the sum on x'));
    expect(attackArea(view, [cell('a', 11, ['x', 'y']), cell('a', 5, ['x'], false)], 5)).toEqual([]);
  });

  test('reads a small group’s answers off its standard deviation', () => {
    const cells = [cell('a', 5, ['x'])];
    const view = (sd: number | null): AreaView => ({
      ...nothing,
      items: area('x'),
      means: [meanOf(['a'], 1.6, sd)],
    });
    // 1, 1, 1, 1, 4: no other five answers have this mean and this spread.
    expect(attackArea(view(1.34), cells, 5)).toEqual([
      { how: 'found the answers of few', what: '5 of a to x: 4,0,0,1,0' },
    ]);
    expect(attackArea(view(null), cells, 5)).toEqual([]);
  });

  test('reads a small group’s answers off the distribution of its side', () => {
    const cells = [cell('a', 12, ['x']), cell('b', 6, ['x'])];
    const view: AreaView = {
      ...nothing,
      items: area('x'),
      means: [meanOf(['a'], 3.58), meanOf(['b'], 3.33)],
      distributions: [answersTo('x', ['a', 'b'], [0, 0, 9, 9, 0])],
    };
    expect(attackArea(view, cells, 5)).toEqual([{ how: 'found the answers of few', what: '6 of b to x: 0,0,4,2,0' }]);
    // With the distribution of the other group alone nothing follows.
    const other = { ...view, distributions: [answersTo('x', ['a'], [0, 0, 5, 7, 0])] };
    expect(attackArea(other, cells, 5)).toEqual([]);
  });

  test('sets the core figure against the figure of all items', () => {
    // Three gave 5 and 1, the others answered the core item alone, all with 3: 3.5 of core items, 3 of all.
    const view: AreaView = {
      ...nothing,
      items: area('x', 'y'),
      means: [meanOf(['a'], 3), meanOf(['a'], 3.5, null, 'compared')],
    };
    const found = attackArea(view, [cell('a', 3, ['x', 'y'], false), cell('a', 9, ['x'], false)], 5);
    expect(found.map(({ what }) => what)).toContainEqual('3 of a with x, y: the sum on x is 14.76–15.00');
  });

  test('reads the means of a side and of planes as well', () => {
    const cells = [cell('a', 12, ['x']), cell('b', 4, ['x'])];
    const side: PublishedMean = {
      ...{ over: 'all', mean: about(3), sd: null },
      of: [
        { members: ['a'], share: 0.5 },
        { members: ['b'], share: 0.5 },
      ],
    };
    const view: AreaView = { ...nothing, items: area('x'), means: [meanOf(['a'], 3.5), side] };
    expect(attackArea(view, cells, 5).map(({ what }) => what)).toContainEqual(
      '4 of b with x: the sum on A is 9.94–10.06',
    );
  });

  test('reads the spread of the rest off alpha, the distributions and the spread of all', () => {
    // Twelve rated both items alike, so alpha is 1. Five rated the first one alone: 1, 1, 5, 5, 5.
    const both = [0, 4, 4, 4, 0];
    const view = (alpha: number | null): AreaView => ({
      items: area('x', 'y'),
      means: [meanOf(['a'], 3.12, 1.32)],
      distributions: [answersTo('x', ['a'], both), answersTo('y', ['a'], both)],
      alpha: alpha === null ? null : { members: ['a'], value: [alpha - 0.0005, alpha + 0.0005] },
    });
    const cells = [cell('a', 12, ['x', 'y']), cell('a', 5, ['x'], false)];
    expect(attackArea(view(null), cells, 5)).toEqual([]);
    expect(attackArea(view(1), cells, 5)).toEqual([
      { how: 'found the answers of few', what: '5 with gaps in A: 2,0,0,0,3' },
    ]);
  });

  test('accepts what a mean says by itself', () => {
    const cells = [cell('a', 3, ['x']), cell('b', 4, ['x'])];
    const view: AreaView = { ...nothing, items: area('x'), means: [meanOf(['a', 'b'], 1)] };
    expect(attackArea(view, cells, 5)).toEqual([]);
  });
});
