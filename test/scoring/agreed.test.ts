import fc from 'fast-check';
import { agreedScores, checkAgreedScores, compareAgreed } from '../../src/scoring/agreed';
import { toHundredths } from '../../src/shared/rounding';
import { twelveAreaCodes, twelveAreas } from '../support/scoring';

const twelve = twelveAreas();

/** Scores in document order: P1.1 … P3.3. */
function scores(...values: (number | null)[]): Record<string, number | null> {
  return Object.fromEntries(twelveAreaCodes.map((area, index) => [area, values[index] ?? null]));
}

// 22.0 and 35.5 in twelve half points, as the published pair of rounds implies.
const before = scores(1, 1.5, 2, 1, 2.5, 1, 2, 2.5, 2, 2, 2.5, 2);
const after = scores(2.5, 3, 4, 3.5, 3, 3.5, 2.5, 3, 2.5, 2.5, 3, 2.5);

describe('agreed scores', () => {
  test('the index is the mean of the areas, published with two decimals: 22.0 → 1.83, 35.5 → 2.96', () => {
    expect(agreedScores(twelve, before).index).toBe(1.83);
    expect(agreedScores(twelve, after).index).toBe(2.96);
  });

  test('planes are means of their areas in scope', () => {
    // P1: 9 / 6, P2: 6.5 / 3, P3: 6.5 / 3
    expect(agreedScores(twelve, before).planes).toEqual({ P1: 1.5, P2: 2.17, P3: 2.17 });
    expect(agreedScores(twelve, { ...before, 'P2.3': null }).planes['P2']).toBe(2.25);
  });

  test('ties round away from zero: (1 + 1.5·7) / 8 = 1.4375 → 1.44, 2.125 → 2.13', () => {
    const eight = scores(1, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5);
    expect(agreedScores(twelve, eight).index).toBe(1.44);
    expect(agreedScores(twelve, scores(2, 2, 2, 2, 2, 2, 2.5, 2.5)).index).toBe(2.13);
  });

  test('out of scope is said, for areas, planes and the index', () => {
    const round = agreedScores(twelve, { ...before, 'P2.1': null, 'P2.2': null, 'P2.3': null });
    expect(round.planes['P2']).toBeNull();
    expect(round.outOfScope).toEqual(['P2.1', 'P2.2', 'P2.3']);
    // (22 - 6.5) / 9
    expect(round.index).toBe(1.72);
    expect(round.missing).toEqual({
      planes: { P2: 'out-of-scope' },
      areas: { 'P2.1': 'out-of-scope', 'P2.2': 'out-of-scope', 'P2.3': 'out-of-scope' },
    });
    expect(agreedScores(twelve, scores())).toMatchObject({ index: null, missing: { index: 'out-of-scope' } });
  });

  test('what the group has not agreed yet leaves the index missing', () => {
    const round = agreedScores(twelve, { 'P1.1': 2, 'P1.2': 3, 'P2.1': null });
    expect(round).toMatchObject({
      index: null,
      planes: { P1: 2.5, P2: null },
      missing: { index: 'not-agreed', planes: { P2: 'not-agreed', P3: 'not-agreed' }, areas: { 'P1.3': 'not-agreed' } },
    });
  });
});

