import { randomBytes } from 'node:crypto';
import { accountsSpec, wholeAccount, type Account } from '../../src/accounts/account';
import { createAccountEmails } from '../../src/accounts/emails';
import { hashOfSecret, linkMinutes, oneTimeLinksSpec } from '../../src/accounts/one-time-link';
import { askingLimits } from '../../src/accounts/one-time-links';
import { everything } from '../../src/accounts/rights';
import { createAccountServices } from '../../src/accounts/services';
import { createMailbox, type Mailbox } from '../../src/letters/mailbox';
import { randomIds } from '../../src/shared/ids';
import type { Store } from '../../src/storage/port';
import { allowed } from '../support/builders';
import { interposed } from '../support/interposed-store';
import { eitherTestStore, type TestStore } from '../support/stores';

let data: TestStore;
let mailbox: Mailbox;
let now: number;
let steadyNow: number;
const clock = () => new Date(now);
const password = 'gwóźdź parasol mgła';
const email = 'anna@example.org';
const browser = { mark: hashOfSecret('desk'), words: 'Firefox, Windows' };
const from = { address: '192.0.2.1', proof: null, language: 'pl' } as const;

const servicesOver = (store: Store) =>
  createAccountServices({
    ...{ store, clock, ids: randomIds, randomBytes, steady: () => steadyNow, passwordCost: { N: 1024, r: 8, p: 1 } },
    ...{ secret: 'a secret', linkKey: 'a key', lettersWait: () => undefined },
  });
let staff: ReturnType<typeof servicesOver>;

beforeEach(async () => {
  now = Date.parse('2026-03-16T12:00:00+01:00');
  steadyNow = 1000;
  data = await eitherTestStore();
  staff = servicesOver(data.store);
  mailbox = createMailbox({ store: data.store, clock });
});
afterEach(() => data.dispose());

async function withEmail(user = 'anna', address = email): Promise<Account> {
  const { id } = allowed(await staff.accounts.setPassword(user, password, everything));
  await createAccountEmails(data.store).claim(address, id);
  const accounts = data.store.collection(accountsSpec);
  return (await accounts.update(id, (one) => ({ ...wholeAccount(one), email: address })))!;
}

/** Asks, lets the post work, and reads the token out of the newest letter. */
async function linkFor(purpose: 'reset' | 'sign-in', by = browser): Promise<string> {
  now += 1000;
  allowed(await staff.oneTimeLinks.ask(purpose, email, by, from));
  await staff.oneTimeLinks.deliverDue(mailbox.post);
  return tokenIn((await mailbox.latest(1))[0]?.text);
}
const tokenIn = (text = ''): string => /sign-in\/link\/([\w-]{43})/.exec(text)![1]!;

it('lets in once whoever asked, in the browser that asked', async () => {
  const { id } = await withEmail();
  const token = await linkFor('sign-in');
  const opened = (await staff.oneTimeLinks.open(token, 'desk'))!;
  expect(opened).toMatchObject({ account: { id }, isHere: true });
  expect(await staff.oneTimeLinks.open(token, 'another')).toMatchObject({ isHere: false });
  expect(await staff.oneTimeLinks.open(token, null)).toMatchObject({ isHere: false });
  const uses = await Promise.all([1, 2, 3].map(() => staff.oneTimeLinks.use(opened.link)));
  expect(uses.filter(Boolean)).toHaveLength(1);
  expect(await staff.oneTimeLinks.open(token, 'desk')).toBeNull();
});

it('the store holds a hash, and no letter with the token', async () => {
  await withEmail();
  const token = await linkFor('reset');
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const [stored] = await data.store.collection(oneTimeLinksSpec).find({});
  expect(stored).toMatchObject({ tokenHash: hashOfSecret(token), state: 'sent' });
  expect(JSON.stringify(stored)).not.toContain(token);
});

it.each(['reset', 'sign-in'] as const)('a link for %s ends after its time', async (purpose) => {
  await withEmail();
  const token = await linkFor(purpose);
  now += linkMinutes[purpose] * 60_000 - 1;
  expect(await staff.oneTimeLinks.open(token, 'desk')).not.toBeNull();
  now += 1;
  expect(await staff.oneTimeLinks.open(token, 'desk')).toBeNull();
});

it('a newer one of the same browser takes its place; strangers who ask take nothing away', async () => {
  await withEmail();
  const old = await linkFor('reset');
  await linkFor('reset', { mark: hashOfSecret('a stranger'), words: '' });
  expect(await staff.oneTimeLinks.open(old, 'desk')).not.toBeNull();
  const newer = await linkFor('reset');
  expect(await staff.oneTimeLinks.open(old, 'desk')).toBeNull();
  expect(await staff.oneTimeLinks.open(newer, 'desk')).not.toBeNull();
});

