import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accountsSpec, type Account } from '../../src/accounts/account';
import { createAccounts, signInLimits, type Accounts } from '../../src/accounts/accounts';
import { dayKeysSpec } from '../../src/accounts/day-keys';
import { failureCountsSpec } from '../../src/accounts/failure-limit';
import { hashPassword, unmatchable, verifyPassword } from '../../src/accounts/password';
import { everything, type Assignment } from '../../src/accounts/rights';
import { isRefusal } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import { allowed } from '../support/builders';
import { embeddedTestStore } from '../support/stores';

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
let now: number;
let steadyNow: number;
const clock = () => new Date(now);
const steady = () => steadyNow;

beforeEach(async () => {
  now = Date.parse('2026-03-16T12:00:00+01:00');
  steadyNow = 1000;
  files = await embeddedTestStore();
});
afterEach(() => files.dispose());

const password = 'zażółć gęślą jaźń';

async function contents(): Promise<string> {
  const names = (await readdir(files.folder)).filter((name) => name.endsWith('.table'));
  return (await Promise.all(names.map((name) => readFile(join(files.folder, name), 'utf8')))).join('\n');
}

describe('accounts', () => {
  let accounts: Accounts;
  const another = (): Accounts =>
    createAccounts({
      store: files.store,
      clock,
      steady,
      ids: randomIds,
      randomBytes,
      secret: 'a secret of the tests only',
      passwordCost: { N: 1024, r: 8, p: 1 },
    });
  const fail = async (user: string, address: string, times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) await accounts.signIn(user, 'wrong', address);
  };
  beforeEach(() => (accounts = another()));

  it('sign in with the password that was set, however the user is capitalised', async () => {
    expect(await accounts.any()).toBe(false);
    const anna = allowed(await accounts.setPassword('Anna', password, everything));
    expect(anna).toEqual({ id: anna.id, user: 'anna', name: 'anna', ...everything });
    expect(await accounts.any()).toBe(true);
    const signIn = allowed(await accounts.signIn(' ANNA ', password, '192.0.2.1'));
    expect(await accounts.signedIn(signIn)).toEqual(anna);
    // The same words typed on a keyboard that sends letters and marks apart.
    allowed(await accounts.signIn('anna', password.normalize('NFD'), '192.0.2.1'));
    expect(await contents()).not.toContain('jaźń');
  });

  it('refuse a wrong password and an unknown user with the same words', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    const refusal = { refused: 'sign-in-failed' };
    expect(await accounts.signIn('anna', `${password} `, '192.0.2.1')).toEqual(refusal);
    expect(await accounts.signIn('nobody', password, '192.0.2.1')).toEqual(refusal);
    expect(await accounts.signIn('', '', '192.0.2.1')).toEqual(refusal);
  });

  it('a new password ends the sign-ins made with the old one', async () => {
    const assignment: Assignment = { role: 'coordinator', units: ['a-unit'], side: 'ngo' };
    const { id } = allowed(await accounts.setPassword('anna', password, assignment));
    const signIn = allowed(await accounts.signIn('anna', password, '192.0.2.1'));
    expect(allowed(await accounts.setPassword('anna', 'another long password', null))).toEqual({
      ...{ id, user: 'anna', name: 'anna' },
      ...assignment,
    });
    expect(await accounts.signedIn(signIn)).toBeNull();
    expect(await accounts.signIn('anna', password, '192.0.2.1')).toEqual({ refused: 'sign-in-failed' });
  });

  it('have rights that a new assignment changes at once', async () => {
    expect(await accounts.setPassword('anna', password, null)).toEqual({ refused: 'account-unknown' });
    allowed(await accounts.setPassword('anna', password, { role: 'facilitator', units: ['one', 'two'], side: null }));
    const signIn = allowed(await accounts.signIn('anna', password, '192.0.2.1'));
    expect(await accounts.signedIn(signIn)).toMatchObject({ role: 'facilitator', units: ['one', 'two'] });
    allowed(await accounts.ensurePassword('anna', password, everything));
    expect(await accounts.signedIn(signIn)).toMatchObject(everything);
  });

  it.each([
    ['one-unit-needed', { role: 'coordinator', units: [], side: 'office' }],
    ['one-unit-needed', { role: 'coordinator', units: ['one', 'two'], side: 'office' }],
    ['side-needed', { role: 'coordinator', units: ['one'], side: null }],
    ['units-not-of-role', { role: 'viewer', units: ['one'], side: null }],
  ] as const)('refuse what does not go together: %s', async (refused, assignment) => {
    expect(await accounts.setPassword('anna', password, assignment)).toMatchObject({ refused });
    expect(await accounts.ensurePassword('anna', password, assignment)).toMatchObject({ refused });
    expect(await accounts.any()).toBe(false);
  });

  it('made before units were assigned keep what they could do', async () => {
    const stored = files.store.collection(accountsSpec);
    const passwordHash = await hashPassword(password, randomBytes, { N: 1024, r: 8, p: 1 });
    for (const [id, role] of [
      ['old', 'facilitator'],
      ['older', 'admin'],
    ]) {
      await stored.insert({ id, user: id, role, passwordHash, passwordRevision: 1 } as unknown as Account);
    }
    for (const user of ['old', 'older']) {
      const signIn = allowed(await accounts.signIn(user, password, '192.0.2.1'));
      expect(await accounts.signedIn(signIn)).toEqual({ id: user, user, name: user, ...everything });
    }
    // A facilitator of today who has no unit yet is another thing.
    allowed(await accounts.setPassword('old', password, { role: 'facilitator', units: [], side: null }));
    expect(allowed(await accounts.setPassword('old', password, null))).toMatchObject({
      role: 'facilitator',
      units: [],
    });
  });

  it('a password from a setting is set once and ends nothing at the next start', async () => {
    allowed(await accounts.ensurePassword('anna', password, everything));
    const signIn = allowed(await accounts.signIn('anna', password, '192.0.2.1'));
    const anna = allowed(await accounts.ensurePassword('anna', password, everything));
    expect(await accounts.signedIn(signIn)).toEqual(anna);
    allowed(await accounts.ensurePassword('anna', 'another long password', everything));
    expect(await accounts.signedIn(signIn)).toBeNull();
  });

  it('refuses poor passwords and strange user names', async () => {
    expect(await accounts.setPassword('anna', 'short', everything)).toMatchObject({ refused: 'password-too-short' });
    expect(await accounts.setPassword('anna', 'x'.repeat(201), everything)).toMatchObject({
      refused: 'password-too-long',
    });
    expect(await accounts.setPassword('a b', password, everything)).toMatchObject({ refused: 'user-malformed' });
  });

  it('after 5 failures an account waits 15 minutes, from that address only, also for tries at the same time', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    const tries = await Promise.all(Array.from({ length: 7 }, () => accounts.signIn('anna', 'wrong', '192.0.2.1')));
    expect(tries.filter((one) => isRefusal(one) && one.refused === 'too-many-attempts')).toHaveLength(2);
    steadyNow += 14 * 60_000 + 1;
    expect(await accounts.signIn('anna', password, '192.0.2.1')).toEqual({
      refused: 'too-many-attempts',
      details: { minutes: 1 },
    });
    allowed(await accounts.signIn('anna', password, '192.0.2.2'));
    steadyNow += 60_000;
    allowed(await accounts.signIn('anna', password, '192.0.2.1'));
  });

  it('right passwords never count, and one person’s failures keep no colleague of the same address out', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    allowed(await accounts.setPassword('piotr', password, everything));
    for (let time = 0; time < 12; time += 1) allowed(await accounts.signIn('anna', password, '192.0.2.1'));
    await fail('anna', '192.0.2.1', 20);
    allowed(await accounts.signIn('piotr', password, '192.0.2.1'));
  });

  it('an address is the first 64 bits of it, and all processes count together', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    for (let host = 1; host <= 5; host += 1) {
      await [accounts, another()][host % 2]!.signIn('anna', 'wrong', `2001:db8:0:1::${host}`);
    }
    expect(await another().signIn('anna', password, '2001:db8:0:1:ffff::9')).toMatchObject({
      refused: 'too-many-attempts',
    });
    allowed(await accounts.signIn('anna', password, '2001:db8:0:2::1'));
  });

  it('whatever the machine’s clock does, a pause lasts as long as it was said', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    await fail('anna', '192.0.2.1', 5);
    now += 3_600_000;
    expect(await accounts.signIn('anna', password, '192.0.2.1')).toMatchObject({ refused: 'too-many-attempts' });
    now -= 3_600_000 * 3;
    steadyNow += signInLimits.pair.seconds * 1000;
    allowed(await accounts.signIn('anna', password, '192.0.2.1'));
  });

  it('a browser in which somebody has signed in before is not kept out by strangers', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    const proof = accounts.browserProof(allowed(await accounts.signIn('anna', password, '192.0.2.1')));
    await fail('anna', '192.0.2.1', 5);
    expect(await accounts.signIn('anna', password, '192.0.2.1')).toMatchObject({ refused: 'too-many-attempts' });
    expect(await accounts.signIn('anna', password, '192.0.2.1', 'made up')).toMatchObject({
      refused: 'too-many-attempts',
    });
    allowed(await accounts.signIn('anna', password, '192.0.2.1', proof));
    for (let time = 0; time < signInLimits.knownBrowser.points; time += 1) {
      await accounts.signIn('anna', 'wrong', '192.0.2.1', proof);
    }
    expect(await accounts.signIn('anna', password, '192.0.2.1', proof)).toMatchObject({ refused: 'too-many-attempts' });
    // A new password makes it worth nothing.
    allowed(await accounts.setPassword('anna', 'another long password', everything));
    expect(await accounts.signIn('anna', 'another long password', '192.0.2.1', proof)).toMatchObject({
      refused: 'too-many-attempts',
    });
  });

  it('a crowd is turned away at once, and lets through who comes next', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    const crowd = Array.from({ length: 200 }, (_, host) =>
      accounts.signIn(`nobody${host}`, 'wrong', `198.51.100.${host}`),
    );
    const honest = accounts.signIn('anna', password, '192.0.2.1');
    const turnedAway = (await Promise.all(crowd)).filter((one) => isRefusal(one) && one.refused === 'sign-in-busy');
    expect(turnedAway.length).toBeGreaterThan(170);
    allowed(await honest);
    // Who was turned away has not failed.
    allowed(await accounts.signIn('anna', password, '198.51.100.1'));
  });

  it('no address or name of a failure stands in the store, and old counts go', async () => {
    allowed(await accounts.setPassword('anna', password, everything));
    await fail('strange-name', '203.0.113.77', 2);
    const kept = await files.store.collection(failureCountsSpec).find({});
    expect(kept.map(({ points }) => points)).toEqual([2, 2, 2]);
    expect(JSON.stringify(kept)).not.toMatch(/strange-name|203\.0\.113/);
    // The next day the same address goes by another name.
    now += 24 * 3_600_000;
    await fail('strange-name', '203.0.113.77', 1);
    expect(await files.store.collection(failureCountsSpec).count({})).toBe(6);
    expect(await files.store.collection(dayKeysSpec).count({})).toBe(1);
    steadyNow += signInLimits.account.seconds * 1000;
    expect(await accounts.removeOldFailures()).toBe(6);
  });
});

describe('password hashes', () => {
  it('carry their cost and a salt of their own', async () => {
    const [one, other] = [await hashPassword(password, randomBytes), await hashPassword(password, randomBytes)];
    expect(one).toMatch(/^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(password, other)).toBe(true);
  });

  it('made at another cost still verify', async () => {
    // scrypt of RFC 7914, section 12: "pleaseletmein", salt "SodiumChloride", N = 16384, r = 8, p = 1, first 32 bytes.
    const key = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex');
    const salt = Buffer.from('SodiumChloride').toString('base64url');
    const hash = `scrypt$16384$8$1$${salt}$${key.toString('base64url')}`;
    expect(await verifyPassword('pleaseletmein', hash)).toBe(true);
    expect(await verifyPassword('pleaseletmeout', hash)).toBe(false);
    await expect(verifyPassword('x', 'plain text')).rejects.toThrow('cannot be read');
  });

  it('there is one that nothing fits', async () => {
    expect(await verifyPassword('', unmatchable())).toBe(false);
  });
});
