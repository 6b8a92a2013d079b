import type { Answer } from '../../src/definitions/answers';
import type { FormName } from '../../src/definitions/instrument';
import { releasesSpec } from '../../src/assessment/releases';
import { roundsSpec } from '../../src/assessment/round';
import {
  agree,
  allowed,
  assessmentOver,
  closeAndCompute,
  instrumentsOf,
  newAssessment,
  newOpenRound,
  roundInput,
  submitAnswers,
  type SurveyServices,
} from '../support/builders';
import { isRefusal } from '../../src/shared/errors';
import { smallInstrument } from '../support/instruments';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let services: SurveyServices;

beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
});
afterEach(() => files.dispose());

/** Six officials and six NGOs who all answer alike. */
async function sixOfEach(roundId: string, officials: Record<string, Answer>, ngo: Record<string, Answer>) {
  for (const [group, answers] of [
    ['officials', officials],
    ['ngo', ngo],
  ] as const) {
    for (let person = 0; person < 6; person += 1) await submitAnswers(services, roundId, group, answers);
  }
}

const all = (points: number) => ({ a1: points, a2: points, b1: points, c1: points });

it('there are none before the round is closed', async () => {
  const round = await newOpenRound(services);
  await sixOfEach(round.id, all(4), all(2));
  expect(await services.results.roundResults(round.id)).toEqual({
    refused: 'not-closed',
    details: { round: 'baseline', status: 'open' },
  });
  expect(await services.results.roundResults('nothing')).toEqual({ refused: 'round-unknown' });
});

it('a closed round has its scorecard beside its agreed scores', async () => {
  const round = await newOpenRound(services, { outOfScope: ['P2.1'], groupSizes: { ngo: 9 } });
  await sixOfEach(round.id, all(4), all(2));
  await agree(services, round.id, 'P1.1', 3.5);
  await closeAndCompute(services, round.id);
  const results = allowed(await services.results.roundResults(round.id));
  expect(results.released.groups).toMatchObject([
    { code: 'officials', respondents: 6, size: null },
    { code: 'councillors', respondents: 0 },
    { code: 'ngo', respondents: 6, size: 9, rate: 67 },
    { code: 'informal', respondents: 0 },
    { code: 'benefit-council', respondents: 0 },
  ]);
  expect(results.released.scorecard.areas['P1.1']).toMatchObject({
    survey: 3,
    sides: { administration: { mean: 4 }, ngo: { mean: 2 } },
    groups: { officials: { mean: 4, n: 6 } },
  });
  expect(results.released.scorecard.areas['P2.1']).toMatchObject({ survey: null, missing: 'out-of-scope' });
  expect(results.released.scorecard.index.survey).toBe(3);
  expect(results.agreed).toMatchObject({ index: null, areas: { 'P1.1': 3.5, 'P1.2': null, 'P2.1': null } });
  expect(results.agreed.missing.areas).toEqual({ 'P1.2': 'not-agreed', 'P2.1': 'out-of-scope' });
  expect(results.unit.name).toBe('Gmina Przykładowa');
});

it('hides groups by the k that was frozen when the round opened', async () => {
  const k3 = assessmentOver(files.store, {
    instruments: instrumentsOf(
      smallInstrument({
        thresholds: { k: 3, comments: 8, minAnsweredShare: 0.5, practicallySame: 0.25 },
      }),
    ),
  });
  const { assessment } = await newAssessment(services);
  const round = await newOpenRound(k3, { assessmentId: assessment.id });
  for (const group of ['officials', 'officials', 'officials', 'ngo', 'ngo']) {
    await submitAnswers(k3, round.id, group, all(4));
  }
  await closeAndCompute(k3, round.id);
  const { groups } = allowed(await k3.results.roundResults(round.id)).released.scorecard.areas['P1.1']!;
  expect(groups['officials']).toMatchObject({ mean: 4, n: 3 });
  expect(groups['ngo+informal']).toMatchObject({ hidden: 'k' });
});

