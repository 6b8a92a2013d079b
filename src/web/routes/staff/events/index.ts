import { register, registerPage, type RegisterPlace } from '../../events/register';
import type { StaffRoute } from '../routes';
import { staffModel, type Staff } from '../signed-in';
import { attendancePage, markAttendance } from './attendance';
import { eventDetailsPage, saveEventDetails } from './edit';
import { confirmClock, eventsPage } from './events-page';
import { listCsv, printList } from './list-files';
import { forEvent, type EventHandler, type StaffEvent } from './one-event';
import { eventOverview, publishEvent, retryMails, setSeats } from './overview';
import { cancelEvent, cancelEventPage, takeOff, takeOffPage } from './take-off';

/** Somebody called: the same form and the same queue. */
const byTelephone = (staff: Staff): RegisterPlace => ({
  channel: 'telephone',
  view: 'staff/events/register',
  action: ({ id }) => `/staff/events/${id}/register`,
  done: ({ id }) => `/staff/events/${id}?done=registered`,
  model: staffModel(staff),
});

const telephonePage: EventHandler = (request, { staff, event, state }: StaffEvent) =>
  registerPage(byTelephone(staff))(request, { services: staff.services, language: staff.language, event, state });

const registerByTelephone: EventHandler = (request, { staff, event, state }: StaffEvent) =>
  register(byTelephone(staff))(request, { services: staff.services, language: staff.language, event, state });

const one = forEvent;

/** Events as the staff sees them. Nobody is moved by hand: there is no address for that. */
export const staffEventRoutes: readonly StaffRoute[] = [
  ['get', '/staff/events', 'events.edit', eventsPage],
  ['post', '/staff/events/clock', 'clock.confirm', confirmClock],
  ['get', '/staff/events/new', 'events.edit', eventDetailsPage],
  ['post', '/staff/events/new', 'events.edit', saveEventDetails],
  ['get', '/staff/events/:event', 'events.people', one(eventOverview)],
  ['get', '/staff/events/:event/edit', 'events.edit', eventDetailsPage],
  ['post', '/staff/events/:event/edit', 'events.edit', saveEventDetails],
  ['post', '/staff/events/:event/publish', 'events.edit', one(publishEvent)],
  ['get', '/staff/events/:event/cancel', 'events.edit', one(cancelEventPage)],
  ['post', '/staff/events/:event/cancel', 'events.edit', one(cancelEvent)],
  ['post', '/staff/events/:event/seats', 'events.edit', one(setSeats)],
  ['get', '/staff/events/:event/register', 'events.people', one(telephonePage)],
  ['post', '/staff/events/:event/register', 'events.people', one(registerByTelephone)],
  ['get', '/staff/events/:event/people/:person/cancel', 'events.people', one(takeOffPage)],
  ['post', '/staff/events/:event/people/:person/cancel', 'events.people', one(takeOff)],
  ['get', '/staff/events/:event/attendance', 'events.people', one(attendancePage)],
  ['post', '/staff/events/:event/attendance', 'events.people', one(markAttendance)],
  ['get', '/staff/events/:event/list.csv', 'events.people', one(listCsv)],
  ['get', '/staff/events/:event/print-list', 'events.people', one(printList)],
  ['post', '/staff/events/:event/mails/retry', 'events.people', one(retryMails)],
];
