import type { Accounts } from '../accounts/accounts';
import type { Assignment } from '../accounts/rights';
import type { Units } from '../assessment/units';
import { accepted } from './accepted';

/** Whoever of the demo signs in, and as what; all with the password of the administrator. */
interface DemoPerson {
  readonly user: string;
  /** As the start of the demo says it. */
  readonly about: string;
  readonly role: Assignment['role'];
  /** Codes. */
  readonly units: readonly string[];
  readonly side: Assignment['side'];
}

export const demoPeople: readonly DemoPerson[] = [
  { user: 'felicja', about: 'facilitator of two units', role: 'facilitator', units: ['DEMO-1', 'DEMO-2'], side: null },
  { user: 'urszula', about: 'coordinator, office', role: 'coordinator', units: ['DEMO-1'], side: 'office' },
  { user: 'norbert', about: 'coordinator, NGOs', role: 'coordinator', units: ['DEMO-1'], side: 'ngo' },
  { user: 'olgierd', about: 'event organiser', role: 'organiser', units: [], side: null },
  { user: 'wanda', about: 'viewer', role: 'viewer', units: [], side: null },
];

/** One person of every role; nothing changes where they are there already. */
export async function seedPeople(accounts: Accounts, units: Units, password: string): Promise<void> {
  for (const { user, role, units: codes, side } of demoPeople) {
    const own = await Promise.all(codes.map((code) => units.byCode(code)));
    const assignment = { role, units: own.flatMap((unit) => unit?.id ?? []), side };
    accepted(await accounts.ensurePassword(user, password, assignment));
  }
}
