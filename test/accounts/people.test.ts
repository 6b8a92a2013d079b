import { randomBytes } from 'node:crypto';
import { accountsSpec, type Account } from '../../src/accounts/account';
import { emailClaimsSpec } from '../../src/accounts/emails';
import { oneTimeLinksSpec } from '../../src/accounts/one-time-link';
import type { PersonInput } from '../../src/accounts/people';
import { retiredUsersSpec } from '../../src/accounts/retired-users';
import { everything } from '../../src/accounts/rights';
import { createAccountServices } from '../../src/accounts/services';
import { isRefusal } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import type { Store } from '../../src/storage/port';
import { allowed } from '../support/builders';
import { interposed } from '../support/interposed-store';
import { eitherTestStore, type TestStore } from '../support/stores';

let data: TestStore;
const clock = () => new Date('2026-03-16T12:00:00+01:00');
const password = 'gwóźdź parasol mgła';
const servicesOver = (store: Store) =>
  createAccountServices({
    ...{ store, clock, ids: randomIds, randomBytes, passwordCost: { N: 1024, r: 8, p: 1 } },
    ...{ secret: 'a secret', linkKey: 'a key', lettersWait: () => undefined },
    unitNames: (ids) => Promise.resolve(ids.map((id) => (id === 'unit-1' ? 'Gmina Śródlesie Wielkie' : ''))),
  });
let staff: ReturnType<typeof servicesOver>;

beforeEach(async () => {
  data = await eitherTestStore();
  staff = servicesOver(data.store);
});
afterEach(() => data.dispose());

const zofia: PersonInput = {
  ...{ name: 'Zofia Łoś-Król', email: 'Zofia@Example.org', role: 'coordinator' },
  ...{ units: ['unit-1'], side: 'ngo' },
};
const invited = async (overrides: Partial<PersonInput> = {}) =>
  allowed(await staff.people.invite({ ...zofia, ...overrides }));
const office = (overrides: Partial<PersonInput> = {}) => ({ ...zofia, role: 'administrator', units: [], side: null, ...overrides }) as const; // prettier-ignore
/** An administrator who has accepted. */
async function administrator(user: string): Promise<string> {
  return allowed(await staff.accounts.setPassword(user, password, everything)).id;
}
const administrators = async (): Promise<Account[]> =>
  (await staff.people.all()).filter(({ role, state }) => role === 'administrator' && state === 'active');

