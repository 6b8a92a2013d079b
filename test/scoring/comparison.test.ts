import { compareRounds } from '../../src/scoring/comparison';
import { scoredRound } from '../../src/scoring/scorecard';
import { hs, people, ratings, round, twelveAreaCodes, twelveAreas } from '../support/scoring';

const twelve = twelveAreas();
type Given = Parameters<typeof round>;

function compare(baseline: Given, followUp: Given, instrument = twelve) {
  return compareRounds(
    instrument,
    scoredRound(instrument, round(...baseline)),
    scoredRound(instrument, round(...followUp)),
  );
}

const same = (rating: number, others = {}) => people(5, ratings(rating, others));

describe('a change', () => {
  test('is given for survey, sides and groups at every level', () => {
    const change = compare([{ officials: same(2), ngo: same(1) }], [{ officials: same(3), ngo: same(4) }]);
    for (const compared of [change.areas['P2.2']!, change.planes['P3']!, change.index]) {
      expect(compared).toMatchObject({
        survey: { baseline: 1.5, followUp: 3.5, points: 2, percent: 133 },
        sides: {
          administration: { baseline: 2, followUp: 3, points: 1, percent: 50 },
          ngo: { baseline: 1, followUp: 4, points: 3, percent: 300 },
        },
        groups: { officials: { points: 1, percent: 50 }, ngo: { points: 3, percent: 300 } },
      });
      expect(Object.keys(compared.groups)).toEqual(['officials', 'ngo']);
      expect(compared.notCompared.areas).toEqual({});
    }
  });

  test('has unrounded points, and percent as published from rounded figures', () => {
    // Officials rate P1.1 1, 1, 2 → 1.3333 and later 2, 2, 3 → 2.3333: published 1.33 → 2.33 is 75.19 %.
    const rate = (...list: number[]) => list.map((rating) => ratings(3, { 'P1.1': rating }));
    const { areas } = compare([{ officials: rate(1, 1, 2) }], [{ officials: rate(2, 2, 3) }]);
    const delta = areas['P1.1']!.groups['officials']!;
    expect(delta.points).toBeCloseTo(1, 12);
    expect(delta.percent).toBe(75);
    expect(delta.baseline).toBeCloseTo(4 / 3, 12);
  });

  test('from a published 0 has points and no percent', () => {
    const zero = twelveAreas({ scale: { ...twelve.scale!, min: 0 } });
    const { index } = compare([{ officials: same(0), ngo: same(0) }], [{ officials: same(2), ngo: same(1) }], zero);
    expect(index.survey).toMatchObject({
      baseline: 0,
      followUp: 1.5,
      points: 1.5,
      percent: null,
      missing: 'zero-baseline',
    });
  });
});

describe('groups that are not in both rounds', () => {
  const change = compare(
    [{ officials: same(2), councillors: same(5), ngo: same(1) }],
    [{ officials: same(3), ngo: same(4), informal: same(1) }],
  );

  test('are in no compared figure: the side compares its common groups', () => {
    for (const compared of [change.areas['P1.1']!, change.planes['P1']!, change.index]) {
      // Officials only: 2 → 3, although the baseline's own figure is (2 + 5) / 2.
      expect(compared.sides.administration).toMatchObject({ baseline: 2, followUp: 3 });
      expect(compared.sides.ngo).toMatchObject({ baseline: 1, followUp: 4 });
      expect(compared.survey).toMatchObject({ baseline: 1.5, followUp: 3.5 });
      expect(Object.keys(compared.groups)).toEqual(['officials', 'ngo']);
    }
  });

  test('are named with what each round lacks', () => {
    expect(change.index.notCompared.groups).toEqual({
      councillors: { followUp: 'no-answers' },
      informal: { baseline: 'no-answers' },
      'benefit-council': { baseline: 'no-answers', followUp: 'no-answers' },
    });
  });

  test('a group hidden in one round is compared in none, and says no number', () => {
    const { areas, index } = compare(
      [{ officials: same(2), councillors: people(3, ratings(5)), ngo: people(4, ratings(1)) }, { k: 5 }],
      [{ officials: same(3), councillors: same(4), ngo: same(4) }, { k: 5 }],
    );
    for (const compared of [areas['P1.1']!, index]) {
      expect(Object.keys(compared.groups)).toEqual(['officials']);
      expect(compared.sides.administration).toMatchObject({ baseline: 2, followUp: 3 });
      expect(compared.sides.ngo).toMatchObject({
        baseline: null,
        followUp: null,
        points: null,
        percent: null,
        hidden: 'k',
      });
      expect(compared.notCompared.groups).toMatchObject({
        councillors: { baseline: 'hidden' },
        ngo: { baseline: 'hidden' },
      });
    }
    expect(areas['P1.1']!.survey).toMatchObject({
      baseline: null,
      followUp: null,
      points: null,
      percent: null,
      missing: 'side-missing',
    });
    expect(index.survey.missing).toBe('area-missing');
  });

  test('a side without a common group leaves the joint change missing', () => {
    const { areas } = compare([{ officials: same(2), ngo: same(1) }], [{ councillors: same(2), ngo: same(1) }]);
    expect(areas['P1.1']!.sides.administration).toMatchObject({ points: null, missing: 'no-answers' });
    expect(areas['P1.1']!.survey).toMatchObject({ points: null, missing: 'side-missing' });
    const neither = compare([{ officials: same(2), ngo: same(1) }], [{ councillors: same(2), informal: same(1) }]);
    expect(neither.areas['P1.1']!.survey).toMatchObject({ points: null, missing: 'side-missing' });
    expect(neither.index.notCompared.areas['P1.1']).toEqual({
      baseline: 'no-common-groups',
      followUp: 'no-common-groups',
    });
  });
});

