import type { RecommendationInput } from '../../src/assessment/recommendations/recommendation';
import type { AssessmentServices } from '../../src/assessment/services';
import type { Round } from '../../src/assessment/round';
import { allowed, roundInput } from './builders';

/** A recommendation that lacks nothing. */
export function recommendationInput(overrides: Partial<RecommendationInput> = {}): RecommendationInput {
  return {
    area: 'P1.1',
    what: 'Powołać zespół diagnostyczny',
    who: 'Referat spraw społecznych',
    due: '2026-06',
    ...overrides,
  };
}

/** The follow-up of the assessment that this baseline belongs to, in draft. */
export async function newFollowUp({ rounds }: AssessmentServices, { assessmentId }: Round): Promise<Round> {
  return allowed(await rounds.create(roundInput(assessmentId, { name: 'follow-up', assessedYear: 2026 })));
}
