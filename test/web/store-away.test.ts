import request from 'supertest';
import { newOpenRound } from '../support/builders';
import { startTestApp, type TestApp } from '../support/app';

let test: TestApp;
beforeEach(async () => (test = await startTestApp()));
afterEach(() => test.close());

it.each(['/survey/CODE', '/events', '/staff/sign-in', '/staff'])(
  'a page that needs the store says in words that it is away: %s',
  async (path) => {
    const { linkCode } = await newOpenRound(test.services.assessment);
    const address = path.replace('CODE', linkCode);
    expect((await request(test.app).get(address).redirects(1)).status).toBe(200);
    await test.store.close();
    const away = await request(test.app).get(address).redirects(1).set('Cookie', 'lijw.staff=s%3Ax.y');
    expect(away.status).toBe(503);
    expect(away.headers['retry-after']).toBe('10');
    expect(away.text).toContain('Serwis chwilowo nie działa');
    expect(away.text).not.toContain('store-closed');
    expect((await request(test.app).get(address).redirects(1).set('Accept-Language', 'en')).status).toBe(503);
    expect(JSON.stringify(test.log)).toContain('store-closed');
  },
);

it('/health asks the store, tells it in words and as JSON, and leaves no line in the log', async () => {
  const before = test.log.length;
  const ask = (type: string) => request(test.app).get('/health').set('Accept', type);
  expect(await ask('text/plain')).toMatchObject({ status: 200, text: 'ok' });
  expect(await ask('application/json')).toMatchObject({ status: 200, body: { ok: true } });
  await test.store.close();
  expect(await ask('*/*')).toMatchObject({
    status: 503,
    text: expect.stringContaining('cannot be used (store-closed)'),
  });
  expect(await ask('application/json')).toMatchObject({ status: 503, body: { ok: false, code: 'store-closed' } });
  expect((await ask('*/*')).headers['cache-control']).toBe('no-store');
  expect(test.log).toHaveLength(before);
});
