import { systemSteadyClock } from '../shared/clock';
import { refuse, type Refusal } from '../shared/errors';
import { createTurns } from '../shared/turns';
import {
  accountsSpec,
  memberOf,
  signInOf,
  userNameOf,
  wholeAccount,
  type Account,
  type AccountDependencies,
  type SignIn,
  type StaffMember,
} from './account';
import { addressPrefix } from './address-prefix';
import { createBrowserProofs } from './browser-proof';
import { createDayNames } from './day-keys';
import { createAccountEmails, emailOf } from './emails';
import { createFailureLimit, minutesOf, removeOldFailures, reserveAll, type Counted } from './failure-limit';
import { unmatchable, verifyPassword } from './password';
import { longestPassword } from './password-strength';
import { createPasswords, type Passwords } from './passwords';
import { createRetiredUsers } from './retired-users';

/**
 * Failures after which the password is not looked at for a while. Strangers can use up the limits of an account or of
 * an address, so a browser in which the account has signed in before has a limit of its own.
 */
export const signInLimits = {
  /** One account from one address (of IPv6: from one /64). */
  pair: { points: 5, seconds: 900 },
  /** All accounts from one address; many: a whole office may share it. */
  address: { points: 100, seconds: 900 },
  /** One account from all addresses together. */
  account: { points: 300, seconds: 3600 },
  /** One account from the browsers in which it has signed in before. */
  knownBrowser: { points: 10, seconds: 900 },
};

/** Password checks that may wait; each takes some tenths of a second, so nobody waits for more than some seconds. */
const mostWaiting = 20;

export type SignInRefusal = Refusal<'sign-in-failed' | 'too-many-attempts' | 'sign-in-busy'>;

export interface Accounts extends Passwords {
  /**
   * Checks a password. Who is unknown, invited or suspended takes as long as a wrong password and gives the same
   * refusal. Only failures count against the limits (`signInLimits`); `sign-in-busy` says at once that too many are
   * waiting to be checked.
   *
   * @param name the user, or the e-mail address of the account.
   * @param address network address that the request came from.
   * @param proof what `browserProof` once gave to this browser: its own limit holds for it, and it goes before others.
   */
  signIn(name: string, password: string, address: string, proof?: string | null): Promise<SignIn | SignInRefusal>;
  /** For the browser to keep: says that this account has signed in there with the password that it has now. */
  browserProof(signIn: SignIn): string;
  /** Ends every sign-in of an account, in all processes at once; the sign-in that whoever asked goes on with. */
  endSignIns(accountId: string): Promise<SignIn | null>;
  /** Removes counts of failures that hold no more; call at start and now and then. */
  removeOldFailures(): Promise<number>;
  get(accountId: string): Promise<Account | null>;
  /** Whom a session belongs to; null once the account is gone, suspended or has a new password. */
  signedIn(signIn: SignIn): Promise<StaffMember | null>;
  /** Whether anybody can sign in at all. */
  any(): Promise<boolean>;
}

export function createAccounts(deps: AccountDependencies): Accounts {
  const { store, steady = systemSteadyClock } = deps;
  const secret = deps.secret ?? deps.randomBytes(32).toString('hex');
  const accounts = store.collection(accountsSpec);
  const emails = createAccountEmails(store);
  const proofs = createBrowserProofs(secret);
  const dayName = createDayNames({ ...deps, secret });
  const limits = {
    pair: createFailureLimit(store, steady, signInLimits.pair),
    address: createFailureLimit(store, steady, signInLimits.address),
    account: createFailureLimit(store, steady, signInLimits.account),
    knownBrowser: createFailureLimit(store, steady, signInLimits.knownBrowser),
  };
  // One at a time: each takes 128 MiB, and a crowd at the sign-in page must not take them all at once.
  const hashing = createTurns(mostWaiting);

  /** The limits that a try meets, each with the name that it is counted under. */
  async function limitsOf(typed: string, address: string, known: Account | null): Promise<Counted[]> {
    if (known) return [[limits.knownBrowser, await dayName(`known browser ${known.id}`)]];
    const name = userNameOf(typed).slice(0, 254);
    const prefix = addressPrefix(address);
    return [
      [limits.pair, await dayName(`pair ${name} ${prefix}`)],
      [limits.address, await dayName(`address ${prefix}`)],
      [limits.account, await dayName(`account ${name}`)],
    ];
  }

  /** Checks a password within the limits; what turns out to be right is not counted. */
  async function checkCounted(
    account: Account | null,
    password: string,
    limitsMet: () => Promise<Counted[]>,
  ): Promise<SignIn | SignInRefusal> {
    const reserved = await reserveAll(await limitsMet());
    if ('waitMs' in reserved) return refuse('too-many-attempts', { minutes: minutesOf(reserved) });
    // All who cannot sign in cost the same work, so that waiting tells nothing about who has an account.
    const hash = (account?.state === 'active' ? account.passwordHash : null) ?? unmatchable(deps.passwordCost);
    const fits = await verifyPassword(password.slice(0, longestPassword + 1), hash);
    if (!account || !fits) return refuse('sign-in-failed');
    await reserved.giveBack();
    return signInOf(account);
  }

  async function find(user: string): Promise<Account | null> {
    const [found] = await accounts.find({ user: userNameOf(user) }, { limit: 1 });
    return found === undefined ? null : wholeAccount(found);
  }

  async function get(accountId: string): Promise<Account | null> {
    const found = await accounts.get(accountId);
    return found === null ? null : wholeAccount(found);
  }

  return {
    ...createPasswords({ ...deps, hashing, dayName, retired: createRetiredUsers(store, deps.linkKey ?? secret) }),

    async signIn(typed, password, address, proof = null) {
      const account = typed.includes('@') ? await emails.find(emailOf(typed)) : await find(typed);
      const known = proofs.fits(proof, account) ? account : null;
      // Even counting waits for its turn: two hundred at once must not stand before others at the store either.
      const attempt = () => checkCounted(account, password, () => limitsOf(typed, address, known));
      if (known) return hashing.runFirst(attempt);
      // Made-up names share a lane: a crowd of them must not stand before those who are expected.
      const result = await hashing.run(account?.id ?? 'unknown', attempt);
      return result === 'turned-away' ? refuse('sign-in-busy') : result;
    },

    browserProof: (signIn) => proofs.of(signIn),

    async endSignIns(accountId) {
      const ended = await accounts.update(accountId, (stored) => {
        const one = wholeAccount(stored);
        return { ...one, passwordRevision: one.passwordRevision + 1 };
      });
      return ended && signInOf(ended);
    },

    removeOldFailures: () => removeOldFailures(store, steady),

    get,

    async signedIn({ accountId, passwordRevision }) {
      const account = await get(accountId);
      const holds = account?.state === 'active' && account.passwordRevision === passwordRevision;
      return holds ? memberOf(account) : null;
    },

    any: async () => (await accounts.count({})) > 0,
  };
}
