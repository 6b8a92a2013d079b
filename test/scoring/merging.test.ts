import { countByGroup, groupsAfterMerging, mergesNeeded, sizeOf } from '../../src/scoring/merging';
import { planGroups } from '../../src/scoring/planning';
import { releasePair, releaseRound } from '../../src/scoring/release';
import { checkRoundInput } from '../../src/scoring/round-input';
import { scoreRound } from '../../src/scoring/scorecard';
import { smallInstrument, text } from '../support/instruments';
import { people, ratings, round, shown, twelveAreas } from '../support/scoring';

const small = smallInstrument();
const plan = {
  mergePlan: [
    { groups: ['officials', 'councillors'], name: text('Urząd i radni', 'Office and council') },
    { groups: ['ngo', 'informal'], name: text('Organizacje i grupy', 'NGOs and groups') },
  ],
};
const twelve = twelveAreas(plan);

describe('after closing', () => {
  test.each([
    [{ ngo: 5, informal: 4 }, ['ngo+informal']],
    [{ ngo: 4 }, ['ngo+informal']],
    [{ ngo: 5, informal: 0 }, []],
    [{ ngo: 5, informal: 5 }, []],
    [{ 'benefit-council': 2 }, []],
    [{}, []],
  ])('of %j it merges %j', (respondents, merged) => {
    expect(mergesNeeded(small, respondents, 5)).toEqual(merged);
  });

  test('a merged group stands in the place of its first part, with the plan’s name', () => {
    const groups = groupsAfterMerging(small, ['ngo+informal']);
    expect(groups.map(({ code }) => code)).toEqual(['officials', 'councillors', 'ngo+informal', 'benefit-council']);
    expect(groups[2]).toEqual({
      ...{ code: 'ngo+informal', parts: ['ngo', 'informal'], side: 'ngo' },
      name: text('Organizacje i grupy', 'NGOs and groups'),
    });
  });

  test('its size is the sum of known ones, and unknown where one is unknown or more people answered', () => {
    const merged = groupsAfterMerging(small, ['ngo+informal'])[2]!;
    expect(sizeOf(merged, { ngo: 9, informal: 4 }, { ngo: 9, informal: 4 })).toBe(13);
    expect(sizeOf(merged, { ngo: 9 }, {})).toBeNull();
    expect(sizeOf(merged, { ngo: 9, informal: 4 }, { informal: 5 })).toBeNull();
    expect(countByGroup([{ group: 'ngo' }, { group: 'ngo' }])).toEqual({ ngo: 2 });
  });

  test('people are pooled everywhere, and the finer groups stand nowhere', () => {
    const input = round({ officials: people(8, ratings(2)), councillors: people(4, ratings(5)) }, { k: 5 });
    const { areas, index } = scoreRound(twelve, input);
    for (const { groups, sides } of [areas['P1.1']!, index]) {
      expect(Object.keys(groups)).toEqual(['officials+councillors', 'ngo', 'informal', 'benefit-council']);
      expect(shown(groups['officials+councillors'])).toMatchObject({ mean: 3, n: 12 });
      expect(sides.administration.mean).toBe(3);
    }
  });

  test('a group still under k is left out of everything, also where nobody of it answered an area', () => {
    const input = round({ officials: people(2, { p11: 3 }), ngo: people(6, ratings(4)) }, { k: 5 });
    const { areas, index } = scoreRound(twelve, input);
    for (const { groups } of [areas['P1.1']!, areas['P1.2']!, index]) {
      expect(groups['officials+councillors']).toEqual({ hidden: 'k' });
    }
  });
});