describe('the change of agreed scores', () => {
  test('is computed from published figures: 1.83 → 2.96 is +1.13 and +62 %', () => {
    expect(compareAgreed(twelve, before, after).index).toEqual({
      baseline: 1.83,
      followUp: 2.96,
      points: 1.13,
      percent: 62,
    });
  });

  test('1.0 → 3.5 is +250 %, a fall is negative, ties of percent go away from zero', () => {
    const { areas } = compareAgreed(
      twelve,
      { ...before, 'P1.1': 4, 'P1.2': 4 },
      { ...after, 'P1.1': 3.5, 'P1.2': 4.5 },
    );
    expect(areas['P1.4']).toEqual({ baseline: 1, followUp: 3.5, points: 2.5, percent: 250 });
    // ∓0.5 / 4 = ∓12.5 %
    expect(areas['P1.1']).toMatchObject({ points: -0.5, percent: -13 });
    expect(areas['P1.2']).toMatchObject({ points: 0.5, percent: 13 });
  });

  test('an area out of scope in one round is left out of both rounds’ compared means and named', () => {
    const change = compareAgreed(twelve, before, { ...after, 'P1.3': null });
    // (22 - 2) / 11 = 1.8182, (35.5 - 4) / 11 = 2.8636
    expect(change.index).toEqual({ baseline: 1.82, followUp: 2.86, points: 1.04, percent: 57 });
    expect(change.planes['P1']).toMatchObject({ baseline: 1.4, followUp: 3.1 });
    expect(change.areas).not.toHaveProperty(['P1.3']);
    expect(change.notCompared).toEqual({ 'P1.3': { followUp: 'out-of-scope' } });
    // Each round's own figures keep what it has.
    expect(agreedScores(twelve, before).index).toBe(1.83);
  });

  test('with nothing in common there is none', () => {
    const first = scores(2, 2, 2, 2, 2, 2);
    const second = scores(null, null, null, null, null, null, 3, 3, 3, 3, 3, 3);
    const nothing = { baseline: null, followUp: null, points: null, percent: null, missing: 'out-of-scope' };
    expect(compareAgreed(twelve, first, second)).toMatchObject({ index: nothing, planes: { P1: nothing }, areas: {} });
  });

  test('adds up in hundredths, whatever was agreed', () => {
    const score = fc.option(
      fc.integer({ min: 2, max: 10 }).map((halves) => halves / 2),
      { freq: 8 },
    );
    const set = fc.array(score, { minLength: 12, maxLength: 12 }).map((list) => scores(...list));
    fc.assert(
      fc.property(set, set, (baseline, followUp) => {
        const change = compareAgreed(twelve, baseline, followUp);
        for (const delta of [change.index, ...Object.values(change.planes), ...Object.values(change.areas)]) {
          if (delta.baseline === null || delta.followUp === null || delta.percent === null) continue;
          const [from, to] = [Math.round(delta.baseline * 100), Math.round(delta.followUp * 100)];
          expect(Math.round(delta.points! * 100)).toBe(to - from);
          expect(delta.points).toBe((to - from) / 100);
          expect(Math.abs(delta.percent - (100 * (to - from)) / from)).toBeLessThanOrEqual(0.5);
        }
      }),
    );
  });

  test('equals each round’s own figures where both have the same scope', () => {
    const change = compareAgreed(twelve, before, after);
    expect(change.index.baseline).toBe(agreedScores(twelve, before).index);
    expect(change.planes['P2']?.followUp).toBe(agreedScores(twelve, after).planes['P2']);
    expect(toHundredths(change.index.points!)).toBe(113);
  });
});

describe('checking agreed scores from outside', () => {
  test('a whole set passes', () => {
    expect(checkAgreedScores(twelve, { ...before, 'P1.1': null })).toEqual([]);
  });

  test('everything wrong is said at once, with its place', () => {
    const given = Object.fromEntries(Object.entries(before).filter(([area]) => area !== 'P3.3'));
    const problems = checkAgreedScores(twelve, {
      ...given,
      'P1.1': 2.25,
      'P1.2': 5.5,
      'P1.3': '2',
      'P1.4': 0.5,
      'P1.5': Infinity,
      'P9.9': 3,
      'P1/1': 3,
    });
    expect(problems.map(({ pointer, code }) => `${pointer ?? ''} ${code}`).toSorted()).toEqual([
      '/P1.1 not-a-half-point',
      '/P1.2 not-on-scale',
      '/P1.3 not-a-number',
      '/P1.4 not-on-scale',
      '/P1.5 not-a-number',
      '/P1~11 unknown-area',
      '/P3.3 area-absent',
      '/P9.9 unknown-area',
    ]);
  });

  test.each([[null], [[1, 2]], ['{}'], [3]])('%j is no set of scores', (given) => {
    expect(checkAgreedScores(twelve, given)).toMatchObject([{ code: 'not-an-object' }]);
  });
});
