import type { Answers } from '../../src/definitions/answers';
import { compareRounds } from '../../src/scoring/comparison';
import { scoredRound, scoreRound } from '../../src/scoring/scorecard';
import { cliffsDelta, cronbachAlpha, holm, twoSidedP } from '../../src/scoring/statistics';
import { smallInstrument } from '../support/instruments';
import { lijw, lijwPeople } from '../support/report';
import { hs, people, ratings, round, twelveAreas } from '../support/scoring';

/** Constants by R 4.2. */
describe('statistics as R gives them', () => {
  test('p of t, also with broken degrees of freedom and of the normal distribution', () => {
    expect(twoSidedP(2, 1.3)).toBeCloseTo(0.247455156507612, 9); // 2 * pt(-2, 1.3)
    expect(twoSidedP(-1, 0.7)).toBeCloseTo(0.550386672519971, 9);
    expect(twoSidedP(3, 37.25)).toBeCloseTo(0.0047935240134645, 9);
    expect(twoSidedP(1.959963984540054, Infinity)).toBeCloseTo(0.05, 12);
    expect(twoSidedP(0, 5)).toBe(1);
  });

  test('Holm: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([])).toEqual([]);
    expect(holm([0.7, 0.6])).toEqual([1, 1]);
  });

  test('Cliff’s delta counts pairs; crumbs of arithmetic are ties', () => {
    expect(cliffsDelta([3, 4], [1, 2])).toBe(1);
    // 1 < 2, 1 = 1, 3 > 2, 3 > 1: (2 - 1) / 4
    expect(cliffsDelta([1, 3], [2, 1])).toBe(0.25);
    expect(cliffsDelta([0.1 + 0.2], [0.3])).toBe(0);
    expect(cliffsDelta([], [1])).toBeNull();
  });

  test('alpha: (3/2)(1 - (var(i1) + var(i2) + var(i3)) / var(total))', () => {
    const rows = [
      [1, 2, 2],
      [2, 2, 3],
      [4, 3, 5],
      [5, 4, 4],
    ];
    // variances 3.333333, 0.916667, 1.666667; totals 5, 7, 12, 13: 14.916667
    expect(cronbachAlpha(rows)).toBeCloseTo(1.5 * (1 - (10 / 3 + 11 / 12 + 5 / 3) / (179 / 12)), 12);
    expect(cronbachAlpha(rows.map(([first]) => [first!]))).toBeNull();
    expect(
      cronbachAlpha([
        [1, 5],
        [5, 1],
      ]),
    ).toBeNull();
    expect(cronbachAlpha([[1, 5]])).toBeNull();
  });
});

const twelve = twelveAreas();
const rated = (...list: number[]): Answers[] => list.map((rating) => ratings(3, { 'P1.1': rating }));
const twoOf = (list: readonly number[]) => rated(...list, ...list);

