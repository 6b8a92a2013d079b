import type { Answers } from '../../src/definitions/answers';
import type { Instrument } from '../../src/definitions/instrument';
import { scoreRound } from '../../src/scoring/scorecard';
import { ProblemsFound } from '../../src/shared/errors';
import { smallInstrument } from '../support/instruments';
import { hs, na, people, ratings, round, shown, twelveAreaCodes, twelveAreas } from '../support/scoring';

const small = smallInstrument();
const twelve = twelveAreas();

/** The score of one official in one area of the small instrument. */
function scoreOfOne(area: string, answers: Answers, instrument = small): number | null {
  return shown(scoreRound(instrument, round({ officials: [answers] })).areas[area]?.groups['officials']).mean;
}

describe('one respondent in one area', () => {
  test('weights count: a1 weighs 1, a2 weighs 2', () => {
    // (1·4 + 2·1) / 3 = 2
    expect(scoreOfOne('P1.1', { a1: 4, a2: 1 })).toBe(2);
  });

  test('too little answered weight is no score: 1 of 3 is less than half, 2 of 3 is enough', () => {
    expect(scoreOfOne('P1.1', { a1: 4 })).toBeNull();
    expect(scoreOfOne('P1.1', { a2: 1 })).toBe(1);
  });

  test('hard to say counts as not answered, not applicable does not count at all', () => {
    expect(scoreOfOne('P1.1', { a1: 4, a2: hs })).toBeNull();
    expect(scoreOfOne('P1.1', { a1: 4, a2: na })).toBe(4);
    expect(scoreOfOne('P1.1', { a1: na, a2: na })).toBeNull();
    expect(scoreOfOne('P1.1', { a1: hs, a2: hs })).toBeNull();
    expect(scoreOfOne('P1.1', { a1: hs, a2: na })).toBeNull();
  });

  test('exactly the least share is enough, also where its weights are no binary fractions', () => {
    const questions = small.questions.map((question) =>
      question.code === 'a1'
        ? { ...question, weight: 0.1 }
        : question.code === 'a2'
          ? { ...question, weight: 0.2 }
          : question,
    );
    // 0.1 of 0.30000000000000004 is a third.
    const thresholds = { ...small.thresholds!, minAnsweredShare: 1 / 3 };
    expect(scoreOfOne('P1.1', { a1: 4 }, { ...small, questions, thresholds })).toBe(4);
    expect(
      scoreOfOne('P1.1', { a1: 4 }, { ...small, questions, thresholds: { ...thresholds, minAnsweredShare: 0.34 } }),
    ).toBeNull();
  });

  test('without thresholds half must be answered', () => {
    const bare = Object.fromEntries(
      Object.entries(small).filter(([key]) => key !== 'thresholds'),
    ) as unknown as Instrument;
    expect(scoreOfOne('P1.2', { part: 'yes', b1: 2 }, bare)).toBe(2);
    expect(scoreOfOne('P1.1', { a1: 4 }, bare)).toBeNull();
  });

  test('an item that was not asked is neither answered nor lacking', () => {
    // b2 is asked only where part = yes.
    expect(scoreOfOne('P1.2', { part: 'yes', b1: 2, b2: 5 })).toBe(3.5);
    expect(scoreOfOne('P1.2', { part: 'no', b1: 2, b2: 5 })).toBe(2);
    expect(scoreOfOne('P1.2', { b1: 2, b2: 5 })).toBe(2);
  });

  test('the short form counts its own items only', () => {
    const answers = { part: 'yes', a1: 4, a2: 1, b1: 2, b2: 5, c1: 3 };
    const { areas } = scoreRound(small, round({ officials: [answers] }, { form: 'core' }));
    expect(shown(areas['P1.1']?.groups['officials']).mean).toBe(4);
    expect(shown(areas['P1.2']?.groups['officials']).mean).toBe(2);
  });

  test('facts and the round reach the rules', () => {
    const questions = small.questions.map((question) =>
      question.code === 'b2'
        ? { ...question, visibleIf: { and: [{ fact: 'council' }, { '==': [{ round: true }, 'follow-up'] }] } }
        : question,
    );
    const instrument = { ...small, questions };
    const score = (overrides: object) =>
      shown(
        scoreRound(instrument, round({ officials: [{ b1: 2, b2: 4 }] }, overrides)).areas['P1.2']?.groups['officials'],
      ).mean;
    expect(score({ facts: { council: true }, round: 'follow-up' })).toBe(3);
    expect(score({ facts: { council: true }, round: 'baseline' })).toBe(2);
    expect(score({ facts: { council: true } })).toBe(2);
    expect(score({ round: 'follow-up' })).toBe(2);
  });
});

