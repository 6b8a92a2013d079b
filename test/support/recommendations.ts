import type { ReportRecommendation, ReviewedRecommendation } from '../../src/reports/input';
import type { RecommendationInput } from '../../src/assessment/recommendations/recommendation';
import type { AssessmentServices } from '../../src/assessment/services';
import type { Round } from '../../src/assessment/round';
import { allowed, roundInput, type SurveyServices } from './builders';
import { assessedUnit } from './published';

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

/** What the baseline of `recommendedUnit` recommended, and what the follow-up says of it. */
export const reviewedTexts = [
  {
    what: 'Wydłużyć konsultacje do 21 dni',
    due: '2025-06',
    fate: 'done',
    why: '',
    evidence: 'https://bip.example.org/7',
  },
  { what: 'Spisać zasady korzystania z sal', due: '2025-12-31', fate: 'partly', why: 'Brakuje sprzętu', evidence: '' },
  { what: 'Złożyć wspólny wniosek', due: '2025-10', fate: 'not-done', why: 'Nie było naboru', evidence: '' },
] as const;
export const ownText = 'Otworzyć punkt pomocy w pisaniu wniosków';

/** An assessed unit whose baseline has three recommendations, all reviewed, and whose follow-up has one, a priority. */
export async function recommendedUnit(services: SurveyServices) {
  const unit = await assessedUnit(services, { subregion: 'poznański' });
  const [baseline, followUp] = unit.rounds.map(({ id }) => id) as [string, string];
  for (const { what, due, ...fate } of reviewedTexts) {
    const { id } = allowed(await services.recommendations.add(baseline, recommendationInput({ what, due })));
    allowed(await services.recommendationReviews.decide(followUp, id, fate, 'prowadzaca', 0));
  }
  const own = allowed(
    await services.recommendations.add(followUp, recommendationInput({ what: ownText, area: null, due: '2026-12' })),
  );
  await services.recommendations.mark(own.id);
  return unit;
}
