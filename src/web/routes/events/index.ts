import type { Router } from 'express';
import { handle } from '../../handle';
import { addressTable } from '../../router';
import { handleShared } from '../../shared-pages';
import type { Services } from '../../services';
import { eventCalendar, eventPage, withEvent } from './event-page';
import { allCalendar, eventList } from './list';
import { publicPlace, register, registerPage } from './register';

/** What everybody may see of events, and the way to register. */
export function eventRoutes(services: Services, baseUrl: string | null): Router {
  const router = addressTable();
  const one = withEvent(services);

  router.get('/events', handleShared(eventList(services)));
  router.get('/events/calendar.ics', handle(allCalendar(services, baseUrl)));
  router.get('/events/:event', handle(one(eventPage)));
  router.get('/events/:event/calendar.ics', handle(one(eventCalendar(baseUrl))));
  router.get('/events/:event/register', handle(one(registerPage(publicPlace))));
  router.post('/events/:event/register', handle(one(register(publicPlace))));
  return router;
}
