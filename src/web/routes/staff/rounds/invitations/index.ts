import type { StaffRoute } from '../../routes';
import { withRound } from '../with-round';
import { letterArrived, sendAgain } from './care';
import { addInvitations, importPage, previewList } from './import';
import { invitationsPage } from './overview';
import { peoplePage, removePage, removePerson } from './people';
import { confirmClock, dropReminder, planReminder } from './reminders';
import { moveMailing, sendInvitations, sendPage } from './sending';
import { saveTexts, sendTestLetter, textsPage } from './texts';

const round = withRound;
const home = '/staff/rounds/:round/invitations';

/** Invitations by e-mail of one round: whom, with what words, when, and what became of the letters. */
export const invitationRoutes: readonly StaffRoute[] = [
  ['get', home, 'invitations.send', round(invitationsPage)],
  ['get', `${home}/import`, 'invitations.send', round(importPage)],
  ['post', `${home}/import`, 'invitations.send', round(previewList)],
  ['post', `${home}/add`, 'invitations.send', round(addInvitations)],
  ['get', `${home}/texts`, 'invitations.send', round(textsPage)],
  ['post', `${home}/texts`, 'invitations.send', round(saveTexts)],
  ['post', `${home}/test-letter`, 'invitations.send', round(sendTestLetter)],
  ['get', `${home}/send`, 'invitations.send', round(sendPage)],
  ['post', `${home}/send`, 'invitations.send', round(sendInvitations)],
  ['post', `${home}/mailings/:number/:action`, 'invitations.send', round(moveMailing)],
  ['post', `${home}/reminders`, 'invitations.send', round(planReminder)],
  ['post', `${home}/reminders/:number/drop`, 'invitations.send', round(dropReminder)],
  ['post', `${home}/clock`, 'clock.confirm', round(confirmClock)],
  ['get', `${home}/people`, 'invitations.send', round(peoplePage)],
  ['get', `${home}/people/:invitation/remove`, 'invitations.send', round(removePage)],
  ['post', `${home}/people/:invitation/remove`, 'invitations.send', round(removePerson)],
  ['post', `${home}/people/:invitation/again`, 'invitations.send', round(sendAgain)],
  ['post', `${home}/people/:invitation/arrived`, 'invitations.send', round(letterArrived)],
];
