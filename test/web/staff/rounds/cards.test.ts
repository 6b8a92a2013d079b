import { Failure } from '../../../../src/shared/errors';
import { startTestApp, type TestApp } from '../../../support/app';
import { newOpenRound } from '../../../support/builders';
import { readable, respondent } from '../../../support/respondent';
import { signedInClient, type StaffClient } from '../../../support/staff';

let app: TestApp;
let staff: StaffClient;
let printed: string[];
let broken: boolean;

beforeEach(async () => {
  printed = [];
  broken = false;
  app = await startTestApp(undefined, {
    print: (html) => {
      if (broken) return Promise.reject(new Failure('pdf-failed', 'The PDF could not be made.'));
      printed.push(html);
      return Promise.resolve(Buffer.from('%PDF-1.7'));
    },
    available: () => Promise.resolve({ ok: true }),
  });
  staff = await signedInClient(app);
});
afterEach(() => app.close());

const opened = () => newOpenRound(app.services.assessment, { groupSizes: { ngo: 20 }, ways: { ngo: 'cards' } });
const codesIn = (html: string): string[] => [...html.matchAll(/class="code">([^<]+)</g)].map(([, code]) => code ?? '');

test('cards are printed in the request that makes them, ten on a sheet, and a code opens the survey', async () => {
  const round = await opened();
  const path = `/staff/rounds/${round.id}/cards`;
  const file = await staff.post(`${path}/ngo`, { kind: 'cards', count: '12' });
  expect(file.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
  const codes = codesIn(printed[0]!);
  expect(new Set(codes).size).toBe(12);
  const page = readable((await staff.get(path)).text);
  expect(page).toContain('Kody wydrukowane 12');
  expect(page).toContain('Można jeszcze wydrukować 10');
  expect(page).toMatch(/1 karty 10 wydrukowany, nieużyty .*2 karty 2 wydrukowany, nieużyty/);
  for (const code of codes) expect((await staff.get(path)).text).not.toContain(code);

  const person = respondent(app, round);
  await person.post('/card', { code: codes[0]!.toLowerCase() });
  expect(readable((await person.get()).text)).toContain(
    'Kod z karty lub z papierowej ankiety daje prawo do jednej odpowiedzi.',
  );
});

test('no more codes are printed than there are people and a tenth, cards and paper forms together', async () => {
  const round = await opened();
  const path = `/staff/rounds/${round.id}/cards`;
  await staff.post(`${path}/ngo`, { kind: 'cards', count: '20' });
  const forms = await staff.post(`${path}/ngo`, { kind: 'forms', count: '2' });
  expect(forms.headers['content-type']).toBe('application/pdf');
  const more = await staff.post(`${path}/ngo`, { kind: 'cards', count: '1' });
  expect(more.status).toBe(422);
  expect(readable(more.text)).toContain('najwyżej tyle kodów: 22');
  for (const count of ['', '0', '2,5', 'dużo']) {
    expect((await staff.post(`${path}/ngo`, { kind: 'cards', count })).status).toBe(422);
  }
  expect((await staff.post(`${path}/officials`, { kind: 'cards', count: '1' })).status).toBe(404);
});

test('a print that fails voids its sheets, and a sheet that failed on paper is voided by hand', async () => {
  const round = await opened();
  const path = `/staff/rounds/${round.id}/cards`;
  broken = true;
  expect((await staff.post(`${path}/ngo`, { kind: 'cards', count: '22' })).status).toBe(503);
  broken = false;
  await staff.post(`${path}/ngo`, { kind: 'cards', count: '10' });
  const sheets = await app.services.collection.tickets.sheets(round.id);
  expect(sheets.map(({ state }) => state)).toEqual(['void', 'void', 'void', 'printed']);
  const voided = await staff.post(`${path}/sheets/${encodeURIComponent(sheets[3]!.id)}/void`);
  expect(voided.headers['location']).toBe(`${path}?done=void`);
  const person = respondent(app, round);
  const refused = await person.post('/card', { code: codesIn(printed[0]!)[0]! });
  expect(refused.status).not.toBe(200);
});

test('a respondent can keep what was answered until it is sent', async () => {
  const round = await newOpenRound(app.services.assessment);
  const person = respondent(app, round);
  await person.begin('officials');
  await person.post('/page/policies', { part: 'yes', a1: '4', action: 'continue' });
  const own = await person.get('/answers.txt');
  expect(own.headers['content-disposition']).toContain('moje-odpowiedzi.txt');
  expect(own.text).toContain('Pozycja a1\r\n  4 – często');
  await person.post('/submit');
  expect((await person.get('/answers.txt')).status).toBe(303);
});

test('the page of a round offers the open link to those groups only that answer by it', async () => {
  const { assessment } = app.services;
  const ways = { ngo: 'cards', councillors: 'cards' } as const;
  const some = await newOpenRound(assessment, { ways });
  const page = readable((await staff.get(`/staff/rounds/${some.id}`)).text);
  expect(page).toContain('Pozostałe grupy odpowiadają z kart lub zaproszeń.');
  expect(page).toContain('Proszę przekazać każdej grupie jej sposób odpowiadania');
  expect(page).not.toContain('Ten sam dla wszystkich');
});
