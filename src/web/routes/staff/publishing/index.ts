import type { Router } from 'express';
import { handle } from '../../../handle';
import { addressTable } from '../../../router';
import type { Services } from '../../../services';
import { withRound, type RoundHandler } from '../rounds/with-round';
import { forStaff } from '../signed-in';
import { comparisonToPublish, publishingPage, publishReport, roundToPublish } from './publish';
import { withdrawalPage, withdrawEdition } from './withdraw';

/** Publishing what a round or a comparison has shown, and taking it back. */
export function publishingRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  const round = (handler: RoundHandler) => handle(staff(withRound(handler)));

  router.get('/staff/rounds/:round/publish', round(publishingPage(roundToPublish)));
  router.post('/staff/rounds/:round/publish', round(publishReport(roundToPublish)));
  router.get('/staff/assessments/:assessment/comparison/publish', handle(staff(publishingPage(comparisonToPublish))));
  router.post('/staff/assessments/:assessment/comparison/publish', handle(staff(publishReport(comparisonToPublish))));
  router.get('/staff/editions/:unit/:report/:number/withdraw', handle(staff(withdrawalPage)));
  router.post('/staff/editions/:unit/:report/:number/withdraw', handle(staff(withdrawEdition)));
  return router;
}
