import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccounts, type Accounts } from '../../src/accounts/accounts';
import { hashPassword, unmatchable, verifyPassword } from '../../src/accounts/password';
import { createSessions } from '../../src/accounts/sessions';
import { createThrottle } from '../../src/accounts/throttle';
import { isRefusal } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import { allowed } from '../support/builders';
import { embeddedTestStore } from '../support/stores';

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
let now: number;
const clock = () => new Date(now);

beforeEach(async () => {
  now = Date.parse('2026-03-16T12:00:00+01:00');
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
  beforeEach(() => {
    accounts = createAccounts({
      store: files.store,
      clock,
      ids: randomIds,
      randomBytes,
      passwordCost: { N: 1024, r: 8, p: 1 },
    });
  });

  it('sign in with the password that was set, however the user is capitalised', async () => {
    expect(await accounts.any()).toBe(false);
    const anna = allowed(await accounts.setPassword('Anna', password));
    expect(anna).toEqual({ id: anna.id, user: 'anna', role: 'facilitator' });
    expect(await accounts.any()).toBe(true);
    const signIn = allowed(await accounts.signIn(' ANNA ', password, '192.0.2.1'));
    expect(await accounts.signedIn(signIn)).toEqual(anna);
    // The same words typed on a keyboard that sends letters and marks apart.
    allowed(await accounts.signIn('anna', password.normalize('NFD'), '192.0.2.1'));
    expect(await contents()).not.toContain('jaźń');
  });

  it('refuse a wrong password and an unknown user with the same words', async () => {
    allowed(await accounts.setPassword('anna', password));
    const refusal = { refused: 'sign-in-failed' };
    expect(await accounts.signIn('anna', `${password} `, '192.0.2.1')).toEqual(refusal);
    expect(await accounts.signIn('nobody', password, '192.0.2.1')).toEqual(refusal);
    expect(await accounts.signIn('', '', '192.0.2.1')).toEqual(refusal);
  });

  it('a new password ends the sign-ins made with the old one', async () => {
    const { id } = allowed(await accounts.setPassword('anna', password, 'admin'));
    const signIn = allowed(await accounts.signIn('anna', password, '192.0.2.1'));
    expect(allowed(await accounts.setPassword('anna', 'another long password'))).toEqual({
      id,
      user: 'anna',
      role: 'admin',
    });
    expect(await accounts.signedIn(signIn)).toBeNull();
    expect(await accounts.signIn('anna', password, '192.0.2.1')).toEqual({ refused: 'sign-in-failed' });
  });

  it('a password from a setting is set once and ends nothing at the next start', async () => {
    allowed(await accounts.ensurePassword('anna', password));
    const signIn = allowed(await accounts.signIn('anna', password, '192.0.2.1'));
    const anna = allowed(await accounts.ensurePassword('anna', password));
    expect(await accounts.signedIn(signIn)).toEqual(anna);
    allowed(await accounts.ensurePassword('anna', 'another long password'));
    expect(await accounts.signedIn(signIn)).toBeNull();
  });

  it('refuses poor passwords and strange user names', async () => {
    expect(await accounts.setPassword('anna', 'short')).toMatchObject({ refused: 'password-too-short' });
    expect(await accounts.setPassword('anna', 'x'.repeat(201))).toMatchObject({ refused: 'password-too-long' });
    expect(await accounts.setPassword('a b', password)).toMatchObject({ refused: 'user-malformed' });
  });

  it('after 5 tries an account waits 15 minutes, from that address only, also for tries at the same time', async () => {
    allowed(await accounts.setPassword('anna', password));
    const tries = await Promise.all(Array.from({ length: 7 }, () => accounts.signIn('anna', 'wrong', '192.0.2.1')));
    expect(tries.filter((one) => isRefusal(one) && one.refused === 'too-many-attempts')).toHaveLength(2);
    expect(await accounts.signIn('anna', password, '192.0.2.1')).toMatchObject({ refused: 'too-many-attempts' });
    allowed(await accounts.signIn('anna', password, '192.0.2.2'));
    now += 15 * 60 * 1000;
    allowed(await accounts.signIn('anna', password, '192.0.2.1'));
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

describe('the throttle', () => {
  it('slides: each try counts for its own window', () => {
    const throttle = createThrottle(clock, { tries: 2, windowSeconds: 10, keys: 100 });
    expect(throttle.take('a')).toBe(true);
    now += 6000;
    expect(throttle.take('a')).toBe(true);
    expect(throttle.take('a')).toBe(false);
    now += 4000;
    expect(throttle.take('a')).toBe(true);
    expect(throttle.take('a')).toBe(false);
    throttle.clear('a');
    expect(throttle.take('a')).toBe(true);
  });

  it('forgets the oldest keys when there are too many', () => {
    const throttle = createThrottle(clock, { tries: 1, windowSeconds: 10, keys: 2 });
    for (const key of ['a', 'b', 'c']) expect(throttle.take(key)).toBe(true);
    expect(throttle.take('c')).toBe(false);
    expect(throttle.take('a')).toBe(true);
  });
});

describe('sessions', () => {
  it('last until they expire, also after a restart, and can be prolonged and ended', async () => {
    const sessions = createSessions(files.store, clock);
    await sessions.set('sid-1', { user: 'anna' }, now + 1000);
    await sessions.set('sid-1', { user: 'anna', language: 'en' }, now + 1000);
    await sessions.set('sid-2', {}, now + 1000);
    const again = createSessions(await files.reopen(), clock);
    expect(await again.get('sid-1')).toEqual({ user: 'anna', language: 'en' });
    expect(await again.get('sid-3')).toBeNull();
    await again.touch('sid-1', now + 5000);
    await again.touch('sid-3', now + 5000);
    now += 1000;
    expect(await again.get('sid-2')).toBeNull();
    expect(await again.removeExpired()).toBe(1);
    expect(await again.get('sid-1')).toMatchObject({ user: 'anna' });
    await again.destroy('sid-1');
    expect(await again.get('sid-1')).toBeNull();
  });

  it('a copy of the store opens none of them', async () => {
    await createSessions(files.store, clock).set('sid-of-anna', {}, now + 1000);
    expect(await contents()).not.toContain('sid-of-anna');
  });
});
