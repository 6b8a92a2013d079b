import { randomBytes } from 'node:crypto';
import { createPriorities } from '../../../src/assessment/recommendations/priorities';
import { createRecommendationOrder } from '../../../src/assessment/recommendations/recommendation-order';
import { createRecommendations, type MinutesGate } from '../../../src/assessment/recommendations/recommendations';
import { createRecommendationReviews } from '../../../src/assessment/recommendations/reviews';
import { randomIds } from '../../../src/shared/ids';
import { allowed, assessmentOver, newOpenRound, type SurveyServices } from '../../support/builders';
import { newFollowUp, recommendationInput } from '../../support/recommendations';
import { eitherTestStore, type TestStore } from '../../support/stores';

let files: TestStore;
let services: SurveyServices;
beforeEach(async () => {
  files = await eitherTestStore();
  services = assessmentOver(files.store);
});
afterEach(() => files.dispose());

/** The services with minutes that are approved at the moment that a test says. */
function withMinutes(minutes: MinutesGate) {
  const deps = { store: files.store, clock: () => new Date('2026-03-16T12:00:00+01:00'), ids: randomIds, randomBytes };
  const { rounds, assessments } = services;
  const parts = { order: createRecommendationOrder(deps), priorities: createPriorities(deps) };
  const recommendations = createRecommendations({ ...deps, rounds, assessments, minutes, ...parts });
  return { recommendations, reviews: createRecommendationReviews({ ...deps, rounds, recommendations, minutes }) };
}

const gates: readonly (readonly [string, MinutesGate])[] = [
  ['before', { isApproved: () => Promise.resolve(true), letIn: () => Promise.resolve(false) }],
  ['while it is written', { isApproved: () => Promise.resolve(false), letIn: () => Promise.resolve(false) }],
];

describe.each(gates)('minutes approved %s', (_when, minutes) => {
  it('keep the text, the places and the fates as they are, while the state may still be reported', async () => {
    const round = await newOpenRound(services);
    const followUp = await newFollowUp(services, round);
    const [one, two] = [
      allowed(await services.recommendations.add(round.id, recommendationInput({ what: 'Pierwsza' }))),
      allowed(await services.recommendations.add(round.id, recommendationInput({ what: 'Druga' }))),
    ];
    await services.recommendations.mark(one.id);
    const fate = { fate: 'done', why: '', evidence: '' } as const;
    allowed(await services.recommendationReviews.decide(followUp.id, one.id, fate, 'ja', 0));

    const { recommendations, reviews } = withMinutes(minutes);
    const frozen = { refused: 'recommendations-frozen' };
    expect(await recommendations.add(round.id, recommendationInput())).toEqual(frozen);
    expect(await recommendations.edit(one.id, recommendationInput({ what: 'Inna' }), 1)).toEqual(frozen);
    expect(await recommendations.remove(two.id, 1)).toEqual(frozen);
    expect(await recommendations.mark(two.id)).toEqual(frozen);
    expect(await recommendations.unmark(one.id)).toEqual(frozen);
    const late = { fate: 'not-done', why: 'Jednak nie', evidence: '' } as const;
    expect(await reviews.decide(followUp.id, one.id, late, 'ja', 1)).toEqual({ refused: 'review-frozen' });
    expect(await reviews.decide(followUp.id, two.id, fate, 'ja', 0)).toEqual({ refused: 'review-frozen' });

    const listed = await services.recommendations.ofRound(round.id);
    expect(listed.map(({ what, priority }) => [what, priority])).toEqual([
      ['Pierwsza', true],
      ['Druga', false],
    ]);
    const reviewed = await services.recommendationReviews.ofRound(followUp);
    expect(reviewed.map((each) => each.fate?.fate ?? null)).toEqual(['done', null]);
    allowed(await recommendations.report(two.id, { state: 'under-way', remark: '' }, 'ja', 1));
  });
});
