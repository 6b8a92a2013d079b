import express, { type Router } from 'express';
import { missingPage } from '../../errors';
import { handle } from '../../handle';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { changePassword } from './account/change-password';
import { ownAccountPage } from './account/own-account';
import { endOtherSessions, endSession } from './account/sessions';
import { adviceRoutes } from './advice';
import { cooperationRoutes } from './cooperation';
import { askForLink, askPage } from './ask-for-link';
import { auditRoutes } from './audit';
import { assessmentPage, createAssessment, newAssessmentPage } from './assessments';
import { clausePage, saveClause } from './clause';
import { dashboard } from './dashboard';
import { staffEventRoutes } from './events';
import { jobRoutes } from './jobs';
import { oneTimeLinkPage, useOneTimeLink } from './one-time-link';
import { peopleRoutes } from './people';
import { staffProgressRoutes } from './progress';
import { publishingRoutes } from './publishing';
import { roundRoutes } from './rounds';
import { staffRouter, type StaffRoute } from './routes';
import { territoryRoutes } from './territory';
import { signIn, signInPage, signOut } from './sign-in';
import { tasksPage } from './tasks';
import { contactPage, removeContact, saveContact } from './units/contact';
import { editUnitPage, saveUnit } from './units/edit-unit';
import { unitsPage, unitsTable } from './units/list';
import { notePage, notesPage, removeNote, saveNote } from './units/notes';
import { unitPage } from './units/unit-page';

/** Every address of the staff, but the sign-in. */
const routes: readonly StaffRoute[] = [
  ['get', '/staff/account', 'account.own', ownAccountPage],
  ['post', '/staff/account/password', 'account.own', changePassword],
  ['post', '/staff/account/sessions/end', 'account.own', endSession],
  ['post', '/staff/account/sessions/end-others', 'account.own', endOtherSessions],
  ['get', '/staff', 'desk.read', dashboard, { withinReach: true }],
  ['get', '/staff/tasks', 'tasks.read', tasksPage, { withinReach: true }],
  ['get', '/staff/units', 'units.read', unitsPage, { withinReach: true }],
  ['get', '/staff/units.csv', 'units.read', unitsTable, { withinReach: true }],
  ['get', '/staff/units/new', 'units.create', editUnitPage],
  ['post', '/staff/units/new', 'units.create', saveUnit],
  // Before the page of one unit, whose address it would be.
  ...territoryRoutes,
  ['get', '/staff/units/:unit', 'units.read', unitPage],
  ['get', '/staff/units/:unit/edit', 'units.edit', editUnitPage],
  ['post', '/staff/units/:unit/edit', 'units.edit', saveUnit],
  ['get', '/staff/units/:unit/contacts/new', 'contacts.edit', contactPage],
  ['post', '/staff/units/:unit/contacts/new', 'contacts.edit', saveContact],
  ['get', '/staff/units/:unit/contacts/:contact', 'contacts.edit', contactPage],
  ['post', '/staff/units/:unit/contacts/:contact', 'contacts.edit', saveContact],
  ['post', '/staff/units/:unit/contacts/:contact/remove', 'contacts.edit', removeContact],
  ['get', '/staff/units/:unit/notes', 'notes.edit', notesPage],
  ['get', '/staff/units/:unit/notes/new', 'notes.edit', notePage],
  ['post', '/staff/units/:unit/notes/new', 'notes.edit', saveNote],
  ['get', '/staff/units/:unit/notes/:note', 'notes.edit', notePage],
  ['post', '/staff/units/:unit/notes/:note', 'notes.edit', saveNote],
  ['post', '/staff/units/:unit/notes/:note/remove', 'notes.edit', removeNote],
  ['get', '/staff/units/:unit/clause', 'clause.edit', clausePage],
  ['post', '/staff/units/:unit/clause', 'clause.edit', saveClause],
  ['get', '/staff/units/:unit/assessments/new', 'rounds.plan', newAssessmentPage],
  ['post', '/staff/units/:unit/assessments/new', 'rounds.plan', createAssessment],
  ['get', '/staff/assessments/:assessment', 'rounds.read', assessmentPage],
  ...roundRoutes,
  ...publishingRoutes,
  ...staffEventRoutes,
  ...adviceRoutes,
  ...cooperationRoutes,
  ...staffProgressRoutes,
  ...jobRoutes,
  ...peopleRoutes,
  ...auditRoutes,
];

/** All below /staff. What is not here is missing before anything that was sent is read. */
export function staffRoutes(services: Services): Router {
  const router = addressTable('/staff');
  router.use('/staff/sign-in', express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 }));
  router.get('/staff/sign-in', handle(signInPage(services)));
  router.post('/staff/sign-in', handle(signIn(services)));
  router.post('/staff/sign-out', handle(signOut()));
  for (const path of ['by-link', 'forgotten'] as const) {
    router.get(`/staff/sign-in/${path}`, handle(askPage(services, path)));
    router.post(`/staff/sign-in/${path}`, handle(askForLink(services, path)));
  }
  router.get('/staff/sign-in/link/:token', handle(oneTimeLinkPage(services)));
  router.post('/staff/sign-in/link/:token', handle(useOneTimeLink(services)));
  router.use(staffRouter(services, routes));
  router.use('/staff', missingPage());
  return router;
}
