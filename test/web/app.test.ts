import request from 'supertest';
import { startTestApp } from '../support/app';

describe('the web foundation', () => {
  test('shows a front page, in the language asked for', async () => {
    const { app } = startTestApp();
    const polish = await request(app).get('/');
    expect(polish.status).toBe(200);
    expect(polish.text).toContain('<html lang="pl">');
    expect(polish.text).toContain('Lokalny Indeks Jakości Współpracy');
    expect(polish.headers['set-cookie']).toBeUndefined();
    const english = await request(app).get('/?lang=en');
    expect(english.text).toContain('<html lang="en">');
    const remembered = await request(app).get('/').set('Cookie', String(english.headers['set-cookie']).split(';')[0]!);
    expect(remembered.text).toContain('Local Cooperation Quality Index');
  });
});
