import request from 'supertest';
import { startTestApp, type TestApp } from '../../../support/app';
import { allowed, newAssessment, newOpenRound } from '../../../support/builders';
import { readZip } from '../../../support/read-zip';
import { signedInClient, type StaffClient } from '../../../support/staff';

let test: TestApp;
let staff: StaffClient;
let path: string;
let unitId: string;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
  const made = await newAssessment(test.services.assessment);
  unitId = made.unit.id;
  const opened = await staff.post('/staff/cooperation/new', { unit: unitId, year: '2027' });
  expect(opened.status).toBe(303);
  path = opened.headers['location']!;
});
afterEach(() => test.close());

const words = (text: string): string => text.replaceAll('\u00a0', ' ');
const binary = (address: string) =>
  staff
    .get(address)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });

it('is opened once for a unit and year, and asks for both', async () => {
  const again = await staff.post('/staff/cooperation/new', { unit: unitId, year: '2027' });
  expect(again.headers['location']).toBe(path);
  const wrong = await staff.post('/staff/cooperation/new', { unit: '', year: '1999' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="1999"');
  expect(words((await staff.get('/staff/cooperation')).text)).toContain('Gotowe elementy: 0 z 11');
  expect((await staff.get('/staff/cooperation?q=nie ma takiej')).text).not.toContain(path);
});

it('begins an element with words of ours or of last year, and loses nothing of two who write', async () => {
  const aims = `${path}/elements/aims`;
  expect((await staff.get(`${aims}?from=hint`)).text).toContain('Celem głównym programu jest […].');
  expect((await staff.post(aims, { text: 'Cel pierwszy', revision: '0' })).status).toBe(303);
  expect((await staff.post(`${path}/elements/forms`, { text: 'Formy', ready: 'yes', revision: '0' })).status).toBe(303);
  const late = await staff.post(aims, { text: 'Cel drugi', revision: '0' });
  expect(late.status).toBe(409);
  for (const kept of ['Cel pierwszy', 'Cel drugi']) expect(late.text).toContain(kept);
  const page = words((await staff.get(path)).text);
  for (const said of ['w opracowaniu', 'Gotowe elementy: 1 z 11', 'prowadzaca']) expect(page).toContain(said);
  const next = await staff.post('/staff/cooperation/new', { unit: unitId, year: '2028' });
  const following = `${next.headers['location']!}/elements/aims?from=last`;
  expect((await staff.get(following)).text).toContain('Cel pierwszy</textarea>');
  expect((await staff.get(`${path}/elements/nothing`)).status).toBe(404);
});

it('puts recommendations into a text, and says which have changed since', async () => {
  const { assessment } = test.services;
  const [{ id: assessmentId } = { id: '' }] = await assessment.assessments.ofUnit(unitId);
  const round = await newOpenRound(assessment, { assessmentId });
  const what = { area: null, what: 'Powołać wspólny zespół.', who: 'Urząd', due: null };
  const { id } = allowed(await assessment.recommendations.add(round.id, what));
  const address = `${path}/elements/way-of-implementation`;
  expect((await staff.get(address)).text).toContain('Powołać wspólny zespół.');
  expect((await staff.post(address, { text: 'Wstęp', draw: id, revision: '0' })).status).toBe(303);
  const drawn = (await staff.get(address)).text;
  expect(drawn).toContain('Wstęp\n\nPowołać wspólny zespół.</textarea>');
  expect(drawn).toContain('(już w treści)');
  allowed(await assessment.recommendations.edit(id, { ...what, what: 'Powołać zespół do marca.' }, 1));
  expect(words((await staff.get(address)).text)).toContain('zmieniona po wstawieniu; wtedy: Powołać wspólny zespół.');
  expect(words((await staff.get(path)).text)).toContain('Rekomendacje zmienione po wstawieniu do tekstu: 1.');
});

it('gives the draft as a Word document with all elements in order, Polish letters and marks of what is missing', async () => {
  await staff.post(`${path}/elements/aims`, { text: 'Zażółć gęślą jaźń & <cel>\n\nDrugi akapit', revision: '0' });
  const got = await binary(`${path}/draft.docx`);
  expect(got.headers['content-disposition']).toContain('program-wspolpracy-gmina-przykladowa-2027.docx');
  const files = readZip(got.body as Buffer);
  const text = files.get('word/document.xml')!.toString();
  expect(text).toContain('Zażółć gęślą jaźń &amp; &lt;cel&gt;');
  expect(text.match(/\[do uzupełnienia\]/g)).toHaveLength(10);
  const places = ['1. Cel główny', '2. Zasady', '8. Wysokość planowanych środków', '11. Tryb powoływania'].map((one) => text.indexOf(one)); // prettier-ignore
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(files.get('word/styles.xml')!.toString()).toContain('pl-PL');
  expect((await staff.get(`${path}/print`)).text).toContain('Zażółć gęślą jaźń &amp; &lt;cel&gt;');
});

it('keeps consultations, says what is late, and keeps what was typed wrongly', async () => {
  const fields = { how: 'Spotkanie', withWhom: 'Rada', received: '5', accepted: '7', link: 'https://bip.przyklad.pl' };
  const days = { ...{ 'from.day': '1', 'from.month': '3', 'from.year': '2026' }, ...{ 'to.day': '9', 'to.month': '3', 'to.year': '2026' } }; // prettier-ignore
  const wrong = await staff.post(`${path}/consultations/new`, { ...days, ...fields });
  expect(wrong.status).toBe(422);
  expect(words(wrong.text)).toContain('Przyjętych uwag nie może być więcej niż zgłoszonych');
  expect(wrong.text).toContain('value="Spotkanie"');
  expect((await staff.post(`${path}/consultations/new`, { ...days, ...fields, accepted: '3' })).status).toBe(303);
  expect(words((await staff.get(path)).text)).toContain('uwagi: 5, przyjęte: 3');
  const late = (await staff.post('/staff/cooperation/new', { unit: unitId, year: '2026' })).headers['location']!;
  const page = words((await staff.get(late)).text);
  expect(page).toContain('programu na 2026 nie uchwalono w terminie, którym jest 30 listopada 2025');
  for (const action of ['begin', 'finish-draft', 'finish-consultation']) await staff.post(`${late}/move`, { action });
  const day = await staff.post(`${late}/move`, { action: 'adopt', adoptedOn: 'wczoraj' });
  expect(day.status).toBe(422);
  expect(day.text).toContain('value="wczoraj"');
  expect((await staff.post(`${late}/move`, { action: 'adopt', adoptedOn: '1.12.2025' })).status).toBe(303);
  const adopted = words((await staff.get(late)).text);
  expect(adopted).toContain('program na 2026 uchwalono po terminie');
  expect(adopted).toContain('11 elementów nie oznaczono jako gotowe');
});

it('keeps documents whatever becomes of the fields beside them', async () => {
  const send = (link: string, name: string, content: string, revision: string) =>
    request(test.app)
      .post(`${path}/published`)
      .set('Cookie', staff.cookie)
      .field('revision', revision)
      .field('link', link)
      .attach('files', Buffer.from(content), name);
  const wrong = await send('bip', 'Uchwała.pdf', '%PDF-1.7', '1');
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="bip"');
  expect((await send('https://bip.przyklad.pl', 'zły.pdf', '<html>', '1')).status).toBe(422);
  expect((await send('https://bip.przyklad.pl', 'tabela.csv', 'a;b', '1')).status).toBe(303);
  const page = (await staff.get(path)).text;
  for (const name of ['Uchwała.pdf', 'tabela.csv']) expect(page).toContain(name);
  expect(page).not.toContain('zły.pdf');
  const file = new RegExp(`${path}/files/[0-9a-f-]{36}`).exec(page)![0];
  expect((await binary(file)).headers['content-disposition']).toContain('attachment');
  const other = (await staff.post('/staff/cooperation/new', { unit: unitId, year: '2029' })).headers['location']!;
  expect((await staff.get(file.replace(path, other))).status).toBe(404);
});