describe('before results are computed', () => {
  it('there are none, for a round alone and for a comparison', async () => {
    const round = await newOpenRound(services);
    await sixOfEach(round.id, all(4), all(2));
    allowed(await services.sealing.close(round.id));
    expect(await services.results.roundResults(round.id)).toMatchObject({ refused: 'not-computed' });
    expect(await files.store.collection(releasesSpec).count({})).toBe(0);
  });

  it('more answers than people have to be settled: the size is corrected, or nobody knows it', async () => {
    const round = await newOpenRound(services, { groupSizes: { ngo: 5, officials: 6 } });
    await sixOfEach(round.id, all(4), all(2));
    const { revision } = allowed(await services.sealing.close(round.id));
    const refused = { refused: 'more-answers-than-people', details: { count: 1 } };
    expect(await services.rounds.computeResults(round.id, revision)).toEqual(refused);
    const known = allowed(await services.rounds.edit(round.id, { groupSizes: { officials: 6 } }, revision));
    // Whoever saw the sizes as they were before does not settle them as they are now.
    expect(await services.rounds.computeResults(round.id, revision)).toEqual({ refused: 'changed-meanwhile' });
    allowed(await services.rounds.computeResults(round.id, known.revision));
    const { released } = allowed(await services.results.roundResults(round.id));
    expect(released.groups.find(({ code }) => code === 'ngo')).toMatchObject({
      respondents: 6,
      size: null,
      rate: null,
    });
    // All six officials answered: their side is exact.
    expect(released.scorecard.areas['P1.1']?.sides.administration.interval).toEqual([4, 4]);
  });

  it('sizes may be corrected, and afterwards not; of a correction and the computing at once one waits', async () => {
    const round = await newOpenRound(services);
    await sixOfEach(round.id, all(4), all(2));
    const { revision } = allowed(await services.sealing.close(round.id));
    const both = await Promise.all([
      services.rounds.computeResults(round.id, revision),
      services.rounds.edit(round.id, { groupSizes: { ngo: 9 } }, revision),
    ]);
    expect(both.filter((one) => isRefusal(one))).toHaveLength(1);
    const { revision: now } = (await services.rounds.get(round.id))!;
    allowed(await services.rounds.computeResults(round.id, now));
    const { computedOn, revision: last } = (await services.rounds.get(round.id))!;
    expect(computedOn).toBe('2026-03-16');
    expect(await services.rounds.edit(round.id, { groupSizes: { ngo: 7 } }, last)).toMatchObject({
      refused: 'sizes-frozen',
    });
    // Pressed twice: nothing more happens.
    expect(await services.rounds.computeResults(round.id, now)).toMatchObject({ revision: last });
  });

  it('an open round has nothing to compute', async () => {
    const round = await newOpenRound(services);
    expect(await services.rounds.computeResults(round.id, round.revision)).toMatchObject({ refused: 'not-closed' });
    expect(await services.rounds.computeResults('nothing', 1)).toEqual({ refused: 'round-unknown' });
  });
});

it('sizes of groups that the instrument does not know say nothing', async () => {
  const round = await newOpenRound(services, { groupSizes: { ngo: 9 } });
  await sixOfEach(round.id, all(4), all(2));
  const closed = await closeAndCompute(services, round.id);
  await files.store.collection(roundsSpec).update(closed.id, (one) => ({
    ...one,
    groupSizes: { ...one.groupSizes, nobody: 7 },
  }));
  expect(allowed(await services.results.roundResults(round.id)).released.respondents).toBe(12);
});

it('the release is made once: what changes later changes no published figure', async () => {
  const round = await newOpenRound(services, { groupSizes: { ngo: 9 } });
  await sixOfEach(round.id, all(4), all(2));
  const closed = await closeAndCompute(services, round.id);
  const { released } = allowed(await services.results.roundResults(round.id));
  await files.store.collection(roundsSpec).update(closed.id, (one) => ({ ...one, groupSizes: { ngo: 6 } }));
  expect(allowed(await services.results.roundResults(round.id)).released).toEqual(released);
  const [first, second] = await Promise.all([1, 2].map(() => services.results.roundResults(round.id)));
  expect(first).toEqual(second);
  expect(await files.store.collection(releasesSpec).count({})).toBe(1);
});

