import { isDeepStrictEqual } from 'node:util';
import { systemSteadyClock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { moveFrom } from '../shared/moves';
import type { Turns } from '../shared/turns';
import {
  accountsSpec,
  assignmentOf,
  memberOf,
  signInOf,
  userNameOf,
  userPattern,
  wholeAccount,
  type Account,
  type AccountDependencies,
  type SignIn,
  type StaffMember,
} from './account';
import { accountMoves } from './account-moves';
import { createFailureLimit, minutesOf, reserveAll } from './failure-limit';
import { changeAccount } from './last-administrator';
import { hashPassword, verifyPassword } from './password';
import { judgePassword, type PasswordRefusal, type Strength } from './password-strength';
import type { RetiredUsers } from './retired-users';
import { assignmentFault, type Assignment, type AssignmentRefusal } from './rights';

/** Whoever is signed in and types the password once more, to change it. */
const ownLimit = { points: 10, seconds: 900 };

const mostOwnUnits = 10;

export type AccountRefusal =
  | PasswordRefusal
  | AssignmentRefusal
  | Refusal<'user-malformed' | 'user-retired' | 'account-unknown' | 'last-administrator' | 'changed-meanwhile'>;

/** A new password, how well it holds, and the sign-in to go on with. */
export interface Changed {
  readonly signIn: SignIn;
  readonly strength: Strength;
}

/** Every way in which a password is set. All of them judge it (`password-strength.ts`) and end the sign-ins so far. */
export interface Passwords {
  /**
   * Sets a password by command. One who is suspended stays so.
   *
   * @param assignment makes the account if there is none, and changes the rights of one that is there; null leaves them
   */
  setPassword(user: string, password: string, assignment: Assignment | null): Promise<StaffMember | AccountRefusal>;
  /** For a setting read at every start: does nothing where this password and these rights hold already. */
  ensurePassword(user: string, password: string, assignment: Assignment): Promise<StaffMember | AccountRefusal>;
  /** Somebody changes their own and shows that they know the old one. */
  changePassword(
    accountId: string,
    old: string,
    password: string,
  ): Promise<Changed | PasswordRefusal | Refusal<'old-password-wrong' | 'too-many-attempts'>>;
  /**
   * Sets the first one of an invited account, or a new one in the place of one that was forgotten.
   *
   * @param mayBe asked once the password has passed and before anything is changed; false leaves all as it is
   */
  replacePassword(
    account: Account,
    password: string,
    mayBe: () => Promise<boolean>,
  ): Promise<Changed | PasswordRefusal | Refusal<'link-invalid'>>;
}

/**
 * @param deps `hashing`: one at a time, shared with the sign-in
 * @param deps dayName: names of what is counted (`day-keys.ts`)
 */
export function createPasswords(
  deps: AccountDependencies & {
    readonly hashing: Turns;
    readonly dayName: (text: string) => Promise<string>;
    readonly retired: RetiredUsers;
  },
): Passwords {
  const { store, hashing, steady = systemSteadyClock } = deps;
  const accounts = store.collection(accountsSpec);
  const limit = createFailureLimit(store, steady, ownLimit);
  const hashOf = (password: string) =>
    hashing.runFirst(() => hashPassword(password, deps.randomBytes, deps.passwordCost));
  const verify = (password: string, hash: string) => hashing.runFirst(() => verifyPassword(password, hash));

  /** What others know of the holder of an account. Who works with very many units is not known by each. */
  async function ownWordsOf({ user, name, email, units }: Account): Promise<readonly string[]> {
    const names = units.length > mostOwnUnits ? [] : await (deps.unitNames?.(units) ?? []);
    return [user, name, email ?? '', ...names];
  }

  async function find(user: string): Promise<Account | null> {
    const [found] = await accounts.find({ user: userNameOf(user) }, { limit: 1 });
    return found === undefined ? null : wholeAccount(found);
  }

  /** Sets a password while the account still has the one that was seen. */
  async function put(seen: Account, passwordHash: string): Promise<SignIn | null> {
    const changed = await accounts.update(seen.id, (stored) => {
      const one = wholeAccount(stored);
      if (one.passwordRevision !== seen.passwordRevision || one.state !== seen.state) return null;
      return withPassword(one, passwordHash);
    });
    return changed && signInOf(changed);
  }

  async function setPassword(given: string, password: string, assignment: Assignment | null) {
    const user = userNameOf(given);
    if (!new RegExp(userPattern).test(user)) return refuse('user-malformed');
    const strength = judgePassword(password, [user]);
    if (isRefusal(strength)) return strength;
    const fault = assignment && assignmentFault(assignment);
    if (fault) return fault;
    if (assignment === null && (await find(user)) === null) return refuse('account-unknown');
    const passwordHash = await hashOf(password);
    const rights = assignment === null ? {} : assignmentOf(assignment);
    for (;;) {
      const known = await find(user);
      if (known !== null) {
        const changed = await changeAccount(accounts, known.id, (one) => ({ ...withPassword(one, passwordHash), ...rights })); // prettier-ignore
        if (isRefusal(changed)) return changed;
        if (changed !== null) return memberOf(changed);
        continue;
      }
      if (assignment === null) return refuse('account-unknown');
      if (await deps.retired.has(user)) return refuse('user-retired');
      const account: Account = {
        ...{ id: deps.ids.uuid(), user, name: '', email: null, state: 'active', ...assignmentOf(assignment) },
        ...{ passwordHash, passwordRevision: 1, revision: 1, vouched: 0 },
      };
      if ((await accounts.insert(account)).inserted) return memberOf(account);
    }
  }

  return {
    setPassword,

    async ensurePassword(user, password, assignment) {
      const known = await find(user);
      const hash = known?.passwordHash;
      const holds = known && hash && (await verify(password, hash));
      if (!holds) return setPassword(user, password, assignment);
      const fault = assignmentFault(assignment);
      if (fault) return fault;
      const wanted = assignmentOf(assignment);
      if (isDeepStrictEqual(assignmentOf(known), wanted)) return memberOf(known);
      const changed = await changeAccount(accounts, known.id, (one) => ({ ...one, ...wanted }));
      if (isRefusal(changed)) return changed;
      return changed ? memberOf(changed) : setPassword(user, password, assignment);
    },

    async changePassword(accountId, old, password) {
      const stored = await accounts.get(accountId);
      const account = stored && wholeAccount(stored);
      const hash = account?.passwordHash;
      if (!account || !hash) return refuse('old-password-wrong');
      const strength = judgePassword(password, await ownWordsOf(account));
      if (isRefusal(strength)) return strength;
      const reserved = await reserveAll([[limit, await deps.dayName(`own ${account.id}`)]]);
      if ('waitMs' in reserved) return refuse('too-many-attempts', { minutes: minutesOf(reserved) });
      if (!(await verify(old, hash))) return refuse('old-password-wrong');
      await reserved.giveBack();
      const signIn = await put(account, await hashOf(password));
      return signIn === null ? refuse('old-password-wrong') : { signIn, strength };
    },

    async replacePassword(account, password, mayBe) {
      const strength = judgePassword(password, await ownWordsOf(account));
      if (isRefusal(strength)) return strength;
      const passwordHash = await hashOf(password);
      if (!(await mayBe())) return refuse('link-invalid');
      const signIn = await put(account, passwordHash);
      return signIn === null ? refuse('link-invalid') : { signIn, strength };
    },
  };
}

/** Whoever gets the first password has accepted the invitation. */
function withPassword(account: Account, passwordHash: string): Account {
  const state = moveFrom(accountMoves, account.state, 'accept')?.to ?? account.state;
  return { ...account, state, passwordHash, passwordRevision: account.passwordRevision + 1 };
}
