import request from 'supertest';
import { everything } from '../../../src/accounts/rights';
import { signInPath } from '../../../src/web/routes/staff/signed-in';
import { startTestApp, type TestApp } from '../../support/app';
import { answerTo, beginRequest, headOf } from '../../support/raw-http';
import { administrator, signedInClient } from '../../support/staff';

let test: TestApp;
beforeEach(async () => {
  test = await startTestApp();
  await test.services.accounts.setPassword(administrator.user, administrator.password, everything);
});
afterEach(() => test.close());

/** Takes files. */
const upload = '/staff/territory/preview';
const staffCookie = (headers: Record<string, unknown>): string =>
  (headers['set-cookie'] as string[]).find((one) => one.startsWith('staff='))!;
const send = (fields: object) => request(test.app).post('/staff/sign-in').type('form').send(fields);

describe('the sign-in of the staff', () => {
  it('asks everybody who is not signed in, and brings them back to the page they asked for', async () => {
    const asked = await request(test.app).get('/staff/units?x=1');
    expect(asked.status).toBe(303);
    expect(asked.headers['location']).toBe(signInPath('/staff/units?x=1'));
    const form = await request(test.app).get(asked.headers['location']!);
    expect(form.text).toContain('name="next" value="/staff/units?x&#x3D;1"');
    const done = await send({ ...administrator, next: '/staff/units?x=1' });
    expect(done.headers['location']).toBe('/staff/units?x=1');
  });

  it.each([
    'https://elsewhere.example/staff',
    '//elsewhere.example',
    '/staff//elsewhere.example',
    '/staff\\elsewhere.example',
    '/staffing',
    '/',
    '/staff/sign-out',
    'javascript:alert(1)',
    '/staff/units\r\nSet-Cookie: a=b',
  ])('never sends anybody on to %j', async (next) => {
    expect((await send({ ...administrator, next })).headers['location']).toBe('/staff');
  });

  it('says what to do when it fails, keeps the name, and never the password', async () => {
    const response = await send({ user: administrator.user, password: 'a wrong password' });
    expect(response.status).toBe(422);
    expect(response.text).toContain('Nazwa użytkownika albo hasło się nie zgadza');
    expect(response.text).toContain(`value="${administrator.user}"`);
    expect(response.text).not.toContain('a wrong password');
    expect(response.headers['set-cookie']).toBeUndefined();
    const unknown = await send({ user: 'nikt', password: 'a wrong password' });
    expect(unknown.text.match(/href="#user">[^<]+/)?.[0]).toBe(response.text.match(/href="#user">[^<]+/)?.[0]);
  });

  it('pauses after five failures and says for how long; even the right password has to wait', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await send({ user: administrator.user, password: 'wrong' });
    const paused = await send(administrator);
    expect(paused.status).toBe(429);
    expect(paused.text.replaceAll('\u00a0', ' ')).toContain('Proszę spróbować ponownie za 15 min');
  });

  it('gives a session of its own, so that a planted one is worth nothing', async () => {
    const first = await signedInClient(test);
    const second = await send(administrator).set('Cookie', first.cookie);
    const renewed = staffCookie(second.headers).split(';')[0]!;
    expect(renewed).not.toBe(first.cookie);
    expect((await first.get('/staff')).status).toBe(303);
    expect((await request(test.app).get('/staff').set('Cookie', renewed)).status).toBe(200);
  });

  it('keeps its cookie to the staff pages and away from scripts', async () => {
    const response = await send(administrator);
    expect(staffCookie(response.headers)).toMatch(/^staff=[^;]+; Path=\/staff; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });

  it('ends with signing out, and with a new password', async () => {
    const client = await signedInClient(test);
    expect((await client.get('/staff')).status).toBe(200);
    await client.post('/staff/sign-out');
    expect((await client.get('/staff')).status).toBe(303);
    const again = await signedInClient(test);
    await test.services.accounts.setPassword(administrator.user, 'zupelnie inne haslo', everything);
    expect((await again.get('/staff')).status).toBe(303);
  });

  it('loses nothing that was typed when the sign-in has ended meanwhile', async () => {
    const late = await request(test.app).post('/staff/units/new').type('form').send({ name: 'Gmina' });
    expect(late.status).toBe(401);
    expect(late.text).toContain('Zaloguj się w nowej karcie');
    expect(await test.services.assessment.units.all()).toEqual([]);
  });

  it('tells how to make the first account where there is none', async () => {
    const empty = await startTestApp();
    expect((await request(empty.app).get('/staff/sign-in')).text).toContain('npm run set-password');
    await empty.close();
    expect((await request(test.app).get('/staff/sign-in')).text).not.toContain('npm run set-password');
  });

  it('lets the usual browser in while a stranger guesses from the same address', async () => {
    const browser = request.agent(test.app);
    const signIn = (fields: object) => browser.post('/staff/sign-in').type('form').send(fields);
    expect((await signIn(administrator)).status).toBe(303);
    await browser.post('/staff/sign-out');
    for (let attempt = 0; attempt < 6; attempt++) await send({ user: administrator.user, password: 'wrong' });
    expect((await send(administrator)).status).toBe(429);
    expect((await signIn(administrator)).headers['location']).toBe('/staff');
  });

  it('settles who may send before anything that was sent is read', async () => {
    const address = await test.listen();
    // Only the head of the request and a byte of the twelve million that it promises: who waits for more never answers.
    const sent = (type: string, headers: Record<string, string>) =>
      answerTo(
        address,
        `${headOf('POST', upload, { Host: '127.0.0.1', 'Content-Type': type, 'Content-Length': 12_000_000, ...headers })}x`,
      );
    for (const type of ['multipart/form-data; boundary=b', 'application/x-www-form-urlencoded']) {
      expect((await sent(type, {})).status).toBe(401);
      expect((await sent(type, { Cookie: 'staff=s%3Amade.up' })).status).toBe(401);
      expect((await sent(type, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    }
  });

  it('holds only so many files of one person at once', async () => {
    const address = await test.listen();
    const { cookie } = await signedInClient(test);
    const part = (length: number) =>
      headOf('POST', upload, {
        ...{ Host: '127.0.0.1', Cookie: cookie, 'Content-Type': 'multipart/form-data; boundary=b' },
        'Content-Length': length,
      });
    // Two begin and do not end; others are told so while they wait.
    const begun = [await beginRequest(address, part(1000)), await beginRequest(address, part(1000))];
    let status = 0;
    while (status !== 429) ({ status } = await answerTo(address, part(0)));
    for (const socket of begun) socket.destroy();
    while (status === 429) ({ status } = await answerTo(address, part(0)));
    // The form is empty, and is looked at.
    expect(status).toBe(400);
  });
});