describe('a group', () => {
  test('mean, n, sd and interval of an area, with what was done with its items', () => {
    const answers = [{ a1: 2, a2: 2 }, { a1: 3, a2: 3 }, { a1: 3, a2: hs }, { a1: na, a2: 3 }, { a1: 4, a2: 4 }, {}];
    const { areas } = scoreRound(small, round({ officials: answers }, { groupSizes: { officials: 16 } }));
    const figure = shown(areas['P1.1']?.groups['officials']);
    // Scores 2, 3, (1 of 3 answered: none), 3, 4, (none): mean 3, sd sqrt(2/3), t(0.975, 3) = 3.182446,
    // half = 3.182446 · 0.8164966 / 2 · sqrt(1 - 4/16) = 1.299228 · 0.8660254 = 1.125165
    expect(figure.mean).toBe(3);
    expect(figure.n).toBe(4);
    expect(figure.sd).toBeCloseTo(Math.sqrt(2 / 3), 12);
    expect(figure.interval?.[0]).toBeCloseTo(3 - 1.125165, 6);
    expect(figure.interval?.[1]).toBeCloseTo(3 + 1.125165, 6);
    expect(figure.items).toEqual({ answered: 8, unanswered: 2, hardToSay: 1, notApplicable: 1 });
  });

  test('every group is listed, also one that nobody is in', () => {
    const { areas, planes, index } = scoreRound(small, round({ officials: [{ a1: 4, a2: 4 }] }));
    for (const { groups } of [areas['P1.1']!, planes['P1']!, index]) {
      expect(Object.keys(groups)).toEqual(['officials', 'councillors', 'ngo', 'informal', 'benefit-council']);
      expect(groups['informal']).toEqual({ mean: null, n: 0, sd: null, interval: null, missing: 'no-answers' });
    }
  });

  test('one answer: the mean stands, sd and interval do not', () => {
    const { areas } = scoreRound(small, round({ officials: [{ a1: 4, a2: 4 }] }));
    expect(areas['P1.1']?.groups['officials']).toMatchObject({
      mean: 4,
      n: 1,
      sd: null,
      interval: null,
      missing: 'one-answer',
    });
  });

  test('all agree: an interval only where nobody else could have answered', () => {
    const agree = { officials: people(6, { a1: 4, a2: 4 }) };
    const figure = (groupSizes: Record<string, number>) =>
      scoreRound(small, round(agree, { groupSizes })).areas['P1.1']?.groups['officials'];
    expect(figure({})).toMatchObject({ mean: 4, n: 6, sd: 0, interval: null, missing: 'no-spread' });
    expect(figure({ officials: 7 })).toMatchObject({ sd: 0, interval: null, missing: 'no-spread' });
    expect(figure({ officials: 6 })).toMatchObject({ sd: 0, interval: [4, 4] });
    expect(figure({ officials: 6 })).not.toHaveProperty('missing');
  });

  test('over areas: the mean is that of its area means, the rest comes from the respondents’ own means', () => {
    // P1.1: 2, 4, 4 and one without → 10/3;  P1.2: 3, 5, -, 1 → 3;  P1 = 19/6 = 3.1667.
    // Own means over P1: 2.5, 4.5, 4 (one of two areas is half), 1: mean 3, sd = sqrt((0.25+2.25+1+4)/3) = 1.581139,
    // half = 3.182446 · 1.581139 / 2 = 2.515942, so 3.1667 ± 2.5159 → cut at 5 above.
    const answers = [{ a1: 2, a2: 2, b1: 3 }, { a1: 4, a2: 4, b1: 5 }, { a1: 4, a2: 4 }, { b1: 1 }];
    const figure = shown(scoreRound(small, round({ officials: answers })).planes['P1']?.groups['officials']);
    expect(figure.mean).toBeCloseTo(19 / 6, 12);
    expect(figure.n).toBe(4);
    expect(figure.sd).toBeCloseTo(1.581139, 6);
    expect(figure.interval?.[0]).toBe(1);
    expect(figure.interval?.[1]).toBe(5);
    expect(figure).not.toHaveProperty('missingAreas');
  });

  test('over areas: respondents with fewer than half of the areas do not count in n', () => {
    // All three areas have two people or more: one answered area of three is less than half, two are enough.
    const answers = [{ b1: 3 }, { b1: 3, c1: 5 }, { a1: 1, a2: 1, b1: 3, c1: 5 }, { a1: 1, a2: 1 }];
    const figure = shown(scoreRound(small, round({ officials: answers })).index.groups['officials']);
    // area means 1, 3, 5 → 3; own means 4 and 3.
    expect(figure).toMatchObject({ mean: 3, n: 2 });
    expect(figure.sd).toBeCloseTo(Math.sqrt(0.5), 12);
  });

  test('over areas: an area that cannot be shown is left out and named', () => {
    const answers = [...people(4, { b1: 3, c1: 5 }), { a1: 1, a2: 1, b1: 3, c1: 5 }];
    const figure = shown(scoreRound(small, round({ officials: answers }, { k: 5 })).index.groups['officials']);
    expect(figure).toMatchObject({ mean: 4, n: 5, missingAreas: ['P1.1'] });
  });
});

