import type { Answers } from '../../src/definitions/answers';
import type { Instrument } from '../../src/definitions/instrument';
import { checkVersionMap, mapBetween } from '../../src/definitions/version-map';
import { releasePair, releaseRound, type RoundInput } from '../../src/scoring';
import { asPublished } from '../../src/scoring/publish';
import { classesBy } from '../../src/scoring/classes';
import { item, smallInstrument, text } from '../support/instruments';
import { lijw, lijwPeople } from '../support/report';
import { hs, people, round, twelveAreas, ratings } from '../support/scoring';

const small = smallInstrument();
const opened = (instrument: Instrument) => ({ instrument, hash: 'h'.repeat(64) });
type Given = Readonly<Record<string, readonly Answers[]>>;
const toRelease = (given: Given, overrides: Partial<RoundInput> = {}, instrument = small) => ({
  opened: opened(instrument),
  input: round(given, { k: 5, ...overrides }),
});
const release = (...given: Parameters<typeof toRelease>) => releaseRound(toRelease(...given));

/** The same people over and over, up to `times`. */
const cycle = (times: number, list: readonly Answers[]) =>
  Array.from({ length: times }, (_one, at) => list[at % list.length]!);
const both = [
  { a1: 2, a2: 3 },
  { a1: 4, a2: 4 },
  { a1: 3, a2: 5 },
];

