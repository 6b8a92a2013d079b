import isEmail from 'validator/lib/isEmail';
import Type from 'typebox';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { anyLine, inputReader, line, oneOf, type InputOf } from '../shared/input';
import { moveFrom, refusalOfMove } from '../shared/moves';
import { searchable } from '../shared/plain-text';
import { accountsSpec, assignmentOf, wholeAccount, type Account, type AccountDependencies } from './account';
import { accountMoves, type AccountAction } from './account-moves';
import { createAccountEmails, emailClaimsSpec, emailOf } from './emails';
import { changeAccount } from './last-administrator';
import type { OneTimeLinks } from './one-time-links';
import { createRetiredUsers } from './retired-users';
import { assignmentFault, coordinatorSides, mostUnitsOfAccount, roles, type AssignmentRefusal } from './rights';
import type { Sessions } from './sessions';

/** What administrators say of a person. `email` may be '' where no letters go out. */
export const personInput = Type.Object({
  name: line(200),
  email: anyLine(254),
  role: oneOf(roles),
  units: Type.Array(Type.String(), { maxItems: mostUnitsOfAccount }),
  side: Type.Union([oneOf(coordinatorSides), Type.Null()]),
});
export type PersonInput = InputOf<typeof personInput>;

const readPerson = inputReader(personInput, {
  name: { missing: 'person-name-missing', malformed: 'person-name-too-long' },
  email: 'email-malformed',
  role: 'role-missing',
  units: 'too-many-units',
  side: 'side-needed',
});

export type PersonRefusal =
  | AssignmentRefusal
  | Refusal<
      | 'person-name-missing'
      | 'person-name-too-long'
      | 'email-malformed'
      | 'role-missing'
      | 'email-taken'
      | 'changed-meanwhile'
      | 'last-administrator'
      | 'account-unknown'
    >;