it('a new password, another e-mail address and a suspension make it worthless', async () => {
  const { id } = await withEmail();
  const accounts = data.store.collection(accountsSpec);
  const tokens = [await linkFor('reset'), await linkFor('sign-in')];
  const open = () => Promise.all(tokens.map((token) => staff.oneTimeLinks.open(token, 'desk')));
  await accounts.update(id, (one) => ({ ...one, state: 'suspended' }));
  expect(await open()).toEqual([null, null]);
  await accounts.update(id, (one) => ({ ...one, state: 'active', email: 'other@example.org' }));
  expect(await open()).toEqual([null, null]);
  await accounts.update(id, (one) => ({ ...one, email }));
  expect(await open()).not.toContain(null);
  allowed(await staff.accounts.setPassword('anna', 'another long password', null));
  expect(await open()).toEqual([null, null]);
});

it('a letter that is sent again after a crash carries the same link', async () => {
  await withEmail();
  allowed(await staff.oneTimeLinks.ask('sign-in', email, browser, from));
  const sent: string[] = [];
  const dying = {
    baseUrl: 'https://lijw.example.org',
    transport: {
      send: ({ text }: { text: string }) => (sent.push(text), Promise.reject(new Error('cut off'))),
      faultOf: () => 'unsure' as const,
      close: () => Promise.resolve(),
    },
  };
  await staff.oneTimeLinks.deliverDue(dying);
  now += 2 * 60_000;
  await servicesOver(data.store).oneTimeLinks.deliverDue(dying);
  expect(sent).toHaveLength(2);
  expect(sent[0]).toBe(sent[1]);
  expect(await staff.oneTimeLinks.open(tokenIn(sent[0]), 'desk')).not.toBeNull();
});

it('asking costs the same work and leaves no trace where nobody has the address', async () => {
  await withEmail();
  const requests: string[] = [];
  const watched = servicesOver(
    interposed(data.store, ({ collection, operation }) => void requests.push(`${operation} ${collection}`)),
  );
  const costOf = async (address: string, network: string): Promise<string[]> => {
    requests.length = 0;
    expect(await watched.oneTimeLinks.ask('sign-in', address, browser, { ...from, address: network })).toBe('asked');
    return [...requests];
  };
  // The first of a day makes the key of the day.
  await costOf('first@example.org', '198.51.100.1');
  const known = await costOf(email, '198.51.100.2');
  expect(await costOf('nobody@example.org', '198.51.100.3')).toEqual(known);
  expect(known).toContain('insert one-time-links');
  await staff.oneTimeLinks.deliverDue(mailbox.post);
  const kept = await data.store.collection(oneTimeLinksSpec).find({});
  expect(kept.map(({ to }) => to)).toEqual([email]);
  expect((await mailbox.latest(9)).map(({ to }) => to)).toEqual([email]);
});

it('nobody can flood a mailbox, and strangers keep nobody out of a browser that is known', async () => {
  const account = await withEmail();
  const { accountId, passwordRevision } = { accountId: account.id, passwordRevision: account.passwordRevision };
  const ask = (address: string, proof: string | null = null) =>
    staff.oneTimeLinks.ask('sign-in', email, browser, { ...from, address, proof });
  for (let time = 0; time < askingLimits.pair.points; time += 1) expect(await ask('192.0.2.9')).toBe('asked');
  expect(await ask('192.0.2.9')).toMatchObject({ refused: 'too-many-attempts', details: { minutes: 60 } });
  for (let time = askingLimits.pair.points; time < askingLimits.email.points; time += 1) {
    expect(await ask(`192.0.3.${time}`)).toBe('asked');
  }
  expect(await ask('192.0.4.1')).toMatchObject({ refused: 'too-many-attempts' });
  const proof = staff.accounts.browserProof({ accountId, passwordRevision });
  expect(await ask('192.0.2.9', proof)).toBe('asked');
  // Neither does it keep anybody from signing in with the password.
  allowed(await staff.accounts.signIn('anna', password, '192.0.2.9'));
});

it('links that an administrator hands over work in any browser; the newest counts', async () => {
  const account = await withEmail();
  const first = await staff.oneTimeLinks.handOver(account, 'reset');
  now += 1000;
  const second = await staff.oneTimeLinks.handOver(account, 'reset');
  expect(await staff.oneTimeLinks.open(first, null)).toBeNull();
  expect(await staff.oneTimeLinks.open(second, null)).toMatchObject({ isHere: true });
});

it('removes links a week after their end, and says nothing about tokens that never were', async () => {
  await withEmail();
  await linkFor('sign-in');
  expect(await staff.oneTimeLinks.open('x'.repeat(43), 'desk')).toBeNull();
  now += (7 * 24 * 60 + 15) * 60_000;
  expect(await staff.oneTimeLinks.removeOld()).toBe(0);
  now += 1;
  expect(await staff.oneTimeLinks.removeOld()).toBe(1);
});