describe('a released round', () => {
  test('tells of a group from k to 2k - 1 people its mean and n, of a smaller one nothing', () => {
    const { scorecard, groups, respondents, notes } = release({
      officials: cycle(10, both),
      councillors: cycle(9, both),
      'benefit-council': cycle(4, both),
    });
    const figures = scorecard.areas['P1.1']!.groups;
    expect(figures['officials']).toMatchObject({ n: 10, sd: expect.any(Number), interval: expect.any(Array) });
    expect(figures['councillors']).toEqual({ mean: 3.67, n: 9, sd: null, interval: null, withheld: 'spread' });
    expect(figures['benefit-council']).toEqual({ hidden: 'k' });
    expect(groups.at(-1)).toMatchObject({ respondents: null, size: null, rate: null, hidden: 'k' });
    expect(respondents).toBe(19);
    expect(notes).toContainEqual({ note: 'left-out', group: 'benefit-council' });
    expect(notes.filter(({ note }) => note === 'spread-borrowed')).toMatchObject([{ group: 'councillors' }]);
  });

  test('merges as the plan says, and says so', () => {
    const { groups, notes } = release(
      { ngo: cycle(8, both), informal: cycle(3, both) },
      { groupSizes: { ngo: 20, informal: 5 } },
    );
    expect(groups).toContainEqual({
      ...{ code: 'ngo+informal', parts: ['ngo', 'informal'], side: 'ngo', respondents: 11, size: 25, rate: 44 },
    });
    expect(notes).toContainEqual({ note: 'merged', group: 'ngo+informal', parts: ['ngo', 'informal'] });
    expect(JSON.stringify(groups)).not.toContain('"code":"informal"');
  });

  test('gives answers item by item to both sides where both have 2k, else to everyone, else to nobody', () => {
    const items = (officials: number, ngo: number) =>
      release({ officials: cycle(officials, both), ngo: cycle(ngo, both) }).items['P1.1']!;
    expect(items(12, 10).holders.map(({ holder, n }) => [holder, n])).toEqual([
      ['administration', 12],
      ['ngo', 10],
    ]);
    expect(items(12, 10).holders[0]!.ratings['a1']).toEqual({ '1': 0, '2': 4, '3': 4, '4': 4, '5': 0 });
    expect(items(9, 4)).toEqual({ holders: [], withheld: 'too-few', alphaToo: false, without: ['officials'] });
  });

  test('counts a group under 2k in no distribution: its answers would follow from its mean and the others', () => {
    const { items, scorecard } = release({ officials: cycle(12, both), ngo: cycle(9, both) });
    expect(items['P1.1']).toMatchObject({ holders: [{ holder: 'everyone', n: 12 }], without: ['ngo'] });
    expect(scorecard.areas['P1.1']!.alpha).toBeNull();
  });

  describe('of a group of whom few skipped an item', () => {
    const without = (skipping: number, complete = 20) =>
      release({
        officials: [...cycle(complete, both), ...people(skipping, { a2: 1, a1: hs })],
        ngo: cycle(12, both),
      });

    test('leaves out others by lot in the distributions, so that nobody is told apart, and alpha', () => {
      for (const [skipping, counted] of [
        [0, 20],
        [1, 16],
        [4, 19],
        [5, 20],
      ] as const) {
        const { items, scorecard } = without(skipping);
        expect(items['P1.1']!.holders.map(({ n }) => n)).toEqual([counted, 12]);
        expect(items['P1.1']!.holders[0]!.unrated['a1']).toMatchObject({ hardToSay: skipping, unanswered: 0 });
        expect(items['P1.1']!.without).toEqual([]);
        expect(scorecard.areas['P1.1']!.alpha).toEqual(skipping === 0 ? expect.any(Number) : null);
      }
    });

    test('takes the same ones in whatever order the answers are read', () => {
      const given = toRelease({ officials: [...cycle(20, both), ...people(2, { a2: 1, a1: hs })] });
      const backwards = { ...given, input: { ...given.input, respondents: given.input.respondents.toReversed() } };
      expect(releaseRound(backwards).items).toEqual(releaseRound(given).items);
    });

    test('publishes nothing of the group where fewer than 2k would be left', () => {
      for (const [skipping, complete] of [
        [1, 13],
        [17, 3],
      ] as const) {
        const { items, scorecard } = without(skipping, complete);
        expect(items['P1.1']).toMatchObject({ holders: [{ holder: 'everyone', n: 12 }], without: ['officials'] });
        expect(scorecard.areas['P1.1']!.alpha).toBeNull();
      }
      const alone = release({ officials: [...cycle(12, both), ...people(1, { a2: 1, a1: hs })] });
      const nothing = { holders: [], withheld: 'classes', alphaToo: false, without: ['officials'] };
      expect(alone.items['P1.1']).toEqual(nothing);
    });

    test('does not mind people whom no figure counts', () => {
      const nobody = release({ officials: [...cycle(20, both), {}], ngo: cycle(12, both) });
      expect(nobody.items['P1.1']!.holders.map(({ n }) => n)).toEqual([20, 12]);
    });
  });

  test('gives the items that everybody was asked where too few rated those that a rule asks of some', () => {
    // b2 is asked of those who took part.
    const given = (part: string, count: number) => people(count, { part, b1: 3, ...(part === 'yes' ? { b2: 4 } : {}) });
    const ratings = (yes: number, no: number) =>
      release({ officials: [...given('yes', yes), ...given('no', no)] }).items['P1.2']!.holders[0]?.ratings ?? {};
    expect(Object.keys(ratings(20, 0))).toEqual(['b1', 'b2']);
    expect(Object.keys(ratings(6, 6))).toEqual(['b1']);
    // Beside b1 alone, b2 would say how few did not take part.
    expect(Object.keys(ratings(18, 2))).toEqual(['b1']);
  });

  test('holds no counts of item answers by group, and nothing of single people', () => {
    const released = release({ officials: cycle(20, both), ngo: cycle(12, both) });
    expect(JSON.stringify(released.scorecard)).not.toContain('"items"');
    expect(JSON.stringify(released)).not.toContain('officials-0');
  });

  test('is rounded, with points from the rounded figures', () => {
    expect(
      asPublished({ baseline: 1.8333, followUp: 2.9583, points: 1.125, p: 0.00123, df: 12.34, se: 0.12345, n: 12 }),
    ).toEqual({ baseline: 1.83, followUp: 2.96, points: 1.13, p: 0.0012, df: 12.3, se: 0.123, n: 12 });
    expect(asPublished({ figures: [2.004, 1.996], points: 0.008 })).toEqual({ figures: [2, 2], points: 0 });
    const numbers = JSON.stringify(
      releaseRound({
        opened: opened(lijw),
        input: round({}, { k: 5, respondents: lijwPeople(3, 3, { officials: 17, ngo: 13 }) }),
      }),
    ).match(/\d+\.\d{5,}/g);
    expect(numbers).toBeNull();
  });
});

test('classes are of those whom the same figures count; whom none counts is in none', () => {
  const times = (n: number, ...counted: boolean[]) => Array.from({ length: n }, () => counted);
  const people = [...times(9, true, true), ...times(4, true, false), ...times(2, false, false)];
  expect(classesBy(people, (counted) => counted).map(({ length }) => length)).toEqual([9, 4]);
});

