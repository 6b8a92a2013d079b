import type { StaffRoute } from '../routes';
import { personForm, savePerson } from './edit';
import { peoplePage } from './list';
import { askToErase, erasePerson, handOver, inviteAgain, movePerson, personPage } from './person';

/** Who has an account, and what they may do. */
export const peopleRoutes: readonly StaffRoute[] = [
  ['get', '/staff/people', 'people.edit', peoplePage],
  ['get', '/staff/people/invite', 'people.edit', personForm],
  ['post', '/staff/people/invite', 'people.edit', savePerson],
  ['get', '/staff/people/:account', 'people.edit', personPage],
  ['get', '/staff/people/:account/edit', 'people.edit', personForm],
  ['post', '/staff/people/:account/edit', 'people.edit', savePerson],
  ['post', '/staff/people/:account/move', 'people.edit', movePerson],
  ['get', '/staff/people/:account/erase', 'people.edit', askToErase],
  ['post', '/staff/people/:account/erase', 'people.edit', erasePerson],
  ['post', '/staff/people/:account/invite-again', 'people.edit', inviteAgain],
  ['post', '/staff/people/:account/hand-over', 'people.edit', handOver],
];
