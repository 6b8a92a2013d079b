import { hostname } from 'node:os';
import request from 'supertest';
import { everything } from '../../src/accounts/rights';
import { Failure } from '../../src/shared/errors';
import { createApp } from '../../src/web/app';
import { startTestApp, type TestApp } from '../support/app';
import { newAssessment, newOpenRound } from '../support/builders';
import { answerTo, headOf } from '../support/raw-http';
import { administrator } from '../support/staff';

describe('the web foundation', () => {
  let test: TestApp;
  let address: string;
  beforeAll(async () => {
    test = await startTestApp();
    address = await test.listen();
  });
  afterAll(() => test.close());

  it('shows a front page, in the language asked for, and sets a cookie only to remember that', async () => {
    const polish = await request(test.app).get('/');
    expect(polish.status).toBe(200);
    expect(polish.text).toContain('<html lang="pl">');
    expect(polish.text).toContain('Lokalny Indeks Jakości Współpracy');
    expect(polish.headers['set-cookie']).toBeUndefined();
    const english = await request(test.app).get('/?lang=en');
    expect(english.text).toContain('<html lang="en">');
    const [cookie] = english.headers['set-cookie']!;
    expect(cookie).toMatch(/^lang=en; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    const remembered = await request(test.app).get('/').set('Cookie', cookie!.split(';')[0]!);
    expect(remembered.text).toContain('Local Cooperation Quality Index');
    const strange = await request(test.app).get('/?lang=<script>');
    expect(strange.text).toContain('<html lang="pl">');
    expect(strange.headers['set-cookie']).toBeUndefined();
  });

  it('goes from the front page to a survey, whether the code or the whole link was pasted', async () => {
    const code = await request(test.app).get('/').query({ code: ' Abcd2345 ' });
    expect(code.headers['location']).toBe('/survey/abcd2345');
    const link = await request(test.app).get('/').query({ code: 'https://example.org/survey/abcd2345' });
    expect(link.headers['location']).toBe('/survey/abcd2345');
    for (const typed of [
      'HTTPS://EXAMPLE.ORG/SURVEY/ABCD2345/GROUP?lang=en',
      'example.org/survey/abcd2345/',
      'abcd 2345',
    ]) {
      expect((await request(test.app).get('/').query({ code: typed })).headers['location']).toBe('/survey/abcd2345');
    }
    const empty = await request(test.app).get('/').query({ code: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('<title>Błąd: ');
  });

  it('says that it is alive', async () => {
    expect((await request(test.app).get('/health')).text).toBe('ok');
    const json = await request(test.app).get('/health').set('Accept', 'application/json');
    expect([json.status, json.body]).toEqual([200, { ok: true }]);
  });

  it('lets nothing run but its own files, and nothing stay in caches', async () => {
    const { headers, text } = await request(test.app).get('/');
    const policy = headers['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(text).not.toMatch(/<script>|<style|style="|onclick=/);
  });

  it('has a page for addresses that lead nowhere', async () => {
    const missing = await request(test.app).get('/nonesuch');
    expect(missing.status).toBe(404);
    expect(missing.text).toContain('<h1 class="govuk-heading-l">Nie ma takiej strony</h1>');
  });

  describe('forms from elsewhere', () => {
    const post = (headers: Record<string, string>) =>
      request(test.app).post('/survey/abcd2345/group').set(headers).type('form').send({ group: 'ngo' });

    it.each([
      ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
      ['a sister site', { 'Sec-Fetch-Site': 'same-site' }],
      ['another site in an older browser', { Origin: 'https://elsewhere.example' }],
      ['a sandboxed page', { Origin: 'null' }],
      [
        'the same host, as its headers claim, but another site',
        { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://127.0.0.1' },
      ],
    ])('are refused from %s', async (_name, headers) => {
      const response = await post(headers);
      expect(response.status).toBe(403);
      expect(response.text).toContain('Nie można wysłać formularza z innej strony');
    });

    it.each([
      ['its own page', { 'Sec-Fetch-Site': 'same-origin' }],
      ['its own page in an older browser', { Host: '192.0.2.7:3000', Origin: 'http://192.0.2.7:3000' }],
      ['a client that is no browser', {}],
    ])('are taken from %s', async (_name, headers) => {
      // 404: the survey of that code does not exist; the form was let through.
      expect((await post(headers as Record<string, string>)).status).toBe(404);
    });

    it('are taken from the public address behind a proxy', async () => {
      const app = createApp(test.services, {
        production: false,
        baseUrl: 'https://lijw.example',
        sessionSecret: 'a secret of the tests only',
        trustProxy: 1,
        logTo: { write: () => undefined },
      });
      const ours = await request(app).post('/survey/abcd2345/group').set('Origin', 'https://lijw.example');
      expect(ours.status).toBe(404);
      const theirs = await request(app).post('/survey/abcd2345/group').set('Origin', 'https://lijw.example.org');
      expect(theirs.status).toBe(403);
      expect(ours.headers['strict-transport-security']).toContain('max-age');
    });
  });

  it('says kindly that too much was sent, and that a form is broken', async () => {
    const large = await request(test.app)
      .post('/survey/abcd2345/group')
      .type('form')
      .send({ group: 'x'.repeat(600_000) });
    expect(large.status).toBe(413);
    expect(large.text).toContain('Wysłano za dużo tekstu naraz');
    const broken = await request(test.app)
      .post('/survey/abcd2345/group')
      .set('Content-Type', 'application/x-www-form-urlencoded; charset=klingon')
      .send('group=x');
    expect(broken.status).toBe(415);
    expect(broken.text).toContain('Nie udało się odczytać formularza');
  });

  it('shows a fault under a number that the log has too: a code and a stack, and nothing of the respondent', async () => {
    const round = await newOpenRound(test.services.assessment);
    const log: string[] = [];
    const app = createApp(
      {
        ...test.services,
        collection: {
          ...test.services.collection,
          questionnaires: {
            ...test.services.collection.questionnaires,
            of: () => Promise.reject(new Failure('disk-full', `cannot write ${round.linkCode}`)),
          },
        },
      },
      {
        production: false,
        baseUrl: null,
        sessionSecret: 'a secret of the tests only',
        trustProxy: false,
        logTo: { write: (line) => void log.push(line) },
      },
    );
    const response = await request(app).get(`/survey/${round.linkCode}`).set('Cookie', 'draft=secret');
    expect(response.status).toBe(500);
    expect(response.text).not.toContain('disk');
    expect(log).toHaveLength(1);
    const [, id] = /ten numer: (\w{8})/.exec(response.text.replaceAll('\u00a0', ' ')) ?? [];
    const line = JSON.parse(log[0]!) as Record<string, unknown>;
    expect(line).toEqual({ level: 50, day: '2026-03-16', errorId: id, code: 'disk-full', stack: line['stack'] });
    expect(line['stack']).toMatch(/^\s+at .*app\.test\.ts/m);
    expect(log.join('')).not.toContain(round.linkCode);
    expect(log.join('')).not.toContain('secret');
  });

  it.each([
    '/STAFF',
    '/Staff/units',
    '/Registrations/a-secret-link',
    '/registrations/a-secret-link/nonesuch',
    '/SURVEY/ABCD2345/group',
    '/survey/abcd2345/nonesuch',
    '/nonesuch/a-secret-link',
  ])('answers %s as an address that leads nowhere, and writes nothing of it', async (path) => {
    const before = test.log.length;
    expect((await request(test.app).get(path)).status).toBe(404);
    expect(test.log).toHaveLength(before);
  });

  it('logs the pattern of the route that answered, never the address', async () => {
    await request(test.app).get('/registrations/a-secret-link?x=secret');
    const { ms, ...line } = test.log.at(-1)!;
    expect(ms).toEqual(expect.any(Number));
    const time = '2026-03-16T11:00:00.000Z';
    expect(line).toEqual({ level: 30, time, method: 'GET', route: '/registrations/:link', status: 404 });
  });

  it.each([
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '//evil.example/staff',
    '/\\/evil.example?x=//y',
  ])('makes no link to another site of %s', async (path) => {
    const { text } = await fetchRaw(path);
    const links = [...text.matchAll(/class="lijw-language__other" href="([^"]*)"/g)].map(([, href]) => href!);
    expect(links).toHaveLength(1);
    for (const link of links) {
      const target = new URL(link.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), 'https://lijw.example/');
      expect(target.host).toBe('lijw.example');
    }
  });

  it('makes no link to another site of a whole address either', async () => {
    const { text } = await fetchRaw('http://evil.example/');
    expect(text).not.toContain('evil.example');
  });

  describe('a host', () => {
    const paths = ['/', '/events/calendar.ics', '/staff', '/survey/abcd2345'];
    it.each([
      'a b',
      'exa mple',
      '"',
      'x:99999',
      '[::1',
      '[1:2:3]',
      '999.999.999.999',
      'a/b',
      'x@y',
      '%00',
      'ż.example',
    ])('that cannot be one (%s) is answered with 400, wherever it comes', async (host) => {
      for (const path of paths) expect((await fetchRaw(path, host)).status).toBe(400);
    });

    it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example'])(
      'that is not ours (%s) gets into no link where no public address is set',
      async (host) => {
        for (const path of paths) {
          const { status, text } = await fetchRaw(path, host);
          expect(status).toBe(400);
          expect(text).not.toContain(host);
        }
      },
    );

    it.each(['127.0.0.1:3000', 'localhost', '[::1]:3000', '192.0.2.7', hostname(), 'lijw.localhost:8080'])(
      'that leads here (%s) is served',
      async (host) => {
        expect((await fetchRaw('/events/calendar.ics', host)).status).toBe(200);
      },
    );
  });

  const fetchRaw = (path: string, host = '127.0.0.1') =>
    answerTo(address, headOf('GET', path, { Host: host, Connection: 'close' }));

  describe('behind https', () => {
    const behind = (trustProxy: number) =>
      createApp(test.services, {
        production: false,
        baseUrl: 'https://lijw.example',
        sessionSecret: 'a secret of the tests only',
        trustProxy,
        logTo: { write: () => undefined },
      });

    it('marks every cookie Secure, whether the proxy is trusted or not', async () => {
      const round = await newOpenRound(test.services.assessment, {
        assessmentId: (await newAssessment(test.services.assessment, { code: '3099031' })).assessment.id,
      });
      for (const trustProxy of [0, 1]) {
        const draft = await request(behind(trustProxy))
          .post(`/survey/${round.linkCode}/group`)
          .type('form')
          .send({ group: 'ngo' });
        expect(draft.headers['set-cookie']).toEqual([expect.stringMatching(/^draft=.*; Secure/)]);
        const language = await request(behind(trustProxy)).get('/?lang=en');
        expect(language.headers['set-cookie']).toEqual([expect.stringMatching(/^lang=en;.*; Secure/)]);
      }
    });

    it('says on the page why nobody can sign in, where the proxy is not trusted', async () => {
      await test.services.accounts.setPassword(administrator.user, administrator.password, everything);
      const signIn = (trustProxy: number) =>
        request(behind(trustProxy))
          .post('/staff/sign-in')
          .set('X-Forwarded-Proto', 'https')
          .type('form')
          .send(administrator);
      expect((await request(behind(0)).get('/staff/sign-in')).text).toContain('TRUST_PROXY');
      const silent = await signIn(0);
      expect(silent.status).toBe(422);
      expect(silent.text).toContain('TRUST_PROXY');
      const seen = await signIn(1);
      expect(seen.status).toBe(303);
      expect(String(seen.headers['set-cookie'])).toMatch(/staff=[^;]+; Path=\/staff; Expires=[^;]+; HttpOnly; Secure/);
    });
  });
});
