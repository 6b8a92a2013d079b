import type { Router } from 'express';
import { handle } from '../../../handle';
import { addressTable } from '../../../router';
import type { Services } from '../../../services';
import { register, registerPage, type RegisterPlace } from '../../events/register';
import { forStaff, type Staff } from '../signed-in';
import { attendancePage, markAttendance } from './attendance';
import { eventDetailsPage, saveEventDetails } from './edit';
import { confirmClock, eventsPage } from './events-page';
import { listCsv, printList } from './list-files';
import { forEvent, type EventHandler, type StaffEvent } from './one-event';
import { eventOverview, publishEvent, retryMails, setSeats } from './overview';
import { cancelEvent, cancelEventPage, takeOff, takeOffPage } from './take-off';

/** Events as the staff sees them. Nobody is moved by hand: there is no address for that. */
export function staffEventRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  const one = (handler: EventHandler) => handle(staff(forEvent(handler)));

  router.get('/staff/events', handle(staff(eventsPage)));
  router.post('/staff/events/clock', handle(staff(confirmClock)));
  router.get('/staff/events/new', handle(staff(eventDetailsPage)));
  router.post('/staff/events/new', handle(staff(saveEventDetails)));
  router.get('/staff/events/:event', one(eventOverview));
  router.get('/staff/events/:event/edit', handle(staff(eventDetailsPage)));
  router.post('/staff/events/:event/edit', handle(staff(saveEventDetails)));
  router.post('/staff/events/:event/publish', one(publishEvent));
  router.get('/staff/events/:event/cancel', one(cancelEventPage));
  router.post('/staff/events/:event/cancel', one(cancelEvent));
  router.post('/staff/events/:event/seats', one(setSeats));
  router.get('/staff/events/:event/register', one(telephonePage));
  router.post('/staff/events/:event/register', one(registerByTelephone));
  router.get('/staff/events/:event/people/:person/cancel', one(takeOffPage));
  router.post('/staff/events/:event/people/:person/cancel', one(takeOff));
  router.get('/staff/events/:event/attendance', one(attendancePage));
  router.post('/staff/events/:event/attendance', one(markAttendance));
  router.get('/staff/events/:event/list.csv', one(listCsv));
  router.get('/staff/events/:event/print-list', one(printList));
  router.post('/staff/events/:event/mails/retry', one(retryMails));
  return router;
}

/** Somebody called: the same form and the same queue. */
const byTelephone = ({ member }: Staff): RegisterPlace => ({
  channel: 'telephone',
  view: 'staff/events/register',
  action: ({ id }) => `/staff/events/${id}/register`,
  done: ({ id }) => `/staff/events/${id}?done=registered`,
  model: { member: member.user },
});

const telephonePage: EventHandler = (request, { staff, event, state }: StaffEvent) =>
  registerPage(byTelephone(staff))(request, { services: staff.services, language: staff.language, event, state });

const registerByTelephone: EventHandler = (request, { staff, event, state }: StaffEvent) =>
  register(byTelephone(staff))(request, { services: staff.services, language: staff.language, event, state });
