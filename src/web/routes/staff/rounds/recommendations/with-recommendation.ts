import type { Request } from 'express';
import type { ListedRecommendation } from '../../../../../assessment/recommendations/recommendation';
import type { Refusal } from '../../../../../shared/errors';
import { notFound, type Outcome } from '../../../../outcome';
import type { RoundHandler, StaffRound } from '../with-round';

/** One request about one recommendation of a round. */
export interface StaffRecommendation extends StaffRound {
  readonly recommendation: ListedRecommendation;
}

type RecommendationHandler = (
  request: Request,
  staff: StaffRecommendation,
) => Outcome | Refusal | Promise<Outcome | Refusal>;

/** Finds the recommendation of `:recommendation` among those of the round. */
export function withRecommendation(handler: RecommendationHandler): RoundHandler {
  return async (request, staff) => {
    const listed = await staff.services.assessment.recommendations.ofRound(staff.round.id);
    const recommendation = listed.find(({ id }) => id === request.params['recommendation']);
    return recommendation === undefined ? notFound() : handler(request, { ...staff, recommendation });
  };
}
