import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request, { type Test } from 'supertest';
import { startTestApp, type TestApp } from '../../../support/app';
import { signedInClient, type StaffClient } from '../../../support/staff';

const official = readFileSync(join(__dirname, '../../../territory/terc-wielkopolska.csv'));
const renamed = Buffer.from(official.toString().replaceAll(';Budzyń;', ';Nowy Budzyń;'));

let test: TestApp;
let staff: StaffClient;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
});
afterEach(() => test.close());

const send = (path: string): Test => request(test.app).post(path).set('Cookie', staff.cookie);
const preview = (file: Buffer): Test => send('/staff/territory/preview').attach('file', file, 'TERC.csv');
const confirm = (page: string, file: Buffer): Test =>
  send('/staff/territory/import')
    .field('seen', /name="seen" value="([^"]*)"/.exec(page)![1]!)
    // A browser sends the line breaks of a field as CRLF.
    .field('terc', file.toString().replace('\ufeff', ''));
const nameOf = async (code: string) => (await test.services.territory.byCode(code))?.name;
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

it('the register is imported in the browser: shown first, stored once it is confirmed, and nothing the second time', async () => {
  expect(plain((await preview(official)).text)).toContain('Rejestr już taki jest');
  const shown = await preview(renamed);
  expect(plain(shown.text)).toContain('300102 Budzyń → Nowy Budzyń (gmina miejsko-wiejska)');
  expect(await nameOf('300102')).toBe('Budzyń');

  // Another file than the one that was shown is shown first.
  const other = Buffer.from(renamed.toString().replaceAll(';Szamocin;', ';Inny;'));
  const refused = await confirm(shown.text, other);
  expect(refused.status).toBe(409);
  expect(plain(refused.text)).toContain('300105 Szamocin → Inny');
  expect([await nameOf('300102'), await nameOf('300105')]).toEqual(['Budzyń', 'Szamocin']);

  expect((await confirm(shown.text, renamed)).headers['location']).toBe('/staff/territory?done=imported');
  expect([await nameOf('300102'), await nameOf('300105')]).toEqual(['Nowy Budzyń', 'Szamocin']);
  expect(plain((await preview(renamed)).text)).toContain('Rejestr już taki jest');
});

it('a damaged file is refused with its lines and changes nothing', async () => {
  const damaged = Buffer.from(
    renamed.toString().replace('30;01;03;2;', '30;01;3x;2;').replace('30;02;02;2;', '30;02;02;7;'),
  );
  const before = await test.services.territory.all();
  const refused = await preview(damaged);
  expect(refused.status).toBe(422);
  for (const words of ['<strong>Wiersz 7.</strong> Kod gminy (GMI)', '<strong>Wiersz 14.</strong> Nieznany rodzaj']) {
    expect(plain(refused.text)).toContain(words);
  }
  expect((await send('/staff/territory/preview').field('nothing', '')).status).toBe(422);
  expect(await test.services.territory.all()).toEqual(before);
});

it('places of the register become units, many at once, each once', async () => {
  expect((await staff.get('/staff/units/import?powiat=3001')).text).toContain('value="300102"');
  const places = ['300102', '300103', '3001', '3064'];
  const made = await staff.post('/staff/units/import', { place: places, powiat: '3001' });
  expect(made.headers['location']).toBe('/staff/units?done=imported&count=4');
  const units = await test.services.assessment.units.all();
  expect(units.map(({ code, name, kind, powiat, subregion }) => [code, name, kind, powiat, subregion])).toEqual([
    ['300102', 'Gmina Budzyń', 'urban-rural-gmina', 'chodzieski', 'pilski'],
    ['300103', 'Gmina Chodzież', 'rural-gmina', 'chodzieski', 'pilski'],
    ['3064', 'Miasto Poznań', 'city-with-county-rights', '', 'poznański'],
    ['3001', 'Powiat chodzieski', 'powiat', '', 'pilski'],
  ]);
  const again = await staff.post('/staff/units/import', { place: [...places, '300104', 'nonesuch'] });
  expect(again.headers['location']).toBe('/staff/units?done=imported&count=1');
  expect((await staff.get('/staff/units/import?powiat=3001')).text).not.toContain('value="300102"');
  expect((await staff.post('/staff/units/import', {})).status).toBe(422);
});