describe('a change', () => {
  const earlier = [1, 2, 2, 3, 2];
  const later = [3, 4, 4, 5, 4];

  test('of a group has its own spread from 2k; q is a quarter for one item', () => {
    const compared = (sizes: Record<string, number>) =>
      compareRounds(
        twelve,
        scoredRound(twelve, round({ ngo: twoOf(earlier) }, { k: 5, groupSizes: sizes })),
        scoredRound(twelve, round({ ngo: twoOf(later) }, { k: 5, groupSizes: sizes })),
      ).areas['P1.1']!.groups['ngo']!;
    // var = 4/9, v = (4/9)/10 · (1 - 10/20/4) each; se² = 7/90; both own and alike: df = 18.
    const { se, df, p, adjustedP, delta, verdict, n, interval } = compared({ ngo: 20 });
    expect(se).toBeCloseTo(Math.sqrt((2 * (4 / 9) * (1 - 0.125)) / 10), 12);
    expect(df).toBeCloseTo(18, 9);
    expect(p).toBeCloseTo(twoSidedP(2 / se!, 18), 12);
    // The other eleven areas do not vary, so that they have no p: the family has one member.
    expect(adjustedP).toBe(p);
    expect(interval![0]).toBeCloseTo(2 - 2.10092204 * se!, 7);
    // Of 100 pairs 4 are ties (3 and 3), none is lower.
    expect(delta).toBeCloseTo(0.96, 12);
    expect({ verdict, n }).toEqual({ verdict: 'rose', n: { baseline: 10, followUp: 10 } });
    expect(compared({}).se).toBeCloseTo(Math.sqrt((2 * (4 / 9)) / 10), 12);
  });

  test('under 2k, or where all say the same, its statistics are withheld; its side borrows', () => {
    const change = compareRounds(
      twelve,
      scoredRound(
        twelve,
        round({ ngo: twoOf(earlier), officials: people(10, ratings(3)), councillors: rated(...earlier) }, { k: 5 }),
      ),
      scoredRound(
        twelve,
        round({ ngo: twoOf(later), officials: people(10, ratings(3)), councillors: rated(...later) }, { k: 5 }),
      ),
    ).areas['P1.1']!;
    const nothing = { se: null, df: null, p: null, adjustedP: null, interval: null, detectable: null, delta: null };
    expect(change.groups['councillors']).toMatchObject({
      points: 2,
      ...nothing,
      verdict: 'unknown',
      withheld: 'spread',
    });
    expect(change.groups['officials']).toMatchObject({
      points: 0,
      ...nothing,
      verdict: 'unknown',
      withheld: 'noSpread',
    });
    // Lenders: ngo in both rounds, 18 degrees of freedom, variance 4/9. Side: a half each.
    const { se, df, borrowed } = change.sides.administration;
    const v = [4 / 90, 4 / 45];
    const borrowedSum = (2 * (v[0]! + v[1]!)) / 4;
    expect(se).toBeCloseTo(Math.sqrt(borrowedSum), 12);
    expect(df).toBeCloseTo(18, 9);
    expect(borrowed).toEqual(['officials', 'councillors']);
    // Joint: a half of ngo, a quarter of each of the others.
    const own = (1 / 4) * (4 / 90);
    const sum = borrowedSum / 4;
    expect(change.survey.se).toBeCloseTo(Math.sqrt(2 * own + sum), 12);
    // All of it rests on what ngo said, so that there are no more degrees of freedom than ngo's.
    expect(change.survey.df).toBeCloseTo(18, 9);
  });

  test('without a lender the variance is assumed and the distribution normal: df is null beside a p', () => {
    const change = (instrument = twelve) =>
      compareRounds(
        instrument,
        scoredRound(instrument, round({ ngo: rated(...earlier) }, { k: 5 })),
        scoredRound(instrument, round({ ngo: rated(...later) }, { k: 5 })),
      );
    const { se, df, p, assumed } = change().areas['P1.1']!.sides.ngo;
    expect(se).toBeCloseTo(Math.sqrt(2 / 5), 12);
    expect({ df, assumed }).toEqual({ df: null, assumed: true });
    expect(p).toBeCloseTo(twoSidedP(2 / Math.sqrt(2 / 5), Infinity), 12);
    expect(change().index.sides.ngo.se).toBeCloseTo(Math.sqrt((2 * 0.6) / 5), 12);
    const other = { ...twelve, thresholds: { ...twelve.thresholds!, assumedVariance: { area: 4, overall: 1 } } };
    expect(change(other).areas['P1.1']!.sides.ngo.se).toBeCloseTo(Math.sqrt(8 / 5), 12);
  });

  test('within a quarter of a point it is practically the same, also where p is small', () => {
    const many = (low: number) => Array.from({ length: 400 }, (_one, at) => ratings(at % 20 < low ? 2 : 3));
    const { survey, sides } = compareRounds(
      twelve,
      scoredRound(
        twelve,
        round({ officials: many(10), ngo: many(10) }, { k: 5, groupSizes: { ngo: 400, officials: 400 } }),
      ),
      scoredRound(
        twelve,
        round({ officials: many(7), ngo: many(7) }, { k: 5, groupSizes: { ngo: 400, officials: 400 } }),
      ),
    ).index;
    expect(survey.points).toBeCloseTo(0.15, 12);
    expect(survey.adjustedP).toBeLessThan(0.001);
    expect([survey.verdict, sides.ngo.verdict]).toEqual(['same', 'same']);
  });

  test('in a round that shows two groups apart, the merged one has its own spread only where both have', () => {
    const plan = { ...twelve, mergePlan: smallInstrument().mergePlan! };
    const change = (informal: number) =>
      compareRounds(
        plan,
        scoredRound(
          plan,
          round({ ngo: twoOf(earlier), informal: rated(...earlier, ...earlier).slice(0, informal) }, { k: 5 }),
        ),
        scoredRound(plan, round({ ngo: twoOf(later), informal: rated(3, 4, 5) }, { k: 5 })),
      ).areas['P1.1']!.groups;
    expect(Object.keys(change(10))).toEqual(['ngo+informal']);
    expect(change(10)['ngo+informal']).toMatchObject({ n: { baseline: 20, followUp: 13 }, verdict: 'rose' });
    // Seven people of the one group: their spread would follow from that of all and that of the other.
    expect(change(7)['ngo+informal']).toMatchObject({ n: { baseline: 17, followUp: 13 }, withheld: 'spread' });
    expect(change(0)['ngo+informal']).toMatchObject({ n: { baseline: 10, followUp: 13 }, verdict: 'rose' });
  });
});

