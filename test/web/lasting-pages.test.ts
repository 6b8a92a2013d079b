import request from 'supertest';
import { createApp } from '../../src/web/app';
import type { Subject } from '../../src/publishing/services';
import { startTestApp, type TestApp } from '../support/app';
import { assessedUnit, publication } from '../support/published';

/**
 * Pages of editions as one process keeps them, in production. What `test.services` change here, the process is not told
 * of: as if another one had. The tests follow each other.
 */
let test: TestApp;
let app: ReturnType<typeof createApp>;
let comparison: Subject;
/** How often the document of an edition was read, to make a page of it. */
let opened = 0;

beforeAll(async () => {
  test = await startTestApp();
  const { services } = test;
  ({ comparison } = await assessedUnit({ ...services.assessment, ...services.collection }));
  const { editions } = services.publishing;
  const open: typeof editions.open = (about) => {
    opened += 1;
    return editions.open(about);
  };
  const publishing = { ...services.publishing, editions: { ...editions, open } };
  app = createApp(
    { ...services, publishing },
    {
      ...{ production: true, baseUrl: null, sessionSecret: 'a secret of the tests only', trustProxy: false },
      logLevel: 'silent',
    },
  );
  expect(await editions.publish(comparison, publication(), 0)).toMatchObject({ number: 1 });
});
afterAll(() => test.close());

const get = (path: string, cookie = '') => request(app).get(path).set('host', 'localhost').set('cookie', cookie);
let path = '';

it('are made once for each address and language, with nothing of whoever asked', async () => {
  const [edition] = await test.services.publishing.editions.published();
  path = `/library/${edition!.unit}/${edition!.report}/1`;
  const first = await get(path, 'draft=of-somebody');
  expect(first.status).toBe(200);
  expect(first.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
  expect(first.text).not.toContain('of-somebody');
  expect((await get(path)).text).toBe(first.text);
  expect(opened).toBe(1);

  const english = await get(path, 'lang=en');
  expect(english.text).toContain('<html lang="en">');
  const chosen = await get(`${path}?place=P1.1`);
  expect(chosen.text).toContain('<option value="P1.1" selected>');
  expect(opened).toBe(3);
  expect((await get(path)).text).toBe(first.text);
  expect((await get(path, 'lang=en')).text).toBe(english.text);
  expect(opened).toBe(3);
});

it('name a newer edition at once that another process publishes', async () => {
  const { editions } = test.services.publishing;
  const later = await editions.publish(comparison, publication({ reason: 'Poprawiono nazwę.' }), 1);
  expect(later).toMatchObject({ number: 2 });
  expect((await get(path)).text).toContain(`href="${path.replace(/1$/, '2')}"`);
});

it('are gone at once when another process withdraws the edition', async () => {
  const { editions } = test.services.publishing;
  const [first] = await editions.ofSubject(comparison);
  expect(await editions.withdraw(first!.id, 'Pomyłka w nazwie.')).toMatchObject({ state: 'withdrawn' });
  for (const address of [path, `${path}?place=P1.1`]) {
    for (const cookie of ['', 'lang=en']) {
      const { status, text } = await get(address, cookie);
      expect(status).toBe(410);
      expect(text).not.toContain('<svg');
    }
  }
  expect((await get(path.replace(/1$/, '2'))).status).toBe(200);
});