it('reads the least answered share that was frozen when the round opened', async () => {
  const thresholds = { k: 3, comments: 8, minAnsweredShare: 0.3, practicallySame: 0.25 };
  const lenient = assessmentOver(files.store, { instruments: instrumentsOf(smallInstrument({ thresholds })) });
  const { assessment } = await newAssessment(services);
  const round = await newOpenRound(lenient, { assessmentId: assessment.id });
  // a1 weighs 1 of 3.
  for (let person = 0; person < 3; person += 1) await submitAnswers(lenient, round.id, 'officials', { a1: 4 });
  await closeAndCompute(lenient, round.id);
  await files.store
    .collection(roundsSpec)
    .update(round.id, (one) => ({ ...one, thresholds: { ...thresholds, minAnsweredShare: 0.5 } }));
  const { groups } = allowed(await lenient.results.roundResults(round.id)).released.scorecard.areas['P1.1']!;
  expect(groups['officials']).toMatchObject({ mean: null, n: 0 });
});

describe('a comparison', () => {
  async function twoRounds(forms: { baseline: FormName; followUp: FormName }) {
    const baseline = await newOpenRound(services, { form: forms.baseline });
    await sixOfEach(baseline.id, { a1: 1, a2: 5, b1: 1, c1: 1 }, { a1: 1, a2: 5, b1: 1, c1: 1 });
    for (const area of ['P1.1', 'P1.2', 'P2.1']) {
      await agree(services, baseline.id, area, 1);
    }
    await closeAndCompute(services, baseline.id);
    const { assessmentId } = baseline;
    const followUp = await newOpenRound(services, { assessmentId, name: 'follow-up', form: forms.followUp });
    await sixOfEach(followUp.id, { a1: 3, b1: 3, c1: 3 }, { a1: 3, b1: 3, c1: 3 });
    for (const area of ['P1.1', 'P1.2', 'P2.1']) {
      await agree(services, followUp.id, area, 3.5);
    }
    return { assessmentId, followUp };
  }

  it('needs both rounds closed', async () => {
    const { assessment } = await newAssessment(services, { code: 'alone' });
    expect(await services.results.assessmentComparison('nothing')).toEqual({ refused: 'assessment-unknown' });
    expect(await services.results.assessmentComparison(assessment.id)).toMatchObject({
      refused: 'round-missing',
      details: { round: 'baseline' },
    });
    allowed(await services.rounds.create(roundInput(assessment.id)));
    expect(await services.results.assessmentComparison(assessment.id)).toMatchObject({
      refused: 'round-missing',
      details: { round: 'follow-up' },
    });
    const { assessmentId } = await twoRounds({ baseline: 'core', followUp: 'core' });
    expect(await services.results.assessmentComparison(assessmentId)).toMatchObject({
      refused: 'not-closed',
      details: { round: 'follow-up', status: 'open' },
    });
  });

  it('of a full and a short form compares both as short', async () => {
    const { assessmentId, followUp } = await twoRounds({ baseline: 'full', followUp: 'core' });
    await closeAndCompute(services, followUp.id);
    const comparison = allowed(await services.results.assessmentComparison(assessmentId));
    expect(comparison.pair.form).toBe('core');
    expect(comparison.pair.comparedItems).toEqual({ 'P1.1': ['a1'], 'P1.2': ['b1'], 'P2.1': ['c1'] });
    // The baseline's own scorecard has a2 in it: (1 + 2 · 5) / 3.
    const own = allowed(await services.results.roundResults(comparison.baseline.round.id));
    expect(own.released.scorecard.areas['P1.1']?.survey).toBe(3.67);
    const { change } = comparison.pair;
    expect(change.areas['P1.1']?.survey).toMatchObject({ baseline: 1, followUp: 3 });
    expect(change.index.survey).toMatchObject({ baseline: 1, followUp: 3, points: 2, percent: 200 });
    expect(comparison.agreedChange.index).toEqual({ baseline: 1, followUp: 3.5, points: 2.5, percent: 250 });
  });
});
