import request from 'supertest';
import { demoProgramme, seedProgrammeDemo } from '../../../src/demo/programme';
import { programmesOf } from '../../../src/programme/document/load';
import { createApp } from '../../../src/web/app';
import type { Services } from '../../../src/web/services';
import { startTestApp, testMoment, type TestApp } from '../../support/app';
import { secondProgramme } from '../../support/second-programme';
import { signedInClient } from '../../support/staff';

/** The application as it would be with these programmes installed. */
function appWith(services: Services, ...programmes: Parameters<typeof programmesOf>[0]) {
  return createApp(
    { ...services, programmes: programmesOf(programmes) },
    {
      production: false,
      keepViews: true,
      baseUrl: null,
      sessionSecret: 'a secret of the tests only',
      trustProxy: false,
      logTo: { write: () => undefined },
    },
  );
}

const plain = (html: string): string => html.replaceAll('\u00a0', ' ').replaceAll('&nbsp;', ' ');

describe('the pages of programmes', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    await seedProgrammeDemo(test.store, testMoment);
  });
  afterAll(() => test.close());

  it('begin with what the programme is, what is on next and how to take part', async () => {
    const page = plain((await request(appWith(test.services, demoProgramme)).get('/')).text);
    expect(page).toContain('Obywatelska Wielkopolska – edycja pokazowa');
    expect(page).toContain('Program trwa do 30 czerwca 2027');
    expect(page.match(/lijw-card"/g)).toHaveLength(3);
    expect(page).toContain('Szkolenie z Modelu współpracy (3)');
    for (const { name } of demoProgramme.activities) expect(page).toContain(name.pl.replace(/ (z|o|i|w) /g, ' $1 '));
    expect(page).toContain('Fundacja Przykładowa');
    expect(page).toContain(`href="/programmes/${demoProgramme.id}/progress"`);
  });

  it('show a second programme, added as one document, complete and in both languages', async () => {
    const second = secondProgramme();
    const app = appWith(test.services, second);
    const [polish, english] = await Promise.all([request(app).get('/'), request(app).get('/?lang=en')]);
    for (const { name } of [...second.activities, ...second.partners]) {
      expect(polish.text).toContain(name.pl);
      expect(english.text).toContain(name.en);
    }
    expect(plain(polish.text)).toContain('północny, środkowy i południowy');
    const progress = plain((await request(app).get('/programmes/inny-region-2026/progress')).text);
    expect(progress.match(/<th scope="row">/g)).toHaveLength(6);
    expect(progress).toContain('Cel osiągnięto w 0 z 5 działań');
    expect(progress).toContain('po 2 w podregionie');
  });

  it('fall back to the index alone where no programme is installed', async () => {
    const page = await request(appWith(test.services)).get('/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Lokalny Indeks Jakości Współpracy');
  });

  it.each(['/programmes/nonesuch', '/programmes/nonesuch/progress'])('have no %s', async (path) => {
    expect((await request(test.app).get(path)).status).toBe(404);
  });

  it('open no list for an activity or a subregion that there is not', async () => {
    const app = appWith(test.services, demoProgramme);
    const path = `/programmes/${demoProgramme.id}/progress`;
    expect((await request(app).get(`${path}/nonesuch`)).status).toBe(404);
    expect((await request(app).get(`${path}/conferences?in=nonesuch`)).status).toBe(404);
  });

  it.each(['staff', 'public'] as const)(
    'open from every number of the %s version exactly what it counts',
    async (who) => {
      const app = appWith(test.services, demoProgramme);
      const cookie = who === 'staff' ? (await signedInClient({ ...test, app })).cookie : '';
      const get = (path: string) => request(app).get(path).set('Cookie', cookie);
      const page = (
        await get(who === 'staff' ? '/staff/progress/' + demoProgramme.id : `/programmes/${demoProgramme.id}/progress`)
      ).text;
      const numbers = [...page.matchAll(/<a class="govuk-link" href="([^"]+)" aria-label="[^"]+">(\d+)<\/a>/g)];
      // Ten activities, each with the total, five subregions and what lies in none.
      expect(numbers).toHaveLength(70);
      for (const [, href = '', count] of numbers) {
        const list = await get(href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'));
        expect(list.status).toBe(200);
        expect(`${href} ${(list.text.match(/data-counted-row/g) ?? []).length}`).toBe(`${href} ${count}`);
        expect(list.text).toContain(`data-counted="${count}"`);
      }
    },
  );

  it('name no unit to the public, and every unit to the staff', async () => {
    const app = appWith(test.services, demoProgramme);
    const shown = await request(app).get(`/programmes/${demoProgramme.id}/progress/individual-advice`);
    expect(shown.text).toContain('Jednostka 12');
    expect(shown.text).not.toMatch(/Gmina |\/staff\/advice/);
    const staff = await signedInClient({ ...test, app });
    const list = plain((await staff.get(`/staff/progress/${demoProgramme.id}/individual-advice`)).text);
    expect(list).toContain('Gmina Niebywała');
    const record = /href="(\/staff\/advice\/individual\/[^"]+)"/.exec(list)?.[1] ?? '';
    expect((await staff.get(record)).status).toBe(200);
  });

  it('ask who is there before they show names', async () => {
    const response = await request(test.app).get(`/staff/progress/${demoProgramme.id}`);
    expect(response.headers['location']).toMatch(/^\/staff\/sign-in/);
  });
});
