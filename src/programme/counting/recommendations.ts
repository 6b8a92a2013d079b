import { fateCounts, type FateCounts } from '../../assessment/recommendations/reviews';
import { placeCode } from '../../territory/place';
import type { Programme } from '../document/programme';
import { closedAssessments } from './assessments';
import type { CountingSources } from './counted';

/** The recommendations of the baselines in units that have closed both rounds, by their fates. */
export interface CountedRecommendations extends FateCounts {
  /** Units with both rounds closed within the programme's days. */
  readonly units: number;
}

/** What has become of recommendations, as the follow-ups say. */
export async function countRecommendations(
  programme: Programme,
  sources: Pick<CountingSources, 'assessment'>,
): Promise<CountedRecommendations> {
  const closed = await closedAssessments(programme, 2, sources);
  const said = await sources.assessment.recommendationReviews.fatesIn(closed.flatMap(({ rounds }) => rounds));
  const fates = [...said.values()].flat().map((fate) => ({ fate }));
  return { units: new Set(closed.map(({ unit }) => placeCode(unit.code))).size, ...fateCounts(fates) };
}
