import type { Router } from 'express';
import { handle } from '../../handle';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { cancelPage, cancelPerson } from './cancel';
import { changePage, changePerson } from './change';
import { confirm, confirmPage } from './confirm';
import { overviewPage } from './overview';
import { withRegistration } from './private-link';

/** What the private link of a registration opens. Addresses below it are secrets: the log leaves them out. */
export function registrationRoutes(services: Services, baseUrl: string | null): Router {
  const router = addressTable();
  const own = withRegistration(services);

  router.get('/confirm/:secret', handle(confirmPage(services)));
  router.post('/confirm/:secret', handle(confirm(services)));
  router.get('/registrations/:link', handle(own(overviewPage(baseUrl))));
  router.get('/registrations/:link/people/:person/cancel', handle(own(cancelPage)));
  router.post('/registrations/:link/people/:person/cancel', handle(own(cancelPerson)));
  router.get('/registrations/:link/people/:person/change', handle(own(changePage)));
  router.post('/registrations/:link/people/:person/change', handle(own(changePerson)));
  return router;
}
