import type { Router } from 'express';
import { handle } from '../../../../handle';
import { addressTable } from '../../../../router';
import type { Services } from '../../../../services';
import { forStaff } from '../../signed-in';
import { withRound, type RoundHandler } from '../with-round';
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

/** What the working group recommends, what becomes of it, and the review that a follow-up begins with. */
export function recommendationRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  const round = (handler: RoundHandler) => handle(staff(withRound(handler)));
  const list = '/staff/rounds/:round/recommendations';
  const one = `${list}/:recommendation`;

  router.get(list, round(recommendationsPage));
  router.get(`${list}/new`, round(newRecommendationPage));
  router.post(`${list}/new`, round(addRecommendation));
  router.get(one, round(withRecommendation(recommendationPage)));
  router.post(one, round(withRecommendation(saveRecommendation)));
  router.post(`${one}/arrange`, round(withRecommendation(arrangeRecommendation)));
  router.post(`${one}/remove`, round(withRecommendation(removeRecommendation)));
  router.get(`${one}/state`, round(withRecommendation(statePage)));
  router.post(`${one}/state`, round(withRecommendation(reportState)));
  router.get('/staff/rounds/:round/review', round(reviewPage));
  router.get('/staff/rounds/:round/review/:recommendation', round(fatePage));
  router.post('/staff/rounds/:round/review/:recommendation', round(saveFate));
  return router;
}
