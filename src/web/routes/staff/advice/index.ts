import type { StaffRoute } from '../routes';
import { createCycle, cyclePage, newCyclePage, planCycle } from './cycles';
import { individualPage, saveIndividual } from './individual';
import { meetingPage, removeMeeting, saveMeeting } from './meetings';
import { overview } from './overview';
import { saveVisit, visitPage } from './visits';

/** Group advice, individual advice and reports of study visits, for staff. */
export const adviceRoutes: readonly StaffRoute[] = [
  ['get', '/staff/advice', 'advice.read', overview, { withinReach: true }],
  ['get', '/staff/advice/groups/new', 'advice.edit', newCyclePage, { withinReach: true }],
  ['post', '/staff/advice/groups/new', 'advice.edit', createCycle, { withinReach: true }],
  ['get', '/staff/advice/groups/:cycle', 'advice.edit', cyclePage],
  ['post', '/staff/advice/groups/:cycle/plan', 'advice.edit', planCycle],
  ['get', '/staff/advice/groups/:cycle/meetings/new', 'advice.edit', meetingPage],
  ['post', '/staff/advice/groups/:cycle/meetings/new', 'advice.edit', saveMeeting],
  ['get', '/staff/advice/groups/:cycle/meetings/:meeting', 'advice.edit', meetingPage],
  ['post', '/staff/advice/groups/:cycle/meetings/:meeting', 'advice.edit', saveMeeting],
  ['post', '/staff/advice/groups/:cycle/meetings/:meeting/remove', 'advice.edit', removeMeeting],
  ['get', '/staff/advice/individual/new', 'advice.edit', individualPage, { withinReach: true }],
  ['post', '/staff/advice/individual/new', 'advice.edit', saveIndividual, { withinReach: true }],
  ['get', '/staff/advice/individual/:advice', 'advice.edit', individualPage],
  ['post', '/staff/advice/individual/:advice', 'advice.edit', saveIndividual],
  ['get', '/staff/advice/visits/:event', 'visits.edit', visitPage],
  ['post', '/staff/advice/visits/:event', 'visits.edit', saveVisit],
];