describe('at planning', () => {
  const planned = (sizes: Record<string, number>, chosen: string[] = []) => {
    const { asked, refused, recommended } = planGroups(twelve, sizes, 5, chosen);
    return {
      asked: asked.map(({ code, size, merged }) => [code, size, merged].join(' ')),
      refused,
      recommended,
    };
  };

  test('a group known to be small is offered merged only', () => {
    expect(planned({ officials: 3, councillors: 15, ngo: 31, informal: 12, 'benefit-council': 10 })).toEqual({
      asked: ['officials+councillors 18 must', 'ngo 31 ', 'informal 12 ', 'benefit-council 10 '],
      refused: [],
      recommended: [],
    });
  });

  test('without a partner it is refused, also where the partner is not there or too small', () => {
    expect(planned({ 'benefit-council': 4 }).refused).toEqual([{ group: 'benefit-council', size: 4 }]);
    expect(planned({ officials: 4, councillors: 0 }).refused).toEqual([{ group: 'officials', size: 4 }]);
    expect(planned({ ngo: 3, informal: 1 }).refused).toEqual([
      { group: 'ngo', size: 3 },
      { group: 'informal', size: 1 },
    ]);
  });

  test('k to 2k - 1 people: merging is recommended, and made where it is chosen', () => {
    const sizes = { officials: 18, councillors: 9, ngo: 10, informal: 10 };
    expect(planned(sizes)).toMatchObject({
      recommended: [{ merged: 'officials+councillors', because: ['councillors'] }],
    });
    expect(planned(sizes, ['officials+councillors'])).toMatchObject({
      asked: ['officials+councillors 27 chosen', 'ngo 10 ', 'informal 10 ', 'benefit-council  '],
      recommended: [],
    });
  });

  test('an unknown size forces nothing and stays unknown', () => {
    expect(planned({ officials: 3 }).asked[0]).toBe('officials+councillors  must');
    expect(planned({}).asked).toHaveLength(5);
  });
});

describe('a group that is asked as one', () => {
  const merged = 'officials+councillors';
  const asked = { k: 5, askedMerged: [merged], groupSizes: { officials: 9, councillors: 3 } };

  test('is scored as what merging after closing would make of the same people', () => {
    const answers = [...people(6, ratings(2)), ...people(6, ratings(4)), ratings(5)].slice(0, 12);
    const asOne = scoreRound(twelve, round({ [merged]: answers }, asked));
    const pooled = scoreRound(
      twelve,
      round({ officials: answers.slice(0, 9), councillors: answers.slice(9) }, { k: 5, groupSizes: asked.groupSizes }),
    );
    expect(asOne).toEqual(pooled);
    expect(shown(asOne.areas['P1.1']!.groups[merged])).toMatchObject({ n: 12 });
  });

  test('is released with its parts, its size and the same figures by question', () => {
    const input = round({ [merged]: people(11, ratings(2)), ngo: people(12, ratings(4)) }, asked);
    const released = releaseRound({ opened: { instrument: twelve, hash: '0' }, input });
    expect(released.groups.find(({ code }) => code === merged)).toMatchObject({
      ...{ parts: ['officials', 'councillors'], respondents: 11, size: 12, rate: 92 },
    });
    expect(released.items['P1.1']?.withheld).toBeNull();
  });

  test('has an unknown size where more people answered than its parts have', () => {
    const input = round({ [merged]: people(13, ratings(2)) }, asked);
    const released = releaseRound({ opened: { instrument: twelve, hash: '0' }, input });
    expect(released.groups[0]).toMatchObject({ code: merged, size: null, moreAnswersThanPeople: true });
    expect(checkRoundInput(twelve, { ...input, askedMerged: [] }).map(({ code }) => code)).toEqual(['unknown-group']);
  });

  test('is compared as one with a round that asked its parts apart', () => {
    const before = {
      opened: { instrument: twelve, hash: '0' },
      input: round({ [merged]: people(12, ratings(2)) }, asked),
    };
    const apart = round({ officials: people(10, ratings(3)), councillors: people(10, ratings(3)) }, { k: 5 });
    const pair = releasePair(before, { opened: before.opened, input: apart }, null);
    expect(pair.change.areas['P1.1']!.groups[merged]).toMatchObject({ n: { baseline: 12, followUp: 20 } });
  });
});
