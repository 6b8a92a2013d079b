import type { Router } from 'express';
import { handle } from '../../handle';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { changePassword } from './account/change-password';
import { ownAccountPage } from './account/own-account';
import { endOtherSessions, endSession } from './account/sessions';
import { askForLink, askPage } from './ask-for-link';
import { assessmentPage, createAssessment, newAssessmentPage } from './assessments';
import { clausePage, saveClause } from './clause';
import { dashboard } from './dashboard';
import { roundRoutes } from './rounds';
import { oneTimeLinkPage, useOneTimeLink } from './one-time-link';
import { signIn, signInPage, signOut } from './sign-in';
import { forStaff } from './signed-in';
import { saveUnit, unitPage, unitsPage } from './units';

/** The part for facilitators: every address below /staff but the sign-in asks who is there. */
export function staffRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);

  router.get('/staff/sign-in', handle(signInPage(services)));
  router.post('/staff/sign-in', handle(signIn(services)));
  router.post('/staff/sign-out', handle(signOut()));

  for (const path of ['by-link', 'forgotten'] as const) {
    router.get(`/staff/sign-in/${path}`, handle(askPage(services, path)));
    router.post(`/staff/sign-in/${path}`, handle(askForLink(services, path)));
  }
  router.get('/staff/sign-in/link/:token', handle(oneTimeLinkPage(services)));
  router.post('/staff/sign-in/link/:token', handle(useOneTimeLink(services)));

  router.get('/staff/account', handle(staff(ownAccountPage)));
  router.post('/staff/account/password', handle(staff(changePassword)));
  router.post('/staff/account/sessions/end', handle(staff(endSession)));
  router.post('/staff/account/sessions/end-others', handle(staff(endOtherSessions)));

  router.get('/staff', handle(staff(dashboard)));
  router.get('/staff/units', handle(staff(unitsPage)));
  router.get('/staff/units/new', handle(staff(unitPage)));
  router.post('/staff/units/new', handle(staff(saveUnit)));
  router.get('/staff/units/:unit/edit', handle(staff(unitPage)));
  router.post('/staff/units/:unit/edit', handle(staff(saveUnit)));
  router.get('/staff/units/:unit/clause', handle(staff(clausePage)));
  router.post('/staff/units/:unit/clause', handle(staff(saveClause)));
  router.get('/staff/units/:unit/assessments/new', handle(staff(newAssessmentPage)));
  router.post('/staff/units/:unit/assessments/new', handle(staff(createAssessment)));
  router.get('/staff/assessments/:assessment', handle(staff(assessmentPage)));
  router.use(roundRoutes(services));
  return router;
}