describe('a released pair', () => {
  test('of a full and a core form leaves out a group where the two means would tell somebody apart', () => {
    // a1 is core and weighs 1 of 3: who answers it alone has no score in the full form, but one in the core.
    const full = (alone: number) => ({
      ngo: [...cycle(20, both), ...people(alone, { a1: 1 })],
      officials: cycle(20, both),
    });
    const core = { ngo: cycle(20, [{ a1: 3 }, { a1: 4 }]), officials: cycle(20, [{ a1: 3 }, { a1: 4 }]) };
    const pair = (alone: number) =>
      releasePair(toRelease(full(alone)), toRelease(core, { form: 'core' }), null).change.areas['P1.1']!;
    expect(pair(0).groups['ngo']).toMatchObject({ n: { baseline: 20, followUp: 20 } });
    expect(pair(5).groups['ngo']).toMatchObject({ n: { baseline: 25, followUp: 20 } });
    expect(pair(2).groups).not.toHaveProperty('ngo');
    expect(pair(2).notCompared.groups['ngo']).toEqual({ baseline: 'hidden' });
  });

  test('of a full and a core form leaves out a group under 2k whose people rated different items', () => {
    const page = (questions: readonly string[]) => ({ code: 'all', title: text('Pytania'), sections: [{ questions }] });
    const threeItems = smallInstrument({
      questions: [...small.questions, item('a3', 'P1.1')],
      forms: {
        full: { minutes: 2, pages: [page(['a1', 'a2', 'a3'])] },
        core: { minutes: 1, pages: [page(['a1', 'a2'])] },
      },
    });
    const whole = { a1: 1, a2: 1, a3: 2 };
    const pair = (all: number, without: number) =>
      releasePair(
        toRelease({ ngo: [...people(all, whole), ...people(without, { a2: 1, a3: 1 })] }, {}, threeItems),
        toRelease({ ngo: people(20, { a1: 3, a2: 3 }) }, { form: 'core' }, threeItems),
        null,
      ).change.areas['P1.1']!;
    expect(pair(7, 0).groups['ngo']).toMatchObject({ n: { baseline: 7, followUp: 20 } });
    expect(pair(5, 2).notCompared.groups['ngo']).toEqual({ baseline: 'hidden' });
    expect(pair(12, 5).notCompared.groups).not.toHaveProperty('ngo');
  });

  test('uses the larger k of both rounds', () => {
    const pair = releasePair(
      toRelease({ officials: cycle(6, both) }, { k: 3 }),
      toRelease({ officials: cycle(6, both) }, { k: 7 }),
      null,
    );
    expect(pair.k).toBe(7);
    expect(pair.change.areas['P1.1']!.groups).not.toHaveProperty('officials');
  });
});

