import type { Router } from 'express';
import { handle } from '../../../../handle';
import { addressTable } from '../../../../router';
import type { Services } from '../../../../services';
import { forStaff } from '../../signed-in';
import { withRound, type RoundHandler } from '../with-round';
import { letterArrived, sendAgain } from './care';
import { addInvitations, importPage, previewList } from './import';
import { invitationsPage } from './overview';
import { confirmClock, dropReminder, planReminder } from './reminders';
import { moveMailing, sendInvitations, sendPage } from './sending';
import { saveTexts, sendTestLetter, textsPage } from './texts';

/** Invitations by e-mail of one round: whom, with what words, when, and what became of the letters. */
export function invitationRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  const round = (handler: RoundHandler) => handle(staff(withRound(handler)));
  const home = '/staff/rounds/:round/invitations';

  router.get(home, round(invitationsPage));
  router.get(`${home}/import`, round(importPage));
  router.post(`${home}/import`, round(previewList));
  router.post(`${home}/add`, round(addInvitations));
  router.get(`${home}/texts`, round(textsPage));
  router.post(`${home}/texts`, round(saveTexts));
  router.post(`${home}/test-letter`, round(sendTestLetter));
  router.get(`${home}/send`, round(sendPage));
  router.post(`${home}/send`, round(sendInvitations));
  router.post(`${home}/mailings/:number/:action`, round(moveMailing));
  router.post(`${home}/reminders`, round(planReminder));
  router.post(`${home}/reminders/:number/drop`, round(dropReminder));
  router.post(`${home}/clock`, round(confirmClock));
  router.post(`${home}/people/:invitation/again`, round(sendAgain));
  router.post(`${home}/people/:invitation/arrived`, round(letterArrived));
  return router;
}
