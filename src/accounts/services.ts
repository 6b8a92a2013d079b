import type { AccountDependencies } from './account';
import { createAccounts, type Accounts } from './accounts';
import { createBrowserProofs } from './browser-proof';
import { createOneTimeLinks, type OneTimeLinks } from './one-time-links';
import { createSessions, type Sessions } from './sessions';

export interface AccountServices {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly oneTimeLinks: OneTimeLinks;
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
  return {
    accounts: createAccounts(deps),
    sessions: createSessions(deps.store, deps.clock),
    oneTimeLinks: createOneTimeLinks({ ...deps, proofs, wake: deps.lettersWait }),
  };
}
