import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/web/app';
import { newEvent } from '../events/event-builders';
import { startTestApp, type TestApp } from '../support/app';
import { filledDraft, newOpenRound } from '../support/builders';

describe('pages that everybody shares, in production', () => {
  let test: TestApp;
  let address: string;
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    test = await startTestApp();
    const app = createApp(test.services, {
      ...{ production: true, baseUrl: null, sessionSecret: 'a secret of the tests only', trustProxy: false },
      logLevel: 'silent',
    });
    const server = createServer((request, response) => void app(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => new Promise((resolve) => server.close(resolve));
  });
  afterAll(async () => {
    await close();
    await test.close();
  });

  const get = async (path: string, cookie = ''): Promise<string> =>
    (await fetch(address + path, { headers: { cookie, connection: 'close' } })).text();

  it('are of one language each, and of one address', async () => {
    const [polish, english] = [await get('/events'), await get('/events', 'lang=en')];
    expect(polish).toContain('<html lang="pl">');
    expect(english).toContain('<html lang="en">');
    expect(await get('/events')).toBe(polish);
    expect(await get('/events?lang=en')).toContain('<html lang="en">');
    expect(await get('/library')).not.toBe(polish);
  });

  it('show nothing of whoever asked first', async () => {
    const secret = 'draft-of-somebody';
    const first = await get('/?code=', `draft=${secret}; lijw=${secret}`);
    expect(first).not.toContain(secret);
    expect(await get('/?code=')).toBe(first);
  });

  it('show at once what a form has changed', async () => {
    const event = await newEvent(test.services.events, 30);
    const plain = async () => (await get('/events?programme=')).replaceAll('\u00a0', ' ');
    expect(await plain()).toContain('zostało 30 miejsc');
    const answer = await fetch(`${address}/events/${event.id}/register`, {
      method: 'POST',
      redirect: 'manual',
      headers: { connection: 'close' },
      body: new URLSearchParams({
        ...{ formKey: 'key-of-a-web-form-1', rows: '1', action: 'continue', 'p1.name': 'Anna Abacka' },
        ...{ organisation: 'Stowarzyszenie Przykład', kind: 'ngo', seat: '302101', email: 'biuro@example.org' },
      }),
    });
    expect(answer.status).toBe(303);
    expect(await plain()).toContain('zostało 29 miejsc');
  });

  it('of a survey are shared by those who begin, and tell whoever has begun what is theirs', async () => {
    const round = await newOpenRound(test.services.assessment);
    const start = `/survey/${round.linkCode}`;
    const token = await filledDraft(test.services.collection, round.id, 'ngo', {});
    const goOn = `href="${start}/page/`;
    const own = await get(start, `lang=pl; draft=${token}`);
    expect(own).toContain(goOn);
    const strangers = await get(start);
    expect(strangers).not.toContain(goOn);
    expect(await get(start, 'lang=pl')).toBe(strangers);
    expect(await get(start, `draft=${token}`)).toBe(own);
  });
});