export interface People {
  /** Everybody who has or had an account, by name. */
  all(): Promise<Account[]>;
  get(id: string): Promise<Account | null>;
  /**
   * What people are called who did something under these user names: by their name, or by the user name where they have
   * none; null: the person was erased.
   */
  called(users: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  /** Makes an account that waits for its person to set a password; the letter is owed by `OneTimeLinks.invite`. */
  invite(input: Partial<PersonInput>): Promise<Account | PersonRefusal>;
  /** @param seen revision of the account that was changed */
  edit(id: string, input: Partial<PersonInput>, seen: number): Promise<Account | PersonRefusal>;
  /** Suspends, takes back, or erases what is known of the person; sessions and links end with the first and the last. */
  move(
    id: string,
    action: AccountAction,
    by: string,
  ): Promise<
    Account | Refusal<'account-unknown' | 'wrong-status' | 'own-account' | 'last-administrator' | 'changed-meanwhile'>
  >;
  /** Finishes erasing where it was cut off; call now and then. */
  finishErasing(): Promise<void>;
}

export function createPeople(
  deps: AccountDependencies & {
    readonly linkKey: string;
    readonly sessions: Sessions;
    readonly oneTimeLinks: OneTimeLinks;
  },
): People {
  const { store, sessions, oneTimeLinks } = deps;
  const accounts = store.collection(accountsSpec);
  const claims = store.collection(emailClaimsSpec);
  const emails = createAccountEmails(store);
  const retired = createRetiredUsers(store, deps.linkKey);

  function read(input: Partial<PersonInput>): (PersonInput & { readonly email: string }) | PersonRefusal {
    const person = readPerson(input);
    if (isRefusal(person)) return person;
    const email = emailOf(person.email);
    if (email !== '' && !isEmail(email)) return refuse('email-malformed', { field: 'email' });
    return assignmentFault(person) ?? { ...person, email };
  }

  async function get(id: string): Promise<Account | null> {
    const stored = await accounts.get(id);
    return stored && wholeAccount(stored);
  }

  /** What goes with the person. Harmless to do again, also where it was cut off. */
  async function forget(id: string): Promise<void> {
    await claims.remove({ accountId: id });
    await oneTimeLinks.removeOf(id);
    await sessions.endAll(id);
  }

  return {
    async all() {
      const collator = new Intl.Collator('pl');
      return (await accounts.find({}))
        .map(wholeAccount)
        .sort((one, other) => collator.compare(one.name || one.user, other.name || other.user));
    },

    get,

    async called(users) {
      const asked = [...new Set(users)];
      const found = await accounts.find({ user: { $in: asked } });
      const known = new Map(found.map((one) => [one.user, one.name === '' ? one.user : one.name]));
      const named = asked.map(async (user) => {
        const name = known.get(user) ?? ((await retired.has(user)) ? null : user);
        return [user, name] as const;
      });
      return new Map(await Promise.all(named));
    },

    async invite(input) {
      const person = read(input);
      if (isRefusal(person)) return person;
      const email = person.email === '' ? null : person.email;
      let id = deps.ids.uuid();
      if (email !== null) {
        const owner = await emails.claim(email, id);
        if (owner !== id && (await accounts.get(owner)) !== null) return refuse('email-taken', { field: 'email' });
        // An invitation that was cut off before its account was made goes on with the id that it claimed for.
        id = owner;
      }
      const name = userNameFrom(person.name);
      for (let count = 1; ; count += 1) {
        const user = count === 1 ? name : `${name}${count}`;
        if (await retired.has(user)) continue;
        const account: Account = {
          ...{ id, user, name: person.name, email, state: 'invited' },
          ...{ ...assignmentOf(person), passwordHash: null, passwordRevision: 1, revision: 1, vouched: 0 },
        };
        const result = await accounts.insert(account);
        if (result.inserted) return account;
        if (result.duplicate !== 'user') return refuse('email-taken', { field: 'email' });
      }
    },

    async edit(id, input, seen) {
      const person = read(input);
      if (isRefusal(person)) return person;
      const email = person.email === '' ? null : person.email;
      const before = await get(id);
      if (before === null || before.state === 'erased') return refuse('account-unknown');
      if (email !== null && (await emails.claim(email, id)) !== id) return refuse('email-taken', { field: 'email' });
      const changed = await changeAccount(accounts, id, (one) => {
        if (one.revision !== seen || one.state === 'erased') return null;
        return { ...one, name: person.name, email, ...assignmentOf(person), revision: seen + 1 };
      });
      const now = changed === null || isRefusal(changed) ? await get(id) : changed;
      for (const left of new Set([before.email, email])) {
        if (left !== null && left !== now?.email) await emails.release(left, id);
      }
      return changed ?? refuse('changed-meanwhile');
    },

    async move(id, action, by) {
      const found = await get(id);
      if (found === null) return refuse('account-unknown');
      // Before the name is gone: cut off after this, it is only not given again.
      if (action === 'erase' && found.state !== 'erased') await retired.retire(found.user);
      const refusals: Refusal<'wrong-status' | 'own-account'>[] = [];
      const moved = await changeAccount(accounts, id, (account) => {
        const move = moveFrom(accountMoves, account.state, action);
        const refusal = move === undefined ? refuse('wrong-status') : refusalOfMove(move, { account, by });
        if (refusal !== null) refusals.push(refusal);
        if (move === undefined || refusal !== null) return null;
        const next = { ...account, state: move.to, revision: account.revision + 1 };
        // A sign-in from before is none after the account has been taken back, either.
        if (move.to === 'active') return next;
        const ended = { ...next, passwordRevision: account.passwordRevision + 1 };
        return move.to === 'erased' ? withoutPerson(ended) : ended;
      });
      if (moved === null) return refusals.at(-1) ?? refuse('account-unknown');
      if (isRefusal(moved)) return moved;
      if (moved.state === 'erased') await forget(id);
      else if (moved.state === 'suspended') await sessions.endAll(id);
      return moved;
    },

    async finishErasing() {
      for (const { id } of await accounts.find({ state: 'erased' })) await forget(id);
    },
  };
}

/** What is left of an account whose person is erased: the id that records name, and that it was there. */
function withoutPerson(account: Account): Account {
  const user = `erased.${account.id
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()
    .slice(0, 32)}`;
  return { ...account, user, name: '', email: null, passwordHash: null, role: 'viewer', units: [], side: null };
}

/** „Żaneta Łoś-Król” → `zaneta.los.krol`: what a person can type without a Polish keyboard. */
function userNameFrom(name: string): string {
  const plain = searchable(name)
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, 32)
    .replace(/\.+$/, '');
  return plain.length < 2 ? 'osoba' : plain;
}
