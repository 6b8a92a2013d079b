import { everything, type Assignment } from '../accounts/rights';
import type { AccountServices } from '../accounts/services';
import type { Units } from '../assessment/units';
import { isRefusal } from '../shared/errors';
import { accepted } from './accepted';

/** Whoever of the demo signs in, and as what; all with the password of the administrator. */
interface DemoPerson {
  readonly user: string;
  readonly name: string;
  /** As the start of the demo says it. */
  readonly about: string;
  readonly role: Assignment['role'];
  /** Codes. */
  readonly units: readonly string[];
  readonly side: Assignment['side'];
}

export const demoPeople: readonly DemoPerson[] = [
  {
    user: 'felicja',
    name: 'Felicja Okrągła',
    about: 'facilitator of two units',
    role: 'facilitator',
    units: ['DEMO-1', 'DEMO-2'],
    side: null,
  },
  {
    user: 'urszula',
    name: 'Urszula Kanciasta',
    about: 'coordinator, office',
    role: 'coordinator',
    units: ['DEMO-1'],
    side: 'office',
  },
  {
    user: 'norbert',
    name: 'Norbert Pochyły',
    about: 'coordinator, NGOs',
    role: 'coordinator',
    units: ['DEMO-1'],
    side: 'ngo',
  },
  { user: 'olgierd', name: 'Olgierd Wysoki', about: 'event organiser', role: 'organiser', units: [], side: null },
  { user: 'wanda', name: 'Wanda Cichutka', about: 'viewer', role: 'viewer', units: [], side: null },
];

const invited = {
  name: 'Ignacy Zaproszony',
  email: 'ignacy@example.org',
  role: 'viewer',
  units: [],
  side: null,
} as const;

/**
 * One person of every role, each with an e-mail address, so that links to sign in arrive in the mailbox; and one who is
 * invited. Nothing changes where they are there already.
 *
 * @param administrator user of the account that the settings have made
 */
export async function seedPeople(
  { accounts, people, oneTimeLinks }: AccountServices,
  units: Units,
  administrator: string,
  password: string,
): Promise<void> {
  async function introduce(id: string, user: string, name: string, assignment: Assignment): Promise<void> {
    const account = await people.get(id);
    if (account?.name !== '') return;
    accepted(await people.edit(id, { name, email: `${user}@example.org`, ...assignment }, account.revision));
  }
  const { id } = accepted(await accounts.ensurePassword(administrator, password, everything));
  await introduce(id, administrator, 'Daria Pokazowa', everything);
  for (const { user, name, role, units: codes, side } of demoPeople) {
    const own = await Promise.all(codes.map((code) => units.byCode(code)));
    const assignment = { role, units: own.flatMap((unit) => unit?.id ?? []), side };
    const member = accepted(await accounts.ensurePassword(user, password, assignment));
    await introduce(member.id, user, name, assignment);
  }
  const invitation = await people.invite(invited);
  // At a later start the address is taken.
  if (!isRefusal(invitation)) await oneTimeLinks.invite(invitation, 'pl');
}
