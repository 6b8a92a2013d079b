import type { Clock, SteadyClock } from '../shared/clock';
import type { Ids, RandomBytes } from '../shared/ids';
import { documentOf, listOf, nullable, text, words } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import type { PasswordCost } from './password';
import { coordinatorSides, everything, mostUnitsOfAccount, roles, type Assignment } from './rights';

/**
 * `invited`: has not set a password yet. `suspended`: may not sign in until taken back. `erased`: nothing of the person
 * is left but the id, which records of what was done still name.
 */
export const accountStates = ['invited', 'active', 'suspended', 'erased'] as const;
export type AccountState = (typeof accountStates)[number];

/** A person of the staff. Respondents have no accounts. */
export interface Account extends Stored, Assignment {
  /** What is typed to sign in: 2..40 lowercase letters, digits, dots or hyphens. */
  readonly user: string;
  /** As colleagues know the person; '' where nobody has said. */
  readonly name: string;
  /** Where letters about the account go, in small letters; null where none was given. `emails.ts` keeps it unique. */
  readonly email: string | null;
  readonly state: AccountState;
  /** See `password.ts`; null until the person has set a password. */
  readonly passwordHash: string | null;
  /** Grows with every new password and with signing out everywhere; a sign-in holds for the one it was made with. */
  readonly passwordRevision: number;
  /** Grows with every change by staff. */
  readonly revision: number;
  /** Grows whenever this account stands surety for another that gives up its administration (`last-administrator.ts`). */
  readonly vouched: number;
}

/** What accounts of earlier versions lack. */
const unsaid = { name: '', email: null, state: 'active', revision: 1, vouched: 0 } as const;

export const userPattern = '^[a-z0-9][a-z0-9.-]{1,39}$';

export const accountsSpec: CollectionSpec<Account> = {
  name: 'accounts',
  schema: documentOf(
    {
      user: { type: 'string', pattern: userPattern },
      name: { type: 'string', maxLength: 200 },
      email: nullable(words(254)),
      state: { enum: [...accountStates] },
      // `admin` in accounts that were made before units were assigned.
      role: { enum: [...roles, 'admin'] },
      units: listOf(text, mostUnitsOfAccount),
      side: { enum: [...coordinatorSides, null] },
      passwordHash: nullable(text),
      passwordRevision: { type: 'integer', minimum: 1 },
      revision: { type: 'integer', minimum: 1 },
      vouched: { type: 'integer', minimum: 0 },
    },
    ['units', 'side', ...Object.keys(unsaid)],
  ),
  unique: { user: ['user'] },
};

/**
 * An account with every field, whichever version has stored it. Before units were assigned, everybody who could sign in
 * could do everything: such an account, known by having no list of units, keeps that until an administrator says
 * otherwise.
 */
export function wholeAccount(stored: Account): Account {
  const { role, units } = stored as { readonly role: string; readonly units?: readonly string[] };
  const assignment = units === undefined || role === 'admin' ? everything : {};
  return { ...unsaid, ...stored, side: stored.side ?? null, ...assignment };
}

export function assignmentOf({ role, units, side }: Assignment): Assignment {
  return { role, units: [...new Set(units)], side: role === 'coordinator' ? side : null };
}

/** What a web session keeps of a sign-in: it holds while the account has this revision of its password. */
export interface SignIn {
  readonly accountId: string;
  readonly passwordRevision: number;
}

export function signInOf({ id, passwordRevision }: Account): SignIn {
  return { accountId: id, passwordRevision };
}

/** What pages may know of the person signed in. */
export interface StaffMember extends Assignment {
  readonly id: string;
  readonly user: string;
  /** As colleagues know the person: the user where nobody has said. */
  readonly name: string;
}

export function memberOf({ id, user, name, role, units, side }: Account): StaffMember {
  return { id, user, name: name === '' ? user : name, role, units, side };
}

/** A user name as it is stored. */
export function userNameOf(typed: string): string {
  return typed.trim().toLowerCase();
}

export interface AccountDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomBytes: RandomBytes;
  /** Known to all processes of the installation and kept outside the store; one of this process where left out. */
  readonly secret?: string;
  /** Makes what has to outlast a restart, and lies outside the store; `secret` where left out. */
  readonly linkKey?: string;
  /** Names of units: passwords are not made of those of one's own. None where left out. */
  readonly unitNames?: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Only tests set it. */
  readonly steady?: SteadyClock;
  /** Only tests lower it. */
  readonly passwordCost?: PasswordCost;
}
