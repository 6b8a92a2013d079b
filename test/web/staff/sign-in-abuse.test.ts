import request from 'supertest';
import { accountsSpec, wholeAccount } from '../../../src/accounts/account';
import { createAccountEmails } from '../../../src/accounts/emails';
import { everything } from '../../../src/accounts/rights';
import { startTestApp, testMoment, type TestApp } from '../../support/app';
import { allowed } from '../../support/builders';
import { answerTo, headOf } from '../../support/raw-http';

const anna = { user: 'anna', password: 'gwóźdź parasol mgła', email: 'anna@example.org' };
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

let test: TestApp;
let now: number;
beforeEach(async () => {
  now = testMoment.getTime();
  test = await startTestApp(undefined, undefined, () => new Date(now));
  const { id } = allowed(await test.services.accounts.setPassword(anna.user, anna.password, everything));
  await createAccountEmails(test.store).claim(anna.email, id);
  await test.store.collection(accountsSpec).update(id, (one) => ({ ...wholeAccount(one), email: anna.email }));
});
afterEach(() => test.close());

type Agent = ReturnType<typeof request.agent>;
const browserOf = (app: TestApp): Agent => request.agent(app.app).set('User-Agent', firefox);
const signIn = (browser: Agent, fields: object = anna) => browser.post('/staff/sign-in').type('form').send(fields);
const isIn = async (browser: Agent): Promise<boolean> => (await browser.get('/staff')).status === 200;

/** Asks for a letter in a browser, and takes the link out of the mailbox. */
async function askIn(browser: Agent, path: 'by-link' | 'forgotten', email = anna.email): Promise<string> {
  now += 1000;
  const asked = await browser.post(`/staff/sign-in/${path}`).type('form').send({ email });
  expect(asked.headers['location']).toBe(`/staff/sign-in/${path}?asked=1`);
  await test.services.oneTimeLinks.deliverDue(test.services.mail.post!);
  const [letter] = await test.services.mail.mailbox!.latest(1);
  return /\/staff\/sign-in\/link\/[\w-]{43}/.exec(letter!.text)![0];
}

