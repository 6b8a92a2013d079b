import fc from 'fast-check';
import { checkInstrument } from '../../src/definitions/check/check-instrument';
import { followFlow } from '../../src/definitions/flow';
import { compareRounds } from '../../src/scoring/comparison';
import { isHidden, scoredRound, scoreRound, type RoundInput, type Score } from '../../src/scoring/scorecard';
import type { Instrument } from '../../src/definitions/instrument';
import { generatedAnswers, generatedInstrument, generatedRound } from '../support/generated';

/** Every area, plane and the index of a scorecard. */
function scoresOf(instrument: Instrument, input: RoundInput): Score[] {
  const { areas, planes, index } = scoreRound(instrument, input);
  return [...Object.values(areas), ...Object.values(planes), index];
}

const runs = { numRuns: 200 };

describe('over generated instruments and answers', () => {
  test('the generator makes sound instruments', () => {
    fc.assert(
      fc.property(generatedInstrument, (instrument) => {
        // What a good author avoids, scoring must bear: questions that are never asked, rules that never decide.
        const careless = [
          'reads-unasked-question',
          'always-true',
          'never-true',
          'never-shown',
          'unreachable-page',
          'unused-calc',
          'area-hidden-from-side',
        ];
        const serious = checkInstrument(instrument).filter(({ code }) => !careless.includes(code));
        expect(serious).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('answers to questions that were not asked change nothing, neither in a score nor in a comparison', () => {
    const other = generatedRound.chain(({ instrument, input }) =>
      fc.record({
        instrument: fc.constant(instrument),
        input: fc.constant(input),
        replaced: fc.tuple(...input.respondents.map(() => generatedAnswers(instrument))),
      }),
    );
    let changed = 0;
    fc.assert(
      fc.property(other, ({ instrument, input, replaced }) => {
        const { form, round, facts } = input;
        const respondents = input.respondents.map((respondent, index) => {
          const { group, answers } = respondent;
          const { visible } = followFlow(instrument, { form, group, round, facts }, answers);
          const asked = Object.entries(answers).filter(([code]) => visible.has(code));
          const unasked = Object.entries(replaced[index]!).filter(([code]) => !visible.has(code));
          changed += unasked.length;
          return { ...respondent, answers: Object.fromEntries([...asked, ...unasked]) };
        });
        const first = scoredRound(instrument, input);
        const second = scoredRound(instrument, { ...input, respondents });
        expect(second.scorecard).toEqual(first.scorecard);
        expect(compareRounds(instrument, second, first)).toEqual(compareRounds(instrument, first, first));
      }),
      runs,
    );
    expect(changed).toBeGreaterThan(1000);
  });

  test('neither the order nor the names of respondents change anything, to the last bit', () => {
    const shuffled = generatedRound.chain(({ instrument, input }) =>
      fc.record({
        instrument: fc.constant(instrument),
        input: fc.constant(input),
        order: fc.shuffledSubarray([...input.respondents], { minLength: input.respondents.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ instrument, input, order }) => {
        const respondents = order.map((respondent, index) => ({ ...respondent, id: `renamed ${index}` }));
        expect(scoreRound(instrument, { ...input, respondents })).toEqual(scoreRound(instrument, input));
      }),
      runs,
    );
  });

  test('every figure lies on the scale, every interval around its mean, every n is 0 or at least k', () => {
    fc.assert(
      fc.property(generatedRound, ({ instrument, input }) => {
        for (const score of scoresOf(instrument, input)) {
          const figures = Object.values(score.groups).flatMap((figure) => (isHidden(figure) ? [] : [figure]));
          const means = [
            score.survey,
            ...Object.values(score.sides).map(({ mean }) => mean),
            ...figures.map(({ mean }) => mean),
          ];
          for (const value of means) {
            if (value === null) continue;
            expect(value).toBeGreaterThanOrEqual(1);
            expect(value).toBeLessThanOrEqual(5);
          }
          for (const { mean, n, interval, sd, missing, withheld } of figures) {
            expect(n === 0 || n >= input.k).toBe(true);
            expect(mean === null || interval === null || sd === null).toBe(
              missing !== undefined || withheld !== undefined,
            );
            if (sd !== null) expect(sd).toBeGreaterThanOrEqual(0);
            if (interval === null) continue;
            expect(interval[0]).toBeGreaterThanOrEqual(1);
            expect(interval[1]).toBeLessThanOrEqual(5);
            expect(interval[0]).toBeLessThanOrEqual(mean!);
            expect(interval[1]).toBeGreaterThanOrEqual(mean!);
          }
        }
      }),
      runs,
    );
  });

  test('sides are means of shown groups and survey scores means of sides; a null says why', () => {
    const weightsOf = (instrument: Instrument) => instrument.sideWeights ?? { administration: 1, ngo: 1 };
    fc.assert(
      fc.property(generatedRound, ({ instrument, input }) => {
        const { areas, planes, index } = scoreRound(instrument, input);
        for (const score of [...Object.values(areas), ...Object.values(planes), index]) {
          for (const side of ['administration', 'ngo'] as const) {
            const { mean, missing, hidden, interval } = score.sides[side];
            expect(missing !== undefined || hidden !== undefined).toBe(mean === null);
            expect(interval === null).toBe(mean === null);
          }
          expect(score.missing !== undefined).toBe(score.survey === null);
        }
        const sideOf = (code: string) =>
          instrument.groups?.find((group) => group.code === code || code.startsWith(`${group.code}+`))?.side;
        for (const score of Object.values(areas)) {
          for (const side of ['administration', 'ngo'] as const) {
            const figures = Object.entries(score.groups).filter(([code]) => sideOf(code) === side);
            const means = figures.flatMap(([, figure]) =>
              isHidden(figure) || figure.mean === null ? [] : [figure.mean],
            );
            const { mean, without = [] } = score.sides[side];
            if (means.length === 0) expect(mean).toBeNull();
            else expect(mean).toBeCloseTo(means.reduce((sum, one) => sum + one) / means.length, 10);
            expect(without).toEqual(figures.filter(([, figure]) => isHidden(figure)).map(([code]) => code));
          }
        }
        const { administration, ngo } = weightsOf(instrument);
        for (const { survey, sides } of Object.values(areas)) {
          if (sides.administration.mean === null || sides.ngo.mean === null) expect(survey).toBeNull();
          else {
            const joint = (administration * sides.administration.mean + ngo * sides.ngo.mean) / (administration + ngo);
            expect(survey).toBeCloseTo(joint, 10);
          }
        }
      }),
      runs,
    );
  });

  test('what is shown adds up: a group’s plane and index are the means of its shown areas', () => {
    fc.assert(
      fc.property(generatedRound, ({ instrument, input }) => {
        const { areas, planes, index } = scoreRound(instrument, input);
        const levels = [
          ...(instrument.planes ?? []).map(
            (plane) => [planes[plane.code]!, plane.areas.map(({ code }) => code)] as const,
          ),
          [index, Object.keys(areas)] as const,
        ];
        for (const [score, codes] of levels) {
          for (const [group, figure] of Object.entries(score.groups)) {
            if (isHidden(figure) || figure.mean === null) continue;
            const means = codes.flatMap((code) => {
              const one = areas[code]!.groups[group]!;
              return isHidden(one) || one.mean === null ? [] : [one.mean];
            });
            expect(figure.mean).toBeCloseTo(means.reduce((sum, one) => sum + one) / means.length, 10);
          }
        }
      }),
      runs,
    );
  });

  test('answers of a group many times over leave every survey score as it is', () => {
    fc.assert(
      fc.property(generatedRound, fc.integer({ min: 2, max: 9 }), ({ instrument, input }, times) => {
        const once = { ...input, k: 1, groupSizes: {} };
        const often = {
          ...once,
          respondents: once.respondents.flatMap((respondent) =>
            Array.from({ length: respondent.group === 'ngo' ? times : 1 }, (_, copy) => ({
              ...respondent,
              id: `${respondent.id} ${copy}`,
            })),
          ),
        };
        const before = scoresOf(instrument, once).map((score) => score.survey);
        const after = scoresOf(instrument, often).map((score) => score.survey);
        for (const [index, survey] of after.entries()) {
          if (survey === null) expect(before[index]).toBeNull();
          else expect(survey).toBeCloseTo(before[index]!, 9);
        }
      }),
      runs,
    );
  });

  test('a hidden group’s answers move no figure but hide the same', () => {
    // Whoever is hidden everywhere could as well have answered otherwise: nothing published tells.
    const two = generatedRound.chain(({ instrument, input }) =>
      fc.record({
        instrument: fc.constant(instrument),
        input: fc.constant(input),
        rating: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(two, ({ instrument, input, rating }) => {
        const informal = input.respondents.filter(({ group }) => group === 'informal');
        const k = informal.length + 1;
        const answersOf = (value: number) =>
          Object.fromEntries(
            instrument.questions.filter(({ type }) => type === 'rating').map(({ code }) => [code, value]),
          );
        const asked = {
          ...instrument,
          mergePlan: [],
          questions: instrument.questions.map((question) => ({ ...question, visibleIf: true })),
          forms: {
            full: { minutes: 5, pages: instrument.forms.full.pages.map((page) => ({ ...page, visibleIf: true })) },
          },
        };
        const scored = (value: number) =>
          scoreRound(asked, {
            ...input,
            form: 'full',
            k,
            respondents: input.respondents.map((one) =>
              one.group === 'informal' ? { ...one, answers: answersOf(value) } : one,
            ),
          });
        expect(scored(rating)).toEqual(scored(6 - rating));
      }),
      runs,
    );
  });

  test('a round compared with itself has not changed', () => {
    fc.assert(
      fc.property(generatedRound, ({ instrument, input }) => {
        const scored = scoredRound(instrument, input);
        const { areas, planes, index } = compareRounds(instrument, scored, scored);
        for (const compared of [...Object.values(areas), ...Object.values(planes), index]) {
          for (const delta of [compared.survey, ...Object.values(compared.sides), ...Object.values(compared.groups)]) {
            expect(delta.points ?? 0).toBe(0);
            expect(delta.percent ?? 0).toBe(0);
            expect(delta.points === null).toBe(delta.missing !== undefined || delta.hidden !== undefined);
          }
        }
        for (const [code, { survey, groups }] of Object.entries(areas)) {
          expect(survey.baseline).toBe(scored.scorecard.areas[code]!.survey);
          const shown = Object.entries(scored.scorecard.areas[code]!.groups).filter(
            ([, figure]) => !isHidden(figure) && figure.mean !== null,
          );
          expect(Object.keys(groups)).toEqual(shown.map(([group]) => group));
        }
      }),
      runs,
    );
  });
});