describe('sides and the joint score', () => {
  test('326 answers of NGOs weigh as much as 45 of the administration', () => {
    const input = round({ ngo: people(326, ratings(5)), officials: people(45, ratings(2)) }, { k: 5 });
    const { areas, planes, index } = scoreRound(twelve, input);
    for (const score of [areas['P1.1']!, planes['P2']!, index]) {
      expect(score.sides.administration).toMatchObject({ mean: 2 });
      expect(score.sides.ngo).toMatchObject({ mean: 5 });
      // Pooled answers would give (326·5 + 45·2) / 371 = 4.64.
      expect(score.survey).toBe(3.5);
    }
  });

  test('a side is the plain mean of its groups; a group without a side is shown apart', () => {
    const input = round({
      officials: people(10, ratings(4)),
      councillors: people(2, ratings(1)),
      ngo: people(5, ratings(5)),
      'benefit-council': people(9, ratings(1)),
    });
    const { index } = scoreRound(twelve, input);
    expect(index.sides.administration.mean).toBe(2.5);
    expect(index.sides.ngo.mean).toBe(5);
    expect(index.survey).toBe(3.75);
    expect(shown(index.groups['benefit-council']).mean).toBe(1);
  });

  test('the instrument may weigh the sides', () => {
    const weighted = twelveAreas({ sideWeights: { administration: 1, ngo: 3 } });
    const { index } = scoreRound(weighted, round({ officials: people(5, ratings(2)), ngo: people(5, ratings(4)) }));
    expect(index.survey).toBe(3.5);
  });

  test('a side that is missing leaves the survey score missing, and says so', () => {
    const onlyNgo = scoreRound(twelve, round({ ngo: people(5, ratings(4)) }));
    expect(onlyNgo.areas['P1.1']).toMatchObject({
      survey: null,
      missing: 'side-missing',
      sides: { administration: { mean: null, missing: 'no-answers' }, ngo: { mean: 4 } },
    });
    const onlyCouncil = scoreRound(twelve, round({ 'benefit-council': people(5, ratings(4)) }));
    expect(onlyCouncil.areas['P1.1']).toMatchObject({ survey: null, missing: 'no-answers' });
  });
});