describe('an invitation', () => {
  it('makes an account with a user name that can be typed, which nobody can use yet', async () => {
    const account = await invited();
    expect(account).toMatchObject({
      ...{ user: 'zofia.los.krol', email: 'zofia@example.org', state: 'invited', passwordHash: null },
      ...{ role: 'coordinator', units: ['unit-1'], side: 'ngo' },
    });
    expect(await staff.accounts.signIn('zofia.los.krol', '', '192.0.2.1')).toEqual({ refused: 'sign-in-failed' });
    expect((await invited({ email: '' })).user).toBe('zofia.los.krol2');
    expect((await invited({ name: '李', email: '' })).user).toBe('osoba');
  });

  it('is accepted with a first password, by the link of its letter', async () => {
    const account = await invited();
    const token = await staff.oneTimeLinks.handOver(account, 'invitation');
    const opened = (await staff.oneTimeLinks.open(token, null))!;
    const use = () => staff.oneTimeLinks.use(opened.link);
    const { signIn } = allowed(await staff.accounts.replacePassword(opened.account, password, use));
    expect(await staff.accounts.signedIn(signIn)).toMatchObject({ name: 'Zofia Łoś-Król', role: 'coordinator' });
    expect(await staff.oneTimeLinks.open(token, null)).toBeNull();
    allowed(await staff.accounts.signIn('ZOFIA@example.org', password, '192.0.2.1'));
  });

  it('takes no password that is made of the name of the person or of their unit', async () => {
    const opened = (await staff.oneTimeLinks.open(
      await staff.oneTimeLinks.handOver(await invited(), 'invitation'),
      null,
    ))!;
    const set = (word: string) => staff.accounts.replacePassword(opened.account, word, () => Promise.resolve(true));
    expect(await set('srodlesie wielkie 26')).toEqual({ refused: 'password-own-words' });
    expect(await set('zofia-los-krol-1')).toEqual({ refused: 'password-own-words' });
    allowed(await set('rower tramwaj gołąb'));
  });

  it.each([
    [{ name: ' ' }, 'person-name-missing'],
    [{ email: 'zofia' }, 'email-malformed'],
    [{ units: [] }, 'one-unit-needed'],
    [{ side: null }, 'side-needed'],
    [{ role: 'viewer' as const, side: null }, 'units-not-of-role'],
  ])('is refused with %j: %s', async (overrides, refused) => {
    expect(await staff.people.invite({ ...zofia, ...overrides })).toMatchObject({ refused });
    expect(await staff.people.all()).toEqual([]);
  });

  it('gives one address to one account, whoever invites at the same time', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => staff.people.invite(zofia)));
    expect(results.filter((one) => !isRefusal(one))).toHaveLength(1);
    expect(results.filter((one) => isRefusal(one) && one.refused === 'email-taken')).toHaveLength(3);
  });

  it('goes on where it was cut off between the address and the account', async () => {
    const dying = servicesOver(
      interposed(data.store, ({ collection, operation }) => {
        if (collection === 'accounts' && operation === 'insert') throw new Error('killed');
      }),
    );
    await expect(dying.people.invite(zofia)).rejects.toThrow('killed');
    const account = await invited();
    expect(await data.store.collection(emailClaimsSpec).find({})).toEqual([
      { id: 'zofia@example.org', accountId: account.id },
    ]);
  });
});

describe('a change', () => {
  it('holds at once, and meets one that came between', async () => {
    const account = await invited();
    const changed = allowed(await staff.people.edit(account.id, { ...zofia, units: ['unit-2'] }, 1));
    expect(changed).toMatchObject({ units: ['unit-2'], revision: 2 });
    expect(await staff.people.edit(account.id, zofia, 1)).toEqual({ refused: 'changed-meanwhile' });
  });

  it('of the address frees the old one, and takes none that another has', async () => {
    const { id } = await invited();
    await invited({ email: 'piotr@example.org' });
    expect(await staff.people.edit(id, { ...zofia, email: 'PIOTR@example.org' }, 1)).toMatchObject({
      refused: 'email-taken',
    });
    allowed(await staff.people.edit(id, { ...zofia, email: 'nowa@example.org' }, 1));
    expect((await invited({ email: 'zofia@example.org' })).state).toBe('invited');
    // A change that is refused later leaves no address behind.
    expect(await staff.people.edit(id, { ...zofia, email: 'inna@example.org' }, 1)).toMatchObject({
      refused: 'changed-meanwhile',
    });
    expect((await invited({ email: 'inna@example.org' })).state).toBe('invited');
  });
});