describe('a link in a letter', () => {
  it('signs in by its button, in the browser that asked for it', async () => {
    const browser = browserOf(test);
    const link = await askIn(browser, 'by-link');
    expect((await browser.get(link)).text).toContain('Zaloguj się');
    expect(await isIn(browser)).toBe(false);
    expect((await browser.post(link)).headers['location']).toBe('/staff');
    expect(await isIn(browser)).toBe(true);
  });

  it('is used by no program that looks into letters, however often it opens it', async () => {
    const browser = browserOf(test);
    const link = await askIn(browser, 'by-link');
    for (const scanner of [request(test.app).get(link), request(test.app).head(link), request(test.app).get(link)]) {
      expect((await scanner).headers['set-cookie']).toBeUndefined();
    }
    for (const own of [browser.head(link), browser.get(link), browser.get(link)]) {
      expect((await own).headers['set-cookie']).toBeUndefined();
    }
    expect((await browser.post(link)).status).toBe(303);
  });

  it('cannot be replayed, and then says no more than one that never was', async () => {
    const browser = browserOf(test);
    const link = await askIn(browser, 'by-link');
    const both = await Promise.all([browser.post(link), browser.post(link)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 404]);
    const [replayed, made] = [await browser.post(link), await browser.post(link.replace(/.{43}$/, 'x'.repeat(43)))];
    expect(replayed.status).toBe(404);
    expect(replayed.text).toBe(made.text);
  });

  it('is of no use to a thief: another browser is told which one asked, and cannot go on', async () => {
    for (const path of ['by-link', 'forgotten'] as const) {
      const browser = browserOf(test);
      const link = await askIn(browser, path);
      const thief = browserOf(test);
      const shown = await thief.get(link);
      expect(shown.status).toBe(403);
      expect(shown.text).toContain('Firefox, Windows');
      const fields = { password: 'moje obce hasło złodzieja', again: 'moje obce hasło złodzieja' };
      expect((await thief.post(link).type('form').send(fields)).status).toBe(403);
      // Nor where the thief has asked for a link, too.
      await askIn(thief, path);
      expect((await thief.post(link).type('form').send(fields)).status).toBe(403);
      expect(await isIn(thief)).toBe(false);
      expect((await browser.get(link)).status).toBe(200);
    }
  });

  it('sets a new password, which ends every other session and every other link', async () => {
    const [desk, phone] = [browserOf(test), browserOf(test)];
    await signIn(desk);
    const links = [await askIn(phone, 'by-link'), await askIn(phone, 'forgotten')];
    const reset = links[1]!;
    const send = (password: string, again = password) => phone.post(reset).type('form').send({ password, again });
    expect((await send('nowe hasło wiosną', 'nowe hasło latem')).text).toContain('Oba wpisy nowego hasła się różnią');
    expect((await send('krótkie')).text).toContain('Proszę wydłużyć hasło');
    expect((await send('haslo-anna-2026')).text).toContain('zgaduje się najpierw');
    expect(await isIn(desk)).toBe(true);
    expect((await send('rower tramwaj gołąb most')).headers['location']).toBe('/staff/account?done=password-good');
    expect(await isIn(phone)).toBe(true);
    expect(await isIn(desk)).toBe(false);
    expect((await signIn(desk)).status).toBe(422);
    for (const link of links) expect((await phone.get(link)).status).toBe(404);
  });

  it('leads to our own pages only, and is told to no other site', async () => {
    const browser = browserOf(test);
    const link = await askIn(browser, 'by-link');
    const shown = await browser.get(`${link}?next=https://elsewhere.example`);
    expect(shown.text).not.toContain('action="https://elsewhere.example');
    expect(shown.headers['referrer-policy']).toBe('same-origin');
    const fields = { next: 'https://elsewhere.example' };
    expect((await browser.post(link).type('form').send(fields)).headers['location']).toBe('/staff');
    expect(JSON.stringify(test.log)).not.toContain(link.slice(-43));
  });
});

describe('strangers', () => {
  it('learn from no answer who has an account', async () => {
    const answers = async (browser: Agent, email: string) => {
      const asked = await browser.post('/staff/sign-in/forgotten').type('form').send({ email });
      const shown = await browser.get(asked.headers['location']!);
      const failed = await signIn(browser, { user: email, password: 'a wrong password' });
      return [asked.status, asked.headers['location'], shown.text, failed.status, failed.text.replaceAll(email, '')];
    };
    expect(await answers(browserOf(test), anna.email)).toEqual(await answers(browserOf(test), 'nobody@example.org'));
  });

  it('get the same answer for one who is suspended as for a wrong password', async () => {
    const { id } = (await createAccountEmails(test.store).find(anna.email))!;
    const wrong = await signIn(browserOf(test), { ...anna, password: 'a wrong password' });
    await test.store.collection(accountsSpec).update(id, (one) => ({ ...one, state: 'suspended' }));
    const right = await signIn(browserOf(test));
    expect([right.status, right.text]).toEqual([wrong.status, wrong.text]);
    now += 1000;
    await browserOf(test).post('/staff/sign-in/by-link').type('form').send({ email: anna.email });
    expect(await test.services.oneTimeLinks.deliverDue(test.services.mail.post!)).toBe(0);
  });

  it('cannot plant a session: every way in gives one of its own', async () => {
    const planted = browserOf(test);
    await signIn(planted);
    const cookie = (await planted.get('/staff')).headers['set-cookie']![0]!.split(';')[0]!;
    const browser = browserOf(test);
    const link = await askIn(browser, 'by-link');
    const used = await browser.post(link).set('Cookie', cookie);
    const own = (used.headers['set-cookie'] as unknown as string[]).find((one) => one.startsWith('staff='))!;
    expect(own.split(';')[0]).not.toBe(cookie);
    expect((await request(test.app).get('/staff').set('Cookie', cookie)).status).toBe(303);
  });

  it('can send nothing from another site in a person’s name', async () => {
    const address = await test.listen();
    const browser = browserOf(test);
    const link = await askIn(browser, 'by-link');
    for (const path of [
      '/staff/sign-in',
      '/staff/sign-in/by-link',
      link,
      '/staff/account/password',
      '/staff/sign-out',
    ]) {
      const head = (headers: object) => headOf('POST', path, { Host: '127.0.0.1', 'Content-Length': 0, ...headers });
      expect((await answerTo(address, head({ 'Sec-Fetch-Site': 'cross-site' }))).status).toBe(403);
      expect((await answerTo(address, head({ Origin: 'https://elsewhere.example' }))).status).toBe(403);
    }
    expect((await browser.post(link)).status).toBe(303);
  });

  it('are slowed down when they guess the old password in a session that was left open', async () => {
    const browser = browserOf(test);
    await signIn(browser);
    const fields = { old: 'a guess', password: 'rower tramwaj gołąb most', again: 'rower tramwaj gołąb most' };
    const change = (more: object = {}) => browser.post('/staff/account/password').type('form').send({ ...fields, ...more }); // prettier-ignore
    for (let guess = 0; guess < 10; guess += 1) expect((await change()).text).toContain('Dotychczasowe hasło się nie zgadza'); // prettier-ignore
    expect((await change({ old: anna.password })).status).toBe(429);
  });
});