describe('planes and the index', () => {
  test('the index is the mean of areas, not of planes', () => {
    // P1 (six areas) all 1, P2 and P3 (three each) all 5: areas (6 + 15 + 15) / 12 = 3, planes would give 3.67.
    const others = Object.fromEntries(twelveAreaCodes.slice(0, 6).map((area) => [area, 1]));
    const answers = people(5, ratings(5, others));
    const { planes, index } = scoreRound(twelve, round({ officials: answers, ngo: answers }));
    expect(Object.values(planes).map((plane) => plane.survey)).toEqual([1, 5, 5]);
    expect(index.survey).toBe(3);
    expect(shown(index.groups['ngo']).mean).toBe(3);
  });

  test('an area without a score is missing from the index, which names it, and left out of its plane', () => {
    const input = round({ officials: people(5, ratings(2)), ngo: people(5, ratings(4, { 'P1.1': hs })) });
    const { areas, planes, index } = scoreRound(twelve, input);
    expect(areas['P1.1']).toMatchObject({ survey: null, missing: 'side-missing' });
    expect(planes['P1']).toMatchObject({ survey: 3, missingAreas: ['P1.1'] });
    expect(planes['P1']).not.toHaveProperty('missing');
    expect(index).toMatchObject({ survey: null, missing: 'area-missing', missingAreas: ['P1.1'] });
    expect(planes['P2']).not.toHaveProperty('missingAreas');
  });

  test('a plane without any area score is missing', () => {
    const { planes } = scoreRound(twelve, round({ ngo: people(5, ratings(4)) }));
    expect(planes['P2']).toMatchObject({
      survey: null,
      missing: 'area-missing',
      missingAreas: ['P2.1', 'P2.2', 'P2.3'],
    });
  });

  test('areas out of scope distort no mean', () => {
    const others = { 'P2.1': 1, 'P2.2': 1, 'P2.3': 1, 'P3.3': 1 };
    const answers = people(5, ratings(4, others));
    const outOfScope = ['P2.1', 'P2.2', 'P2.3', 'P3.3'];
    const { areas, planes, index } = scoreRound(twelve, round({ officials: answers, ngo: answers }, { outOfScope }));
    const nothing = { mean: null, n: 0, sd: null, interval: null, missing: 'out-of-scope' };
    for (const score of [areas['P3.3']!, planes['P2']!]) {
      expect(score).toMatchObject({
        survey: null,
        missing: 'out-of-scope',
        sides: { ngo: { mean: null, missing: 'out-of-scope' } },
      });
      expect(score.groups['ngo']).toEqual(nothing);
    }
    expect(planes['P3']?.survey).toBe(4);
    expect(index.survey).toBe(4);
    expect(shown(index.groups['ngo'])).toMatchObject({ mean: 4, n: 5 });
  });

  test('with every area out of scope there is no index', () => {
    const { index } = scoreRound(twelve, round({ ngo: people(5, ratings(4)) }, { outOfScope: twelveAreaCodes }));
    expect(index).toMatchObject({ survey: null, missing: 'out-of-scope' });
  });
});

