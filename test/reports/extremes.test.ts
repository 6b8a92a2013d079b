import fc from 'fast-check';
import { endsOfRanking, levelsOf } from '../../src/reports/extremes';

const levels = (...values: readonly number[]) =>
  levelsOf(
    values.map((value, at) => ({ name: `${at}`, value })),
    ({ value }) => value,
  );
const endsOf = (...values: readonly number[]) => {
  const { top, bottom } = endsOfRanking(levels(...values), 3);
  const all = (list: typeof top) => list.flatMap(({ entries }) => entries.map(({ value }) => value));
  return { top: all(top), bottom: all(bottom) };
};

it('gathers all of a tie, highest first', () => {
  expect(levels(2, 3, 2, 3, 1).map(({ value, entries }) => [value, entries.map(({ name }) => name)])).toEqual([
    [3, ['1', '3']],
    [2, ['0', '2']],
    [1, ['4']],
  ]);
});

it.each([
  ['no tie', [1, 2, 3, 4, 5, 6, 7, 8], [8, 7, 6], [1, 2, 3]],
  ['a tie at the third place', [5, 4, 3, 3, 2, 2, 1, 1.5], [5, 4, 3, 3], [1, 1.5, 2, 2]],
  ['a tie that would fill the list', [5, 4, 4, 4, 4, 2, 1, 3], [5], [1, 2]],
  ['more than half alike', [5, 3, 3, 3, 3], [5], []],
  ['everything alike', [3, 3, 3, 3], [], []],
  ['two scores', [4, 2, 4, 2], [4, 4], [2, 2]],
  ['one area', [4], [], []],
  ['nothing', [], [], []],
])('ends of a ranking with %s', (_what, values, top, bottom) => {
  expect(endsOf(...values)).toEqual({ top, bottom });
});

it('never cuts through a tie, and no score is both high and low', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 2, max: 10 }), { maxLength: 14 }), (halves) => {
      const values = halves.map((half) => half / 2);
      const { top, bottom } = endsOf(...values);
      for (const list of [top, bottom]) {
        for (const value of list) {
          expect(list.filter((one) => one === value)).toHaveLength(values.filter((one) => one === value).length);
        }
      }
      expect(top.filter((value) => bottom.includes(value))).toEqual([]);
      expect(Math.min(...top)).toBeGreaterThan(Math.max(...bottom));
    }),
  );
});
