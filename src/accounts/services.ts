import type { AccountDependencies } from './account';
import { createAccounts, type Accounts } from './accounts';
import { createAuditLog, type AuditLog } from './audit-log';
import { createBrowserProofs } from './browser-proof';
import { createOneTimeLinks, type OneTimeLinks } from './one-time-links';
import { createPeople, type People } from './people';
import { createSessions, type Sessions } from './sessions';

export interface AccountServices {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly oneTimeLinks: OneTimeLinks;
  readonly people: People;
  readonly audit: AuditLog;
}

/** Everything about the people of the staff, over one store. */
export function createAccountServices(
  deps: AccountDependencies & {
    /** Known to all processes of the installation and kept outside the store. */
    readonly secret: string;
    /** Makes the tokens of links, and has to outlast a restart; kept outside the store. */
    readonly linkKey: string;
    /** Told that a letter is owed. */
    readonly lettersWait: () => void;
  },
): AccountServices {
  const proofs = createBrowserProofs(deps.secret);
  const sessions = createSessions(deps.store, deps.clock);
  const oneTimeLinks = createOneTimeLinks({ ...deps, proofs, wake: deps.lettersWait });
  const people = createPeople({ ...deps, sessions, oneTimeLinks });
  return { accounts: createAccounts(deps), sessions, oneTimeLinks, people, audit: createAuditLog(deps) };
}