describe('hiding figures of fewer than k people', () => {
  const input = round(
    {
      officials: people(6, ratings(4)),
      councillors: people(4, ratings(1)),
      ngo: people(4, ratings(2)),
      informal: people(2, ratings(3)),
    },
    { k: 5 },
  );
  const { areas, planes, index } = scoreRound(twelve, input);

  test('a hidden group tells nothing, is left out of its side and named there', () => {
    for (const score of [areas['P1.1']!, planes['P1']!, index]) {
      expect(score.groups['councillors']).toEqual({ hidden: 'k' });
      expect(score.sides.administration).toMatchObject({ mean: 4, without: ['councillors'] });
    }
  });

  test('a side of hidden groups is hidden, and the survey score misses a side', () => {
    for (const score of [areas['P1.1']!, planes['P1']!, index]) {
      expect(score.sides.ngo).toMatchObject({ mean: null, hidden: 'k', without: ['ngo', 'informal'] });
      expect(score.survey).toBeNull();
    }
    expect(areas['P1.1']?.missing).toBe('side-missing');
  });

  test('hidden looks different from no answers', () => {
    expect(areas['P1.1']?.groups['benefit-council']).toMatchObject({ n: 0, missing: 'no-answers' });
  });

  test('k = 1 hides nothing', () => {
    const open = scoreRound(twelve, { ...input, k: 1 });
    expect(JSON.stringify(open)).not.toContain('hidden');
    expect(open.index.sides.ngo).toMatchObject({ mean: 2.5 });
  });

  test('each figure is judged by its own number of answers', () => {
    // Six answer P1, only four of them P2 and P3: their overall scores (at least 6 of 12 areas) are all there.
    const partly = ratings(4, Object.fromEntries(twelveAreaCodes.slice(6).map((area) => [area, hs])));
    const score = scoreRound(twelve, round({ ngo: [...people(4, ratings(4)), ...people(2, partly)] }, { k: 5 }));
    expect(shown(score.areas['P1.1']?.groups['ngo'])).toMatchObject({ mean: 4, n: 6 });
    expect(score.areas['P2.1']?.groups['ngo']).toEqual({ hidden: 'k' });
    expect(score.planes['P2']?.groups['ngo']).toEqual({ hidden: 'k' });
    expect(shown(score.index.groups['ngo'])).toMatchObject({ mean: 4, n: 6, missingAreas: twelveAreaCodes.slice(6) });
  });

  test('a group of which only hidden areas exist is hidden as a whole, not silent', () => {
    // Each person answers one area only: nobody has an overall score, and each area has one answer.
    const alone = twelveAreaCodes.map((area) =>
      ratings(3, Object.fromEntries(twelveAreaCodes.map((other) => [other, other === area ? 3 : hs]))),
    );
    const score = scoreRound(twelve, round({ ngo: alone }, { k: 5 }));
    expect(score.index.groups['ngo']).toEqual({ hidden: 'k' });
  });
});

describe('what cannot be scored', () => {
  const problemsOf = (run: () => unknown): readonly string[] => {
    try {
      run();
    } catch (error) {
      if (error instanceof ProblemsFound) return error.problems.map((problem) => problem.code);
    }
    return [];
  };

  test('everything wrong is said at once', () => {
    const input = round(
      { officials: people(3, ratings(4)), mayors: people(1, ratings(4)) },
      { groupSizes: { officials: 2, ngos: 4, ngo: 1.5, informal: 0 }, outOfScope: ['P9.9'], k: 0 },
    );
    expect(problemsOf(() => scoreRound(twelve, input)).toSorted()).toEqual(
      [
        'bad-k',
        'unknown-area',
        'unknown-group',
        'unknown-group',
        'bad-group-size',
        'bad-group-size',
        'more-answers-than-people',
      ].toSorted(),
    );
  });

  test('as many answers as people is fine, one more is not', () => {
    const input = round({ officials: people(3, ratings(4)) }, { groupSizes: { officials: 3 } });
    expect(problemsOf(() => scoreRound(twelve, input))).toEqual([]);
    expect(problemsOf(() => scoreRound(twelve, { ...input, groupSizes: { officials: 2 } }))).toEqual([
      'more-answers-than-people',
    ]);
  });

  test('a form that only asks has no scores', () => {
    expect(problemsOf(() => scoreRound({ ...small, kind: 'form' }, round({})))).toEqual(['not-an-assessment']);
  });
});
