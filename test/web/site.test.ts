import request from 'supertest';
import { createApp } from '../../src/web/app';
import type { Operator } from '../../src/web/config';
import { startTestApp, type TestApp } from '../support/app';
import { newOpenRound } from '../support/builders';
import { readable } from '../support/respondent';

const operator: Operator = {
  name: 'Gmina Przykładowa',
  email: 'kontakt@example.org',
  phone: '61 000 00 00',
  since: '2026-03-02',
};

describe('what the footer leads to', () => {
  let test: TestApp;
  beforeAll(async () => (test = await startTestApp()));
  afterAll(() => test.close());

  const appOf = (whoRuns: Operator | null) =>
    createApp(test.services, {
      ...{
        production: false,
        keepViews: true,
        baseUrl: 'https://lijw.example',
        sessionSecret: 'a secret of the tests only',
      },
      ...{ trustProxy: 1, operator: whoRuns, logTo: { write: () => undefined } },
    });

  it('stands on every page, with who runs the installation', async () => {
    const round = await newOpenRound(test.services.assessment);
    for (const path of ['/', '/events', '/nonesuch', `/survey/${round.linkCode}`, '/staff/sign-in', '/privacy']) {
      const [footer] = /<footer[^]*<\/footer>/.exec((await request(appOf(operator)).get(path)).text)!;
      for (const href of ['/privacy', '/accessibility', '/privacy#contact']) expect(footer).toContain(`href="${href}"`);
      expect(footer).toContain('Gmina Przykładowa');
    }
  });

  it('the accessibility statement has every part that the ministry asks for', async () => {
    const { status, text } = await request(appOf(operator)).get('/accessibility');
    expect(status).toBe(200);
    const ids = ['wstep', 'podmiot', 'url', 'data-publikacja', 'data-aktualizacja', 'status', 'data-sporzadzenie'];
    const more = ['kontakt', 'osoba', 'email', 'telefon', 'procedura', 'architektura', 'aplikacje', 'przygotowanie'];
    for (const id of [...ids, ...more]) expect(text.split(`id="a11y-${id}"`)).toHaveLength(2);
    expect(text).toContain('href="https://lijw.example"');
    expect(text).toContain('<time id="a11y-data-publikacja" datetime="2026-03-02">');
    expect(readable(text)).toContain('częściowo zgodny');
  });

  it('say honestly that nobody has been named, and lead nowhere then', async () => {
    for (const path of ['/accessibility', '/privacy']) {
      const { text } = await request(appOf(null)).get(path);
      expect(readable(text)).toContain('jeszcze tu nie podał swojej nazwy');
      expect(text).not.toContain('mailto:');
    }
  });

  it('names every cookie that the site sets', async () => {
    const privacy = readable((await request(test.app).get('/privacy')).text);
    for (const name of ['draft', 'lang', 'staff', 'signed-in-before']) expect(privacy).toContain(name);
    expect((await request(test.app).get('/privacy?lang=en')).text).toContain('The survey is anonymous.');
  });
});