describe('gaps', () => {
  test('the sides, administration less NGOs, and every two groups that are shown', () => {
    const { gaps } = scoreRound(
      twelve,
      round(
        {
          officials: twoOf([4, 5, 4, 5, 4]),
          ngo: twoOf([1, 2, 1, 2, 2]),
          informal: rated(1, 1, 2, 2, 2),
          councillors: rated(5),
        },
        { k: 5 },
      ),
    );
    const { sides, pairs } = gaps.areas['P1.1']!;
    expect(sides).toMatchObject({ points: 4.4 - 1.6, verdict: 'higher', borrowed: ['informal'] });
    expect(pairs.map(({ first, second }) => `${first} ${second}`)).toEqual([
      'officials ngo',
      'officials informal',
      'ngo informal',
    ]);
    expect(pairs[0]).toMatchObject({ verdict: 'higher', n: [10, 10], delta: 1 });
    expect(pairs[1]).toMatchObject({ withheld: 'spread', p: null, verdict: 'unknown', n: [10, 5] });
    expect(gaps.index.sides.verdict).not.toBe('lower');
  });

  test('a pair that shows different areas is not judged at plane and index', () => {
    const lacking = [2, 3, 4, 3, 2, 3, 4, 3, 2, 4].map((rating) => ratings(rating, { 'P1.1': hs }));
    const whole = [2, 3, 4, 3, 2, 3, 4, 3, 2, 4].map((rating) => ratings(rating));
    const { gaps } = scoreRound(twelve, round({ officials: whole, ngo: lacking }, { k: 5 }));
    expect(gaps.planes['P1']!.pairs[0]).toMatchObject({ withheld: 'areas', se: null, n: [10, 10] });
    expect(gaps.planes['P2']!.pairs[0]).not.toHaveProperty('withheld');
    expect(gaps.index.sides).toMatchObject({ points: null, verdict: 'unknown' });
  });
});

describe('intervals of one round', () => {
  test('of a side where everybody answered have no width; else they cover what did not answer', () => {
    const sides = (ngo: number) =>
      scoreRound(twelve, round({ ngo: twoOf([1, 2, 2, 3, 2]) }, { k: 5, groupSizes: { ngo } })).areas['P1.1']!.sides;
    expect(sides(10).ngo.interval).toEqual([2, 2]);
    const half = 2.262157163 * Math.sqrt((4 / 90) * 0.5);
    expect(sides(20).ngo.interval![0]).toBeCloseTo(2 - half, 8);
    expect(sides(20).ngo.interval![1]).toBeCloseTo(2 + half, 8);
  });
});

test('a small gmina gets joint areas, planes and index, each with a verdict', () => {
  const answering = { officials: 15, councillors: 15, 'municipal-units': 12, ngo: 9 };
  const groupSizes = { officials: 18, councillors: 15, 'municipal-units': 12, ngo: 9 };
  const scored = (seed: number, level: number) =>
    scoredRound(lijw, round({}, { k: 5, groupSizes, respondents: lijwPeople(seed, level, answering) }));
  const { areas, planes, index } = compareRounds(lijw, scored(1, 2.6), scored(2, 3.4));
  for (const { survey } of [...Object.values(areas), ...Object.values(planes), index]) {
    expect(survey).toMatchObject({ baseline: expect.any(Number), p: expect.any(Number) });
  }
  expect(Object.values(planes).map(({ survey }) => survey.verdict)).toEqual(['rose', 'rose', 'rose']);
  expect(index.survey.verdict).toBe('rose');
});
