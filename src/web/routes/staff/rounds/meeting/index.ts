import type { StaffRoute } from '../../routes';
import { withRound } from '../with-round';
import { areaNow, saveArea, saveAreaFields, showArea, withArea } from './area';
import { earlierPage } from './earlier';
import { approveMinutes, minutesFile, minutesPage, reopenMinutes } from './minutes';
import { meetingOverview } from './overview';
import { meetingPage, removeMeeting, saveMeeting } from './presence';

const round = withRound;
const area = '/staff/rounds/:round/meeting/:area';
const meetings = '/staff/rounds/:round/meetings';

/** The working group's meeting: who was there, and what it says of each area. */
export const meetingRoutes: readonly StaffRoute[] = [
  ['get', '/staff/rounds/:round/meeting', 'meeting.read', round(meetingOverview)],
  ['get', area, 'meeting.edit', round(withArea(showArea))],
  ['post', area, 'meeting.edit', round(withArea(saveArea))],
  ['get', `${area}/now`, 'meeting.edit', round(withArea(areaNow))],
  ['post', `${area}/save`, 'meeting.edit', round(withArea(saveAreaFields))],
  ['get', `${area}/earlier`, 'meeting.edit', round(withArea(earlierPage))],
  ['get', `${meetings}/new`, 'meeting.edit', round(meetingPage)],
  ['post', `${meetings}/new`, 'meeting.edit', round(saveMeeting)],
  ['get', `${meetings}/:meeting`, 'meeting.edit', round(meetingPage)],
  ['post', `${meetings}/:meeting`, 'meeting.edit', round(saveMeeting)],
  ['post', `${meetings}/:meeting/remove`, 'meeting.edit', round(removeMeeting)],
  ['get', '/staff/rounds/:round/minutes', 'meeting.read', round(minutesPage)],
  ['get', '/staff/rounds/:round/minutes.pdf', 'meeting.read', round(minutesFile)],
  ['post', '/staff/rounds/:round/minutes/approve', 'meeting.approve', round(approveMinutes)],
  ['post', '/staff/rounds/:round/minutes/reopen', 'meeting.approve', round(reopenMinutes)],
];
