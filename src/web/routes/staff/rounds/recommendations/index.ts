import type { StaffRoute } from '../../routes';
import { withRound } from '../with-round';
import {
  addRecommendation,
  newRecommendationPage,
  recommendationPage,
  removeRecommendation,
  saveRecommendation,
} from './edit';
import { arrangeRecommendation, recommendationsPage } from './list';
import { fatePage, reviewPage, saveFate } from './review';
import { reportState, statePage } from './state';
import { withRecommendation } from './with-recommendation';

const round = withRound;
const list = '/staff/rounds/:round/recommendations';
const one = `${list}/:recommendation`;
const review = '/staff/rounds/:round/review';

/** What the working group recommends, what becomes of it, and the review that a follow-up begins with. */
export const recommendationRoutes: readonly StaffRoute[] = [
  ['get', list, 'rounds.read', round(recommendationsPage)],
  ['get', `${list}/new`, 'recommendations.edit', round(newRecommendationPage)],
  ['post', `${list}/new`, 'recommendations.edit', round(addRecommendation)],
  ['get', one, 'recommendations.edit', round(withRecommendation(recommendationPage))],
  ['post', one, 'recommendations.edit', round(withRecommendation(saveRecommendation))],
  ['post', `${one}/arrange`, 'recommendations.edit', round(withRecommendation(arrangeRecommendation))],
  ['post', `${one}/remove`, 'recommendations.edit', round(withRecommendation(removeRecommendation))],
  ['get', `${one}/state`, 'recommendations.report-state', round(withRecommendation(statePage))],
  ['post', `${one}/state`, 'recommendations.report-state', round(withRecommendation(reportState))],
  ['get', review, 'rounds.read', round(reviewPage)],
  ['get', `${review}/:recommendation`, 'recommendations.edit', round(fatePage)],
  ['post', `${review}/:recommendation`, 'recommendations.edit', round(saveFate)],
];
