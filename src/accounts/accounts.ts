import type { SchemaObject } from 'ajv';
import type { Clock } from '../shared/clock';
import { refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { hashPassword, unmatchable, verifyPassword, type PasswordCost } from './password';
import { createThrottle } from './throttle';

export const roles = ['facilitator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A person of the staff. Respondents have no accounts. */
export interface Account extends Stored {
  /** What is typed to sign in: 2..40 lowercase letters, digits, dots or hyphens. */
  readonly user: string;
  readonly role: Role;
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
export interface StaffMember {
  readonly id: string;
  readonly user: string;
  readonly role: Role;
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
      role: { enum: [...roles] },
      passwordHash: text,
      passwordRevision: { type: 'integer', minimum: 1 },
    },
  },
  unique: { user: ['user'] },
};

export type PasswordRefusal = Refusal<'user-malformed' | 'password-too-short' | 'password-too-long'>;

export interface Accounts {
  /** Sets a password; makes the account (as `role`, facilitator where left out) if there is none. */
  setPassword(user: string, password: string, role?: Role): Promise<StaffMember | PasswordRefusal>;
  /** For a setting read at every start: does nothing where this password holds already. */
  ensurePassword(user: string, password: string, role?: Role): Promise<StaffMember | PasswordRefusal>;
  /**
   * Checks a password. At most 5 tries in 15 minutes for an account from an address and 30 from an address; an unknown
   * user takes as long as a wrong password and gives the same refusal.
   */
  signIn(
    user: string,
    password: string,
    address: string,
  ): Promise<SignIn | Refusal<'sign-in-failed' | 'too-many-attempts'>>;
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
  /** Only tests lower it. */
  passwordCost?: PasswordCost;
}): Accounts {
  const accounts = deps.store.collection(accountsSpec);
  const window = { windowSeconds: 15 * 60, keys: 10_000 };
  const triesOfAccount = createThrottle(deps.clock, { ...window, tries: 5 });
  const triesOfAddress = createThrottle(deps.clock, { ...window, tries: 30 });

  const find = async (user: string) => (await accounts.find({ user: nameOf(user) }, { limit: 1 }))[0] ?? null;

  async function setPassword(
    given: string,
    password: string,
    role: Role = 'facilitator',
  ): Promise<StaffMember | PasswordRefusal> {
    const user = nameOf(given);
    const refusal = refusalOf(user, password);
    if (refusal) return refusal;
    const passwordHash = await hashPassword(password, deps.randomBytes, deps.passwordCost);
    for (;;) {
      const known = await find(user);
      if (known) {
        const changed = await accounts.update(known.id, (one) => ({
          ...one,
          passwordHash,
          passwordRevision: one.passwordRevision + 1,
        }));
        if (changed) return memberOf(changed);
        continue;
      }
      const account: Account = { id: deps.ids.uuid(), user, role, passwordHash, passwordRevision: 1 };
      if ((await accounts.insert(account)).inserted) return memberOf(account);
    }
  }

  return {
    setPassword,

    async ensurePassword(user, password, role) {
      const known = await find(user);
      if (known && (await verifyPassword(password, known.passwordHash))) return memberOf(known);
      return setPassword(user, password, role);
    },

    async signIn(user, password, address) {
      const pair = `${nameOf(user).slice(0, 40)} ${address}`;
      if (!triesOfAddress.take(address) || !triesOfAccount.take(pair))
        return refuse('too-many-attempts', { minutes: 15 });
      const account = await find(user);
      // Unknown users cost the same work, so that waiting tells nothing about who has an account.
      const fits = await verifyPassword(
        password.slice(0, longestPassword + 1),
        account?.passwordHash ?? unmatchable(deps.passwordCost),
      );
      if (!account || !fits) return refuse('sign-in-failed');
      triesOfAccount.clear(pair);
      return { accountId: account.id, passwordRevision: account.passwordRevision };
    },

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

function memberOf({ id, user, role }: Account): StaffMember {
  return { id, user, role };
}

function refusalOf(user: string, password: string): PasswordRefusal | null {
  if (!/^[a-z0-9][a-z0-9.-]{1,39}$/.test(user)) return refuse('user-malformed');
  if (password.length < shortestPassword) return refuse('password-too-short', { shortest: shortestPassword });
  if (password.length > longestPassword) return refuse('password-too-long', { longest: longestPassword });
  return null;
}