describe('one’s own account', () => {
  it('changes its password with the old one, and stays signed in here alone', async () => {
    const [desk, phone] = [browserOf(test), browserOf(test)];
    await signIn(desk);
    await signIn(phone);
    const password = 'rower tramwaj gołąb most';
    const fields = { old: anna.password, password, again: password };
    const changed = await desk.post('/staff/account/password').type('form').send(fields);
    expect(changed.headers['location']).toBe('/staff/account?done=password-good');
    expect([await isIn(desk), await isIn(phone)]).toEqual([true, false]);
    expect((await signIn(phone, { user: anna.email, password })).status).toBe(303);
  });

  it('shows where one is signed in, without a whole address, and ends one session or all others', async () => {
    const [desk, phone, old] = [browserOf(test), browserOf(test), browserOf(test)];
    for (const browser of [desk, phone, old]) await signIn(browser);
    const shown = (await desk.get('/staff/account')).text;
    expect(shown.match(/Firefox, Windows<\/strong>/g)).toHaveLength(3);
    expect(shown).toContain('127.0.0.…');
    expect(shown).not.toContain('127.0.0.1');
    const keys = [...shown.matchAll(/name="session" value="([\w-]+)"/g)].map(([, key]) => key!);
    expect(keys).toHaveLength(2);
    await desk.post('/staff/account/sessions/end').type('form').send({ session: keys[0]! });
    const left = [await isIn(phone), await isIn(old)];
    expect(left.sort()).toEqual([false, true]);
    await desk.post('/staff/account/sessions/end-others');
    expect([await isIn(desk), await isIn(phone), await isIn(old)]).toEqual([true, false, false]);
    expect((await desk.get('/staff/account')).text).toContain('Poza tą przeglądarką nie są Państwo nigdzie zalogowani');
  });

  it('says why there are no links where no letters go out', async () => {
    (test.services.mail as { post: unknown }).post = null;
    const browser = browserOf(test);
    const page = (await browser.get('/staff/sign-in')).text;
    expect(page).not.toContain('/staff/sign-in/by-link');
    expect(page).toContain('nie ma ustawionego serwera poczty');
    const asked = await browser.post('/staff/sign-in/by-link').type('form').send({ email: anna.email });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('nie ma ustawionego serwera poczty');
  });
});
