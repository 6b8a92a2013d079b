import { createHash } from 'node:crypto';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app';
import { assessedUnit } from '../../support/published';
import { signedInClient, type StaffClient } from '../../support/staff';
import type { Subject } from '../../../src/publishing/services';

/** One unit whose report is published, and withdrawn in the end: the tests follow each other. */
let test: TestApp;
let staff: StaffClient;
let comparison: Subject;
beforeAll(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
  const unit = { name: 'Gmina Łąkowa Wieś', powiat: 'łąkowy', subregion: 'poznański' };
  ({ comparison } = await assessedUnit({ ...test.services.assessment, ...test.services.collection }, unit));
});
afterAll(() => test.close());

const get = (path: string) => request(test.app).get(path);
const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const files = ['edition.json', 'figures.csv', 'report.xlsx', 'codes.csv', 'summary.pdf', 'full.pdf'];
const report = '/library/309901/2024-2025';
/** Every address that a report that is published, or was, can be found under. */
const addresses = [report, `${report}/1`, ...files.map((file) => `${report}/1/${file}`)];
const publishPath = (): string => `/staff/assessments/${comparison.id}/comparison/publish`;
const form = {
  ...{ decidedBy: 'Wójt Gminy Łąkowa Wieś', confirmed: 'yes', seen: '0' },
  ...{ 'decidedOn.day': '10', 'decidedOn.month': '3', 'decidedOn.year': '2026' },
};

it('shows nothing of what is not published, whoever guesses', async () => {
  for (const path of [...addresses, '/library/309901', `${report}/0`, `${report}/1/..%2f2`, `${report}/1/__proto__`]) {
    const response = await get(path);
    expect({ path, status: response.status }).toEqual({ path, status: 404 });
    expect(response.text).not.toContain('Łąkowa');
  }
  const list = await get('/library');
  expect(list.status).toBe(200);
  expect(words(list.text)).toContain('Nie opublikowano jeszcze żadnego raportu.');
});

it('is published by staff only, with everything said that has to be', async () => {
  expect((await request(test.app).post(publishPath()).type('form').send(form)).status).toBe(401);
  const empty = await staff.post(publishPath(), { seen: '0' });
  expect(empty.status).toBe(422);
  expect(words(empty.text)).toContain('Proszę podać, kto postanowił opublikować raport');
  expect(words(empty.text)).toContain('Proszę potwierdzić decyzję jednostki i brak nazwisk');
  const later = await staff.post(publishPath(), { ...form, 'decidedOn.day': '17' });
  expect(later.status).toBe(422);
  expect(later.text).toContain('Wójt Gminy Łąkowa Wieś');
  const published = await staff.post(publishPath(), form);
  expect(published.headers['location']).toBe(`${publishPath()}?done=1`);
  expect(words((await staff.get(`${publishPath()}?done=1`)).text)).toContain('Raport jest opublikowany');
});

it('tells who publishes meanwhile, with everything that was typed', async () => {
  const second = await staff.post(publishPath(), { ...form, decidedBy: 'Rada Gminy' });
  expect(second.status).toBe(409);
  expect(second.text).toContain('Rada Gminy');
  expect(words(second.text)).toContain('Ktoś inny w tym czasie opublikował wydanie tego raportu');
  expect(words(second.text)).toContain('Dlaczego powstaje kolejne wydanie');
});

it('shows an area, a view of it or a round alone, by an address that can be kept', async () => {
  const { text, status } = await get(`${report}/1?place=P1.2&holder=side-ngo&round=follow-up`);
  expect(status).toBe(200);
  expect(/Wybrane:[^<]*/.exec(text)?.[0]).toMatch(/^Wybrane: .+, Organizacje, runda\spowtórna/);
  for (const value of ['P1.2', 'side-ngo', 'follow-up']) expect(text).toContain(`<option value="${value}" selected>`);
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const other = await get(`${report}/1?place=P9.9&holder=nobody`);
  expect(other.status).toBe(200);
  expect(other.text).not.toContain('id="chosen"');
});

