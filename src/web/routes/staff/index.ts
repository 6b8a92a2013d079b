import type { Router } from 'express';
import { handle } from '../../handle';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { assessmentPage, createAssessment, newAssessmentPage } from './assessments';
import { clausePage, saveClause } from './clause';
import { dashboard } from './dashboard';
import { roundRoutes } from './rounds';
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