describe('suspending and erasing', () => {
  it('end sign-ins at once, and only the first can be taken back', async () => {
    const anna = await administrator('anna');
    await administrator('piotr');
    const signIn = allowed(await staff.accounts.signIn('piotr', password, '192.0.2.1'));
    const { accountId } = signIn;
    allowed(await staff.people.move(accountId, 'suspend', anna));
    expect(await staff.accounts.signedIn(signIn)).toBeNull();
    expect(await staff.accounts.signIn('piotr', password, '192.0.2.1')).toEqual({ refused: 'sign-in-failed' });
    allowed(await staff.people.move(accountId, 'restore', anna));
    expect(await staff.accounts.signedIn(signIn)).toBeNull();
    allowed(await staff.accounts.signIn('piotr', password, '192.0.2.1'));
    allowed(await staff.people.move(accountId, 'erase', anna));
    expect(await staff.people.move(accountId, 'restore', anna)).toEqual({ refused: 'wrong-status' });
    expect(await staff.people.move(anna, 'erase', anna)).toEqual({ refused: 'own-account' });
  });

  it('erasing leaves an id and nothing of the person, also where it was cut off', async () => {
    const anna = await administrator('anna');
    const account = await invited();
    await staff.oneTimeLinks.invite(account, 'pl');
    const dying = servicesOver(
      interposed(data.store, ({ collection, operation }) => {
        if (collection === 'account-emails' && operation === 'remove') throw new Error('killed');
      }),
    );
    await expect(dying.people.move(account.id, 'erase', anna)).rejects.toThrow('killed');
    await staff.people.finishErasing();
    const left = await data.store.collection(accountsSpec).get(account.id);
    expect(left).toMatchObject({ id: account.id, state: 'erased', role: 'viewer', units: [] });
    const links = await data.store.collection(oneTimeLinksSpec).find({});
    const retired = await data.store.collection(retiredUsersSpec).find({});
    const claims = await data.store.collection(emailClaimsSpec).find({});
    expect(JSON.stringify([left, links, claims, retired])).not.toMatch(/zofia|Łoś/i);
    // The address may be given anew; the user name, under which things were entered, may not.
    expect((await invited()).user).toBe('zofia.los.krol2');
    expect(await staff.accounts.setPassword('zofia.los.krol', password, everything)).toEqual({
      refused: 'user-retired',
    });
  });
});

describe('the last administrator', () => {
  it('can neither be suspended, nor lose the role, nor be erased, nor be changed by a command', async () => {
    const anna = await administrator('anna');
    const piotr = (await invited(office({ email: '' }))).id;
    const refusal = { refused: 'last-administrator' };
    expect(await staff.people.move(anna, 'suspend', piotr)).toEqual(refusal);
    expect(await staff.people.move(anna, 'erase', piotr)).toEqual(refusal);
    expect(await staff.people.edit(anna, { ...zofia, email: '' }, 1)).toEqual(refusal);
    const viewer = { role: 'viewer', units: [], side: null } as const;
    expect(await staff.accounts.setPassword('anna', password, viewer)).toEqual(refusal);
    await administrator('ewa');
    allowed(await staff.people.move(anna, 'suspend', piotr));
    expect((await administrators()).map(({ user }) => user)).toEqual(['ewa']);
  });

  it.each([2, 3, 5])('stays, however %i of them give up at the same time', async (count) => {
    const ids: string[] = [];
    for (let one = 0; one < count; one += 1) ids.push(await administrator(`administrator${one}`));
    // Each in a process of its own, each by another way.
    const results = await Promise.all(
      ids.map((id, index) => {
        const { people } = servicesOver(data.store);
        if (index % 3 === 0) return people.move(id, 'suspend', 'somebody');
        if (index % 3 === 1) return people.edit(id, office({ role: 'viewer', email: '' }), 1);
        return people.move(id, 'erase', 'somebody');
      }),
    );
    expect(await administrators()).toHaveLength(1);
    expect(results.filter((one) => isRefusal(one))).toHaveLength(1);
  });

  it('stays, also if two have each found the other as surety before either writes', async () => {
    const [anna, piotr] = [await administrator('anna'), await administrator('piotr')];
    let waiting = 0;
    let go: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (go = resolve));
    const held = servicesOver(
      interposed(data.store, async ({ collection, operation }) => {
        if (collection !== 'accounts' || operation !== 'find' || waiting === 2) return;
        waiting += 1;
        if (waiting === 2) go();
        await both;
      }),
    );
    const results = await Promise.all([
      held.people.move(anna, 'suspend', 'x'),
      held.people.move(piotr, 'suspend', 'x'),
    ]);
    expect(results.filter((one) => isRefusal(one))).toHaveLength(1);
    expect(await administrators()).toHaveLength(1);
  });
});