it('is found without diacritics and by filters, and not by others', async () => {
  const found = async (query: string) => (await get(`/library?${query}`)).text.includes(`href="${report}/1"`);
  for (const query of [
    '',
    'q=lakowa',
    'q=WIES+gmina',
    'q=309901',
    'powiat=%C5%82%C4%85kowy',
    'year=2024',
    'year=2025',
  ]) {
    expect({ query, found: await found(query) }).toEqual({ query, found: true });
  }
  for (const query of ['q=miasto', 'year=2023', 'kind=powiat', 'subregion=kaliski', 'powiat=inny']) {
    expect({ query, found: await found(query) }).toEqual({ query, found: false });
  }
  for (const page of ['2', '0', '-1', 'abc', '1e9']) expect((await get(`/library?page=${page}`)).status).toBe(404);
});

it('has a page of its own, its unit’s, and files; the address without a number leads to the newest edition', async () => {
  expect((await get(report)).headers['location']).toBe(`${report}/1`);
  expect((await get(report.toUpperCase().replace('/LIBRARY', '/library'))).headers['location']).toBe(`${report}/1`);
  const page = await get(`${report}/1`);
  expect(words(page.text)).toContain('Wydanie 1 z 16 marca 2026');
  expect(words(page.text)).toContain('ocen uzgodnionych zespół jeszcze nie zatwierdził');
  expect(words(page.text)).toContain('CC BY 4.0');
  expect((await get('/library/309901')).text).toContain(`href="${report}/1"`);
  const [edition] = await test.services.publishing.editions.published();
  const json = await get(`${report}/1/edition.json`);
  expect(createHash('sha256').update(json.text).digest('hex')).toBe(edition!.hash);
  expect(page.text).toContain(edition!.hash);
  expect((await get(`${report}/1/figures.csv`)).text).toContain('indeks');
  // Without a browser there is no PDF: the page says what there is.
  expect((await get(`${report}/1/summary.pdf`)).headers['location']).toBe(`${report}/1`);
  expect(page.text).not.toContain('summary.pdf');
});

it('may be kept, but is asked for again each time', async () => {
  for (const file of ['edition.json', 'figures.csv']) {
    const first = await get(`${report}/1/${file}`);
    expect(first.headers['cache-control']).toBe('public, no-cache');
    const again = await get(`${report}/1/${file}`).set('If-None-Match', String(first.headers['etag']));
    expect({ status: again.status, body: again.text }).toEqual({ status: 304, body: '' });
  }
  const polish = await get(`${report}/1/figures.csv`);
  const english = await get(`${report}/1/figures.csv?lang=en`).set('If-None-Match', String(polish.headers['etag']));
  expect(english.status).toBe(200);
});

it('is withdrawn whole, with a reason: every address says so, and nothing holds a figure', async () => {
  const withdrawPath = '/staff/editions/309901/2024-2025/1/withdraw';
  const etag = String((await get(`${report}/1/edition.json`)).headers['etag']);
  expect((await staff.post(withdrawPath, {})).status).toBe(422);
  const done = await staff.post(withdrawPath, { why: 'Pomyłka w karcie faktów.' });
  expect(done.headers['location']).toBe(`${publishPath()}?done=withdrawn`);
  for (const path of addresses) {
    const response = await get(path).set('If-None-Match', etag);
    expect({ path, status: response.status }).toEqual({ path, status: 410 });
    expect(words(response.text)).toContain('Pomyłka w karcie faktów.');
    expect(words(response.text)).not.toMatch(/\d,\d\d/);
    expect(response.headers['cache-control']).toBe('no-store');
  }
  const unit = words((await get('/library/309901')).text);
  expect(unit).toContain('Raporty tej jednostki wycofano.');
  expect(unit).not.toMatch(/\d,\d\d/);
  expect(words((await get('/library')).text)).not.toContain('Łąkowa');
});
