import { createHmac, timingSafeEqual } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { SchemaObject } from 'ajv';
import { systemSteadyClock, type Clock, type SteadyClock } from '../shared/clock';
import { refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { addressPrefix } from './address-prefix';
import { createDayNames } from './day-keys';
import { createFailureLimit, removeOldFailures, type FailureLimit } from './failure-limit';
import { hashPassword, unmatchable, verifyPassword, type PasswordCost } from './password';
import {
  assignmentFault,
  coordinatorSides,
  everything,
  mostUnitsOfAccount,
  roles,
  type Assignment,
  type AssignmentRefusal,
  type CoordinatorSide,
  type Role,
} from './rights';
import { createTurns } from '../shared/turns';

/** A person of the staff. Respondents have no accounts. */
export interface Account extends Stored {
  /** What is typed to sign in: 2..40 lowercase letters, digits, dots or hyphens. */
  readonly user: string;
  /** `admin` in accounts that were made before units were assigned; see `assignmentOf`. */
  readonly role: Role | 'admin';
  /** Ids; not there in such accounts. */
  readonly units?: readonly string[];
  readonly side?: CoordinatorSide | null;
  /** See `password.ts`. */
  readonly passwordHash: string;
  /** Grows with every new password; a sign-in holds for the password it was made with. */
  readonly passwordRevision: number;
}

/** What a web session keeps of a sign-in. */
export interface SignIn {
  readonly accountId: string;
  readonly passwordRevision: number;
}

/** What pages may know of the person signed in. */
export interface StaffMember extends Assignment {
  readonly id: string;
  readonly user: string;
}

export const shortestPassword = 12;
export const longestPassword = 200;

const text: SchemaObject = { type: 'string' };

export const accountsSpec: CollectionSpec<Account> = {
  name: 'accounts',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'user', 'role', 'passwordHash', 'passwordRevision'],
    properties: {
      id: text,
      user: { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]{1,39}$' },
      role: { enum: [...roles, 'admin'] },
      units: { type: 'array', items: text, maxItems: mostUnitsOfAccount },
      side: { enum: [...coordinatorSides, null] },
      passwordHash: text,
      passwordRevision: { type: 'integer', minimum: 1 },
    },
  },
  unique: { user: ['user'] },
};

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

export type PasswordRefusal = Refusal<'user-malformed' | 'password-too-short' | 'password-too-long'>;
export type AccountRefusal = PasswordRefusal | AssignmentRefusal | Refusal<'account-unknown'>;

export interface Accounts {
  /**
   * Sets a password.
   *
   * @param assignment makes the account if there is none, and changes the rights of one that is there; null leaves them
   */
  setPassword(user: string, password: string, assignment: Assignment | null): Promise<StaffMember | AccountRefusal>;
  /** For a setting read at every start: does nothing where this password and these rights hold already. */
  ensurePassword(user: string, password: string, assignment: Assignment): Promise<StaffMember | AccountRefusal>;
  /**
   * Checks a password. An unknown user takes as long as a wrong password and gives the same refusal. Only failures
   * count against the limits (`signInLimits`); `sign-in-busy` says at once that too many are waiting to be checked.
   *
   * @param address network address that the request came from.
   * @param proof what `browserProof` once gave to this browser: its own limit holds for it, and it goes before others.
   */
  signIn(user: string, password: string, address: string, proof?: string | null): Promise<SignIn | SignInRefusal>;
  /** For the browser to keep: says that this account has signed in there with the password that it has now. */
  browserProof(signIn: SignIn): string;
  /** Removes counts of failures that hold no more; call at start and now and then. */
  removeOldFailures(): Promise<number>;
  /** Whom a session belongs to; null once the account is gone or has a new password. */
  signedIn(signIn: SignIn): Promise<StaffMember | null>;
  /** Whether anybody can sign in at all. */
  any(): Promise<boolean>;
}

