import { fateCounts, type FateInput } from '../../../src/assessment/recommendations/reviews';
import type { Round } from '../../../src/assessment/round';
import { isRefusal } from '../../../src/shared/errors';
import { allowed, assessmentOver, closeAndCompute, newOpenRound, type SurveyServices } from '../../support/builders';
import { newFollowUp, recommendationInput } from '../../support/recommendations';
import { eitherTestStore, type TestStore } from '../../support/stores';

let files: TestStore;
let services: SurveyServices;
let baseline: Round;
let followUp: Round;

beforeEach(async () => {
  files = await eitherTestStore();
  services = assessmentOver(files.store);
  baseline = await newOpenRound(services);
  await closeAndCompute(services, baseline.id);
  followUp = await newFollowUp(services, baseline);
});
afterEach(() => files.dispose());

const add = async (what: string, due = '2026-02') =>
  allowed(await services.recommendations.add(baseline.id, recommendationInput({ what, due })));
const decide = (id: string, fate: Partial<FateInput>, seen = 0) =>
  services.recommendationReviews.decide(followUp.id, id, { fate: 'done', why: '', evidence: '', ...fate }, 'ja', seen);

describe('the review of the baseline’s recommendations', () => {
  it('has each of them with its fate, which later reports of the state do not change', async () => {
    const [one, two, three] = [await add('a'), await add('b'), await add('c')];
    allowed(await decide(two.id, { fate: 'not-done', why: 'Nie było pieniędzy' }));
    allowed(await decide(one.id, { evidence: 'https://bip.example.org/zespol' }));
    allowed(await services.recommendations.report(two.id, { state: 'done', remark: 'Po przeglądzie' }, 'ja', 1));
    const reviewed = await services.recommendationReviews.ofRound(followUp);
    expect(reviewed.map(({ recommendation, fate }) => [recommendation.what, fate?.fate ?? null])).toEqual([
      ['a', 'done'],
      ['b', 'not-done'],
      ['c', null],
    ]);
    expect(fateCounts(reviewed.map(({ fate }) => ({ fate: fate?.fate ?? null })))).toEqual({
      ...{ all: 3, done: 1, partly: 0, notDone: 1, open: 1 },
    });
    expect(await services.recommendationReviews.ofRound(baseline)).toEqual([]);
    expect(three.state).toBe('planned');
  });

  it('says why, and links to nothing but web pages', async () => {
    const { id } = await add('a');
    for (const fate of ['partly', 'not-done'] as const) {
      expect(await decide(id, { fate })).toMatchObject({ refused: 'why-missing', details: { field: 'why' } });
    }
    for (const evidence of ['javascript:alert(1)', 'bip.example.org', 'https://a b', 'ftp://example.org']) {
      expect(await decide(id, { evidence })).toMatchObject({
        refused: 'link-malformed',
        details: { field: 'evidence' },
      });
    }
    expect(await decide(id, { fate: 'given-up' as never })).toMatchObject({ refused: 'fate-missing' });
    const own = allowed(await services.recommendations.add(followUp.id, recommendationInput()));
    expect(await decide(own.id, {})).toEqual({ refused: 'recommendation-unknown' });
  });

  it('is not overwritten by who did not see the last entry', async () => {
    const { id } = await add('a');
    const both = await Promise.all([decide(id, {}), decide(id, { fate: 'partly', why: 'część' })]);
    expect(both.filter(isRefusal)).toEqual([{ refused: 'changed-meanwhile' }]);
    allowed(await decide(id, { fate: 'not-done', why: 'jednak nie' }, 1));
    expect(await decide(id, {}, 1)).toEqual({ refused: 'changed-meanwhile' });
  });
});

describe('the desk', () => {
  const tasks = async () =>
    (await services.tasks.all())
      .filter(({ kind }) => kind.endsWith('-recommendations'))
      .map(({ kind, count, due, late }) => ({ kind, count, due, days: late.map(({ days }) => days) }));

  it('has late recommendations until they are reported or reviewed, and the review until it is done', async () => {
    const [one, two] = [await add('a', '2026-03-14'), await add('b', '2026-02')];
    await add('c', '2026-12');
    const late = { kind: 'report-recommendations', count: 2, due: '2026-02-28', days: [16, 2] };
    expect(await tasks()).toEqual([late, { kind: 'review-recommendations', count: 3, due: null, days: [] }]);
    allowed(await services.recommendations.report(two.id, { state: 'under-way', remark: 'w toku' }, 'ja', 1));
    expect(await tasks()).toMatchObject([late, {}]);
    allowed(await services.recommendations.report(two.id, { state: 'done', remark: '' }, 'ja', 2));
    expect(await tasks()).toMatchObject([{ count: 1, due: '2026-03-14', days: [2] }, { count: 3 }]);
    allowed(await decide(one.id, { fate: 'not-done', why: 'nie' }));
    expect(await tasks()).toEqual([{ kind: 'review-recommendations', count: 2, due: null, days: [] }]);
  });
});
