import request from 'supertest';
import { startTestApp, type TestApp } from '../support/app';

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
    const remembered = await request(test.app)
      .get('/')
      .set('Cookie', english.headers['set-cookie']![0]!.split(';')[0]!);
    expect(remembered.text).toContain('Local Cooperation Quality Index');
  });
});