export function createAccounts(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  randomBytes: (size: number) => Buffer;
  /** Known to all processes of the installation and kept outside the store; one of this process where left out. */
  secret?: string;
  /** Only tests set it. */
  steady?: SteadyClock;
  /** Only tests lower it. */
  passwordCost?: PasswordCost;
}): Accounts {
  const { store, steady = systemSteadyClock } = deps;
  const secret = deps.secret ?? deps.randomBytes(32).toString('hex');
  const accounts = store.collection(accountsSpec);
  const dayName = createDayNames({ ...deps, secret });
  const limits = {
    pair: createFailureLimit(store, steady, signInLimits.pair),
    address: createFailureLimit(store, steady, signInLimits.address),
    account: createFailureLimit(store, steady, signInLimits.account),
    knownBrowser: createFailureLimit(store, steady, signInLimits.knownBrowser),
  };
  // One at a time: each takes 128 MiB, and a crowd at the sign-in page must not take them all at once.
  const hashing = createTurns(mostWaiting);

  const proofOf = ({ accountId, passwordRevision }: SignIn): string =>
    createHmac('sha256', secret).update(`browser of ${accountId} ${passwordRevision}`).digest('base64url');

  /** The limits that a try meets, each with the name that it is counted under. */
  async function limitsOf(user: string, address: string, known: Account | null): Promise<[FailureLimit, string][]> {
    if (known) return [[limits.knownBrowser, await dayName(`known browser ${known.id}`)]];
    const name = nameOf(user).slice(0, 40);
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
    limitsMet: () => Promise<[FailureLimit, string][]>,
  ): Promise<SignIn | SignInRefusal> {
    const reserved: [FailureLimit, string][] = [];
    const giveBack = () => Promise.all(reserved.map(([limit, key]) => limit.giveBack(key)));
    for (const [limit, key] of await limitsMet()) {
      const over = await limit.reserve(key);
      if (over) {
        await giveBack();
        return refuse('too-many-attempts', { minutes: Math.max(Math.ceil(over.waitMs / 60_000), 1) });
      }
      reserved.push([limit, key]);
    }
    // Unknown users cost the same work, so that waiting tells nothing about who has an account.
    const hash = account?.passwordHash ?? unmatchable(deps.passwordCost);
    const fits = await verifyPassword(password.slice(0, longestPassword + 1), hash);
    if (!account || !fits) return refuse('sign-in-failed');
    await giveBack();
    return signInOf(account);
  }

  const find = async (user: string) => (await accounts.find({ user: nameOf(user) }, { limit: 1 }))[0] ?? null;

  async function setPassword(
    given: string,
    password: string,
    assignment: Assignment | null,
  ): Promise<StaffMember | AccountRefusal> {
    const user = nameOf(given);
    const refusal = refusalOf(user, password) ?? (assignment && assignmentFault(assignment));
    if (refusal) return refusal;
    if (assignment === null && (await find(user)) === null) return refuse('account-unknown');
    const passwordHash = await hashing.runFirst(() => hashPassword(password, deps.randomBytes, deps.passwordCost));
    for (;;) {
      const known = await find(user);
      if (known) {
        const changed = await accounts.update(known.id, (one) => ({
          ...one,
          ...(assignment === null ? {} : storedAssignment(assignment)),
          passwordHash,
          passwordRevision: one.passwordRevision + 1,
        }));
        if (changed) return memberOf(changed);
        continue;
      }
      if (assignment === null) return refuse('account-unknown');
      const account: Account = {
        ...{ id: deps.ids.uuid(), user, ...storedAssignment(assignment) },
        ...{ passwordHash, passwordRevision: 1 },
      };
      if ((await accounts.insert(account)).inserted) return memberOf(account);
    }
  }

  return {
    setPassword,

    async ensurePassword(user, password, assignment) {
      const known = await find(user);
      const holds = known && (await hashing.runFirst(() => verifyPassword(password, known.passwordHash)));
      if (!holds) return setPassword(user, password, assignment);
      const fault = assignmentFault(assignment);
      if (fault) return fault;
      const stored = storedAssignment(assignment);
      const changed = isDeepStrictEqual(assignmentOf(known), stored)
        ? known
        : await accounts.update(known.id, (one) => ({ ...one, ...stored }));
      return changed ? memberOf(changed) : setPassword(user, password, assignment);
    },

    async signIn(user, password, address, proof = null) {
      const account = await find(user);
      const known = account && proof !== null && same(proof, proofOf(signInOf(account))) ? account : null;
      // Even counting waits for its turn: two hundred at once must not stand before others at the store either.
      const attempt = () => checkCounted(account, password, () => limitsOf(user, address, known));
      if (known) return hashing.runFirst(attempt);
      // Made-up names share a lane: a crowd of them must not stand before those who are expected.
      const result = await hashing.run(account?.id ?? 'unknown', attempt);
      return result === 'turned-away' ? refuse('sign-in-busy') : result;
    },

    browserProof: proofOf,

    removeOldFailures: () => removeOldFailures(store, steady),

    async signedIn({ accountId, passwordRevision }) {
      const account = await accounts.get(accountId);
      return account?.passwordRevision === passwordRevision ? memberOf(account) : null;
    },

    any: async () => (await accounts.count({})) > 0,
  };
}

function nameOf(user: string): string {
  return user.trim().toLowerCase();
}

function signInOf({ id, passwordRevision }: Account): SignIn {
  return { accountId: id, passwordRevision };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The rights of a stored account. Before units were assigned, everybody who could sign in could do everything: such an
 * account, known by having no list of units, keeps that until an administrator says otherwise.
 */
function assignmentOf({ role, units, side = null }: Account): Assignment {
  return units === undefined || role === 'admin' ? everything : { role, units, side };
}

function storedAssignment({ role, units, side }: Assignment): Assignment {
  return { role, units: [...new Set(units)], side: role === 'coordinator' ? side : null };
}

function memberOf(account: Account): StaffMember {
  const { id, user } = account;
  return { id, user, ...assignmentOf(account) };
}

function refusalOf(user: string, password: string): PasswordRefusal | null {
  if (!/^[a-z0-9][a-z0-9.-]{1,39}$/.test(user)) return refuse('user-malformed');
  if (password.length < shortestPassword) return refuse('password-too-short', { shortest: shortestPassword });
  if (password.length > longestPassword) return refuse('password-too-long', { longest: longestPassword });
  return null;
}