describe('areas that are not in both rounds', () => {
  const low = { 'P2.3': 1 };
  const change = compare(
    [{ officials: same(3, low), ngo: same(3, low) }],
    [{ officials: same(4), ngo: same(4) }, { outOfScope: ['P2.3'] }],
  );

  test('out of scope in one round: left out of both rounds’ compared means, and flagged', () => {
    for (const compared of [change.planes['P2']!, change.index]) {
      const delta = { baseline: 3, followUp: 4, points: 1, percent: 33 };
      expect(compared).toMatchObject({ survey: delta, sides: { ngo: delta }, groups: { ngo: delta } });
      expect(compared.notCompared.areas).toEqual({ 'P2.3': { followUp: 'out-of-scope' } });
    }
    expect(change.planes['P1']!.notCompared.areas).toEqual({});
  });

  test('the area itself has no change', () => {
    const nothing = { baseline: null, followUp: null, points: null, percent: null, missing: 'out-of-scope' };
    expect(change.areas['P2.3']).toMatchObject({
      survey: nothing,
      sides: { administration: nothing, ngo: nothing },
      groups: {},
      notCompared: { groups: { ngo: { followUp: 'out-of-scope' } }, areas: { 'P2.3': { followUp: 'out-of-scope' } } },
    });
  });

  test('a plane that is out of scope has no change', () => {
    const { planes } = compare(
      [{ officials: same(3), ngo: same(3) }, { outOfScope: ['P2.1', 'P2.2', 'P2.3'] }],
      [{ officials: same(4), ngo: same(4) }],
    );
    expect(planes['P2']).toMatchObject({ survey: { points: null, missing: 'out-of-scope' }, groups: {} });
    expect(planes['P2']!.sides.ngo).toMatchObject({ points: null, missing: 'out-of-scope' });
  });

  test('a group compares its planes over the areas that it shows in both rounds', () => {
    const { planes, index } = compare(
      [{ officials: same(3), ngo: same(3, { 'P1.1': hs, 'P1.2': 1 }) }],
      [{ officials: same(3), ngo: same(3, { 'P1.1': 5 }) }],
    );
    // NGO without P1.1: baseline (1 + 4·3) / 5 = 2.6, follow-up 3; its own follow-up figure is 20/6.
    const ngo = planes['P1']!.groups['ngo']!;
    expect(ngo.baseline).toBeCloseTo(2.6, 12);
    expect(ngo).toMatchObject({ followUp: 3, percent: 15, missingAreas: ['P1.1'] });
    // The survey plane goes without P1.1 too; the index needs every area.
    expect(planes['P1']!.survey).toMatchObject({ followUp: 3, missingAreas: ['P1.1'] });
    expect(planes['P1']!.survey.baseline).toBeCloseTo(2.8, 12);
    expect(planes['P1']!.notCompared.areas).toEqual({ 'P1.1': { baseline: 'side-missing' } });
    expect(index.survey).toMatchObject({
      baseline: null,
      followUp: null,
      points: null,
      percent: null,
      missing: 'area-missing',
      missingAreas: ['P1.1'],
    });
  });

  test('the common scope decides who has an overall score', () => {
    // Eleven answer all, one only P1 (6 areas): with all twelve in scope that is half, so n(o) = 12; without P1.1 in
    // one round it is 5 of 11, so n(o) = 11 in both.
    const partly = ratings(4, Object.fromEntries(twelveAreaCodes.slice(6).map((area) => [area, hs])));
    const answers = { ngo: [...people(11, ratings(4)), partly] };
    const n = (outOfScope: string[]) =>
      compare([answers, { k: 5 }], [answers, { k: 5, outOfScope }]).index.groups['ngo']!.n;
    expect(n([])).toEqual({ baseline: 12, followUp: 12 });
    expect(n(['P1.1'])).toEqual({ baseline: 11, followUp: 11 });
  });
});