describe('two versions', () => {
  const twelve = twelveAreas();
  const codes = twelve.questions.map(({ code }) => code);
  const areas = twelve.planes!.flatMap((plane) => plane.areas.map(({ code }) => code));
  const fates = (given: object) => ({ kept: [], changed: [], dropped: [], new: [], ...given });
  /** Three changed items, each all of its area. */
  const changed = ['p11', 'p22', 'p33'];
  const later: Instrument = {
    ...twelve,
    version: '1.1.0',
    comparesWith: [
      {
        version: '1.0.0',
        items: fates({ kept: codes.filter((code) => !changed.includes(code)), changed }),
        areas: fates({ kept: areas }),
      },
    ],
  };
  const spread = cycle(12, [ratings(2), ratings(3), ratings(4)]);
  const other = cycle(12, [ratings(3, { 'P1.1': 1 }), ratings(4, { 'P2.2': 1 }), ratings(5)]);

  test('compare on exactly what is kept', () => {
    const map = mapBetween(twelve, later)!;
    const { change, comparedItems, versions } = releasePair(
      toRelease({ officials: spread, ngo: spread }, {}, twelve),
      toRelease({ officials: other, ngo: other }, {}, later),
      map,
    );
    expect(change.index.survey).toMatchObject({ baseline: 3, followUp: 4, points: 1, verdict: 'rose' });
    expect(Object.keys(change.index.notCompared.areas)).toEqual(['P1.1', 'P2.2', 'P3.3']);
    expect(change.areas['P1.1']).toMatchObject({
      survey: { baseline: null, followUp: null },
      groups: {},
      notCompared: { areas: { 'P1.1': { baseline: 'not-in-common', followUp: 'not-in-common' } } },
    });
    expect(Object.values(comparedItems).flat()).toEqual(codes.filter((code) => !changed.includes(code)));
    expect(versions?.items.changed).toEqual(changed);
  });

  test('an area that keeps less than half of its weight in either version is not compared', () => {
    // P1.1 has a1 (1) and a2 (2); P1.2 has b1 and b2.
    const next = (kept: readonly string[], gone: readonly string[]): Instrument => ({
      ...small,
      version: '1.1.0',
      comparesWith: [
        { version: '1.0.0', items: fates({ kept, changed: gone }), areas: fates({ kept: ['P1.1', 'P1.2', 'P2.1'] }) },
      ],
    });
    const compared = (kept: readonly string[], gone: readonly string[]) => {
      const version = next(kept, gone);
      const map = mapBetween(small, version)!;
      const given = { officials: cycle(12, both) };
      return releasePair(toRelease(given), toRelease(given, {}, version), map).change.areas['P1.1']!.notCompared.areas;
    };
    expect(compared(['a1', 'b1', 'b2', 'c1', 'c2'], ['a2'])).toHaveProperty(['P1.1']);
    expect(compared(['a2', 'b1', 'b2', 'c1', 'c2'], ['a1'])).toEqual({});
  });

  test('without a map, or with a wrong one, they do not compare; every fault of a map is named', () => {
    expect(mapBetween(later, twelve)).toBeNull();
    const map = mapBetween(twelve, later)!;
    const wrong = {
      ...map,
      items: { ...map.items, kept: map.items.kept.slice(1), dropped: ['p13'], new: ['p99'] },
      areas: { ...map.areas, kept: map.areas.kept.slice(0, -1), changed: ['P3.3'] },
      to: '2.0.0',
    };
    expect(checkVersionMap(wrong, twelve, later).map(({ pointer, code }) => `${code} ${pointer}`)).toEqual([
      'other-instrument /to',
      'wrong-fate /items/dropped/0',
      'wrong-fate /items/new/0',
      'not-mapped /items',
      'mapped-twice /items',
    ]);
  });
});

describe('questions outside the areas', () => {
  const asks = (filter: boolean): Instrument => ({
    ...small,
    questions: small.questions.map((question) =>
      question.code === 'part' && question.type === 'single-choice'
        ? { ...question, report: 'views' as const }
        : question.code === 'b2' && !filter
          ? { code: 'b2', type: 'rating' as const, area: 'P1.2', text: question.text }
          : question,
    ),
  });
  const given = (no: number) => ({
    officials: [...people(16 - no, { part: 'yes' }), ...people(no, { part: 'no' })],
    ngo: people(12, { part: 'yes' }),
  });
  const counts = (instrument: Instrument, no: number, code = 'part') =>
    release(given(no), {}, instrument).questions.find(({ question }) => question === code)!;

  test('that a rule reads count no group in which fewer than k people gave an answer', () => {
    expect(counts(asks(true), 5).holders.map(({ chosen }) => chosen['no'])).toEqual([5, 0]);
    expect(counts(asks(true), 2)).toMatchObject({
      ...{ holders: [{ holder: 'everyone', answered: 12, chosen: { yes: 12, no: 0 } }] },
      without: ['officials'],
    });
    expect(counts(asks(false), 2).holders.map(({ chosen }) => chosen['no'])).toEqual([2, 0]);
  });

  test('that a rule asks of some count no group in which it did not ask fewer than k people', () => {
    const instrument = asks(true);
    const often: Instrument = {
      ...instrument,
      questions: [
        ...instrument.questions,
        {
          ...{ type: 'yes-no', code: 'often', text: text('Często?'), report: 'views', requiredIf: true },
          visibleIf: { '==': [{ answer: 'part' }, 'yes'] },
        },
      ],
      forms: {
        full: {
          minutes: 10,
          pages: [{ code: 'all', title: text('Pytania'), sections: [{ questions: ['part', 'a1', 'a2', 'often'] }] }],
        },
      },
    };
    const asked = (no: number) =>
      release(
        {
          officials: [...people(16 - no, { part: 'yes', often: true }), ...people(no, { part: 'no' })],
          ngo: people(12, { part: 'yes', often: true }),
        },
        {},
        often,
      ).questions.find(({ question }) => question === 'often')!;
    expect(asked(5).holders.map(({ answered }) => answered)).toEqual([11, 12]);
    expect(asked(2)).toMatchObject({ holders: [{ holder: 'everyone', answered: 12 }], without: ['officials'] });
  });
});
