import request from 'supertest';
import { createApp } from '../../src/web/app';
import { startTestApp, type TestApp } from '../support/app';
import { newOpenRound } from '../support/builders';

describe('the web foundation', () => {
  let test: TestApp;
  beforeAll(async () => (test = await startTestApp()));
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
    expect(cookie).toMatch(/^lang=en; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
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
    const empty = await request(test.app).get('/').query({ code: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('<title>Błąd: ');
  });

  it('says that it is alive', async () => {
    expect((await request(test.app).get('/health')).text).toBe('ok');
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
      ['its own page in an older browser', { Host: 'lijw.example', Origin: 'http://lijw.example' }],
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

  it('shows a fault under a number that the log has too, and nothing of its cause', async () => {
    const round = await newOpenRound(test.services.assessment);
    const log: string[] = [];
    const app = createApp(
      {
        ...test.services,
        assessment: {
          ...test.services.assessment,
          questionnaires: { of: () => Promise.reject(new Error('the disk is full')) },
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
    const [, id] = /ten numer: (\w{8})/.exec(response.text.replaceAll('\u00a0', ' ')) ?? [];
    expect(log.find((line) => line.includes('the disk is full'))).toContain(`"errorId":"${id}"`);
    expect(log.join('')).not.toContain(round.linkCode);
    expect(log.join('')).not.toContain('secret');
  });
});
