import { confidenceInterval, mean, sampleOf, tQuantile } from '../../src/scoring/statistics';

const spreadOf = (values: readonly number[]) => ({ n: values.length, sd: sampleOf(values).sd! });

const scale = { min: 1, max: 5 };

describe('Student quantiles, as R prints them', () => {
  // qt(p, df) with options(digits = 10)
  test.each([
    [0.975, 1, 12.70620474],
    [0.975, 2, 4.30265273],
    [0.975, 4, 2.776445105],
    [0.975, 9, 2.262157163],
    [0.975, 29, 2.045229642],
    [0.975, 370, 1.966396196],
    [0.95, 10, 1.812461123],
    [0.5, 7, 0],
  ])('qt(%d, %d)', (probability, df, expected) => {
    expect(tQuantile(probability, df)).toBeCloseTo(expected, 8);
  });
});

describe('a sample', () => {
  test("R's sleep data, group 1: mean 0.75, sd 1.789010, t.test interval -0.5297804 to 2.0297804", () => {
    const values = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const sample = sampleOf(values);
    expect(sample.n).toBe(10);
    expect(sample.mean).toBeCloseTo(0.75, 12);
    expect(sample.sd).toBeCloseTo(1.78901, 6);
    const { interval } = confidenceInterval(0.75, spreadOf(values), null, { min: -10, max: 10 });
    expect(interval?.[0]).toBeCloseTo(-0.5297804, 7);
    expect(interval?.[1]).toBeCloseTo(2.0297804, 7);
  });

  test('of nothing has no mean', () => {
    expect(sampleOf([])).toEqual({ mean: null, n: 0, sd: null });
    expect(mean([])).toBeNull();
  });

  test('of one value has no spread', () => {
    expect(sampleOf([4])).toEqual({ mean: 4, n: 1, sd: null });
  });

  test('of equal values has exactly that mean and sd 0, also where arithmetic leaves crumbs', () => {
    const third = 10 / 3;
    expect(sampleOf([third, third, third])).toEqual({ mean: third, n: 3, sd: 0 });
    expect(sampleOf([0.1 + 0.2, 0.3, 0.3])).toEqual({ mean: 0.3, n: 3, sd: 0 });
  });

  test('does not depend on the order of its values', () => {
    const values = [1.1, 4.7, 2.3, 3.9, 1.0000001, 2.2, 4.4, 3.3];
    expect(sampleOf(values.toReversed())).toEqual(sampleOf(values));
    expect(sampleOf(values.toSorted())).toEqual(sampleOf(values));
  });
});

describe('the interval of a mean', () => {
  // 2, 3, 3, 4: mean 3, sd = sqrt((1 + 0 + 0 + 1) / 3) = 0.8164966, se = 0.8164966 / 2 = 0.4082483,
  // t(0.975, 3) = 3.182446; half = 1.299228.
  const sample = spreadOf([2, 3, 3, 4]);

  test('without a known size', () => {
    const { interval } = confidenceInterval(3, sample, null, scale);
    expect(interval?.[0]).toBeCloseTo(3 - 1.299228, 6);
    expect(interval?.[1]).toBeCloseTo(3 + 1.299228, 6);
  });

  test('narrows with the share of the group that answered: 4 of 16 leaves sqrt(0.75)', () => {
    const { interval } = confidenceInterval(3, sample, 16, scale);
    expect(interval?.[1]).toBeCloseTo(3 + 1.299228 * Math.sqrt(0.75), 6);
  });

  test('is the mean itself where everybody answered', () => {
    expect(confidenceInterval(3, sample, 4, scale)).toEqual({ interval: [3, 3] });
  });

  test('is cut to the scale', () => {
    // 5, 5, 4: mean 4.667, sd 0.577, t(0.975, 2) = 4.303: the half is 1.434.
    const { interval } = confidenceInterval(14 / 3, spreadOf([5, 5, 4]), null, scale);
    expect(interval?.[0]).toBeCloseTo(14 / 3 - 1.4342175, 6);
    expect(interval?.[1]).toBe(5);
  });

  test('is not given where all agree while others did not answer', () => {
    const agree = spreadOf([4, 4, 4]);
    expect(confidenceInterval(4, agree, null, scale)).toEqual({ interval: null, missing: 'no-spread' });
    expect(confidenceInterval(4, agree, 4, scale)).toEqual({ interval: null, missing: 'no-spread' });
    expect(confidenceInterval(4, agree, 3, scale)).toEqual({ interval: [4, 4] });
  });
});
