import type { ReportRecommendation, ReviewedRecommendation } from '../../src/reports/input';
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

/** One as a report has it. */
export function reportedRecommendation(overrides: Partial<ReportRecommendation> = {}): ReportRecommendation {
  return { ...recommendationInput(), priority: false, state: 'planned', remark: '', ...overrides };
}

/** One of the baseline as the follow-up's report has it. */
export function reviewedRecommendation(overrides: Partial<ReviewedRecommendation> = {}): ReviewedRecommendation {
  return { ...recommendationInput(), fate: 'done', why: '', evidence: '', ...overrides };
}

/** The follow-up of the assessment that this baseline belongs to, in draft. */
export async function newFollowUp({ rounds }: AssessmentServices, { assessmentId }: Round): Promise<Round> {
  return allowed(await rounds.create(roundInput(assessmentId, { name: 'follow-up', assessedYear: 2026 })));
}
