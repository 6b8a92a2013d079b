import { judged, type Measurement } from '../../src/commands/bench/bench';
import { tableOf } from '../../src/commands/bench/table';
import { timesOf } from '../../src/commands/bench/times';

const measurement: Measurement = {
  what: 'submit with 8,000 drafts beside',
  unit: 'ms',
  ours: 12,
  bound: { what: 'alone', value: 10 },
  spread: 1.5,
  budget: { most: 2 },
};

it('holds the ratio to the budget where there is a bound, and ours where there is none', () => {
  expect(judged('store', measurement)).toMatchObject({ bench: 'store', ratio: 1.2, kept: true });
  expect(judged('store', { ...measurement, ours: 21 })).toMatchObject({ ratio: 2.1, kept: false });
  expect(judged('store', { ...measurement, bound: null })).toMatchObject({ ratio: null, kept: false });
  const coverage = { ...measurement, ours: 94.2, unit: '%', bound: null, budget: { least: 94 } };
  expect(judged('statistics', coverage).kept).toBe(true);
  expect(judged('statistics', { ...coverage, ours: 93.9 }).kept).toBe(false);
  expect(judged('statistics', { ...coverage, budget: null }).kept).toBeNull();
});

it('prints one line a measurement, with a dash for what there is not', () => {
  const bare = { ...measurement, what: 'alone', bound: null, spread: null, budget: null };
  expect(tableOf([judged('store', measurement), judged('store', bare)])).toBe(
    [
      'what                             ours   bound          ratio  spread  budget  kept',
      'submit with 8,000 drafts beside  12 ms  10 ms (alone)  1.2    1.5     ≤ 2     yes',
      'alone                            12 ms  –              –      –       –       –',
    ].join('\n'),
  );
});

it('runs both pieces of work in turn, once more than it counts', async () => {
  const order: string[] = [];
  const times = await timesOf(
    2,
    () => order.push('ours'),
    () => Promise.resolve(order.push('bound')),
  );
  expect(order).toEqual(['ours', 'bound', 'ours', 'bound', 'ours', 'bound']);
  expect(times.ours.median).toBeLessThanOrEqual(times.ours.median * times.ours.spread);
});
