import type { Round } from '../assessment/round';
import type { AssessmentServices } from '../assessment/services';
import { accepted } from './accepted';
import { demoRecommendations } from './recommendations-plan';

/** What the group recommended in this round, and in a follow-up what it says of the earlier ones. */
export async function seedRecommendations(
  { recommendations, recommendationReviews }: AssessmentServices,
  unitCode: string,
  round: Round,
): Promise<void> {
  const plan = demoRecommendations[unitCode];
  for (const { area, what, who, due, priority } of plan?.rounds[round.name] ?? []) {
    const { id } = accepted(await recommendations.add(round.id, { area, what, who, due }));
    if (priority) accepted(await recommendations.mark(id));
  }
  const reviewed = await recommendationReviews.ofRound(round);
  for (const [at, { recommendation }] of reviewed.entries()) {
    const fate = plan?.fates[at];
    if (fate) accepted(await recommendationReviews.decide(round.id, recommendation.id, fate, 'demo', 0));
  }
}

/**
 * What was reported after the reports were published. Does nothing for recommendations of which something was reported.
 *
 * @param setDay what the services take for today
 */
export async function seedStateReports(
  { assessments, recommendations, rounds, units }: AssessmentServices,
  setDay: (day: string) => void,
): Promise<void> {
  for (const [code, plan] of Object.entries(demoRecommendations)) {
    const unit = await units.byCode(code);
    const made = unit === null ? [] : await assessments.ofUnit(unit.id);
    for (const round of (await Promise.all(made.map(({ id }) => rounds.ofAssessment(id)))).flat()) {
      const stored = await recommendations.ofRound(round.id);
      for (const { what, reported } of plan.rounds[round.name] ?? []) {
        const one = stored.find((recommendation) => recommendation.what === what);
        if (reported === undefined || one?.reportedOn !== null) continue;
        const { on, ...report } = reported;
        setDay(on);
        accepted(await recommendations.report(one.id, report, 'demo', one.reportRevision));
      }
    }
  }
}
