import { yearsLater } from '../../../../src/shared/calendar-day';
import { startTestApp, type TestApp } from '../../../support/app';
import {
  allowed,
  closeAndCompute,
  newAssessment,
  newOpenRound,
  roundInput,
  submitAnswers,
} from '../../../support/builders';
import { signedInAs, signedInClient, type StaffClient } from '../../../support/staff';

let test: TestApp;
let staff: StaffClient;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
});
afterEach(() => test.close());

const services = () => ({ ...test.services.assessment, ...test.services.collection });
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const namesOn = async (path: string): Promise<string[]> =>
  [...(await staff.get(path)).text.matchAll(/lijw-office__unit"><a[^>]*>([^<]*)</g)].map(([, name]) => name!);

/** Three units: a late draft, an open round with one answer of 20 people, and none. */
async function threeUnits() {
  const late = await newAssessment(services(), { code: 'A-1', name: 'Łęg', powiat: 'pierwszy', subregion: 'północny' });
  allowed(await services().rounds.create(roundInput(late.assessment.id, { opensOn: '2026-03-10' })));
  const open = await newAssessment(services(), { code: 'A-2', name: 'Bór', powiat: 'drugi', kind: 'urban-gmina' });
  const round = await newOpenRound(services(), { assessmentId: open.assessment.id, groupSizes: { ngo: 20 } });
  await submitAnswers(services(), round.id, 'ngo');
  const bare = allowed(await services().units.create({ code: 'A-3', name: 'Dąb', kind: 'powiat' }));
  return { late, open, round, bare };
}

describe("the office's list of units", () => {
  it('has the late ones first, and each with its state, next step and answers', async () => {
    const { late, round } = await threeUnits();
    const { text } = await staff.get('/staff/units');
    expect(await namesOn('/staff/units')).toEqual(['Łęg', 'Bór', 'Dąb']);
    for (const words of [
      'Runda początkowa: planowana',
      'Runda początkowa: otwarta',
      'Bez oceny',
      'Planowany dzień minął: 10 marca 2026.',
      'Odpowiedziała 1 osoba z 20',
      `href="/staff/units/${late.unit.id}"`,
      `href="/staff/rounds/${round.id}"`,
    ]) {
      expect(plain(text)).toContain(words);
    }
  });

  it('is searched without accents and narrowed by state, powiat, subregion and kind', async () => {
    await threeUnits();
    expect(await namesOn('/staff/units?q=leg')).toEqual(['Łęg']);
    expect(await namesOn('/staff/units?state=late')).toEqual(['Łęg']);
    expect(await namesOn('/staff/units?state=baseline-open')).toEqual(['Bór']);
    expect(await namesOn('/staff/units?powiat=drugi')).toEqual(['Bór']);
    expect(await namesOn(`/staff/units?subregion=${encodeURIComponent('północny')}`)).toEqual(['Łęg']);
    expect(await namesOn('/staff/units?kind=powiat')).toEqual(['Dąb']);
    expect(await namesOn('/staff/units?sort=name')).toEqual(['Bór', 'Dąb', 'Łęg']);
    expect(await namesOn('/staff/units?sort=response')).toEqual(['Bór', 'Dąb', 'Łęg']);
    expect((await staff.get('/staff/units?q=nikt')).text).toContain('Nic nie pasuje');
  });

  it('is narrowed to the units of a facilitator, or to those without one; a facilitator sees their own alone', async () => {
    const { late } = await threeUnits();
    const feliks = await signedInAs(test, 'feliks', { role: 'facilitator', units: [late.unit.id], side: null });
    const { id } = (await test.services.people.all()).find(({ user }) => user === 'feliks')!;
    expect(await namesOn(`/staff/units?facilitator=${id}`)).toEqual(['Łęg']);
    expect(await namesOn('/staff/units?facilitator=nobody')).toEqual(['Bór', 'Dąb']);
    const own = (await feliks.get('/staff/units?facilitator=nobody&q=')).text;
    for (const words of ['Bór', 'Dąb', 'feliks</option>']) expect(own).not.toContain(words);
    expect((await feliks.get('/staff/units.csv')).text).not.toContain('Bór');
    expect((await feliks.get('/staff/tasks')).text).not.toContain('Dąb');
    const viewer = await signedInAs(test, 'wanda', { role: 'viewer', units: [], side: null });
    await test.services.assessment.contacts.add(late.unit.id, { name: 'Anna Zmyślona', role: '', email: 'anna@example.org', phone: '' }); // prettier-ignore
    const seen = (await viewer.get(`/staff/units/${late.unit.id}`)).text;
    expect(seen).toContain('Łęg');
    expect(seen).not.toContain('anna@example.org');
  });

  it('shows 20 a page, keeps what was asked in the addresses, and takes a page that is not there for the last', async () => {
    for (let number = 10; number < 40; number += 1) {
      allowed(await services().units.create({ code: `N-${number}`, name: `Gmina ${number}`, kind: 'rural-gmina' }));
    }
    expect(await namesOn('/staff/units?sort=code')).toHaveLength(20);
    const first = (await staff.get('/staff/units?sort=code&q=gmina')).text.replaceAll('&#x3D;', '=');
    expect(first).toContain('rel="next" href="/staff/units?sort=code&amp;q=gmina&amp;page=2"');
    expect(await namesOn('/staff/units?sort=code&page=2')).toEqual(
      Array.from({ length: 10 }, (_one, at) => `Gmina ${30 + at}`),
    );
    expect(await namesOn('/staff/units?sort=code&page=99')).toHaveLength(10);
    expect((await staff.get('/staff/tasks?page=2')).text).toContain('21–30 z 30');
  });

  it('is downloaded whole as it was narrowed, without formulas', async () => {
    await threeUnits();
    allowed(await services().units.create({ code: 'A-4', name: '=1+1', kind: 'powiat' }));
    const { text, headers } = await staff.get('/staff/units.csv?sort=name');
    expect(headers['content-type']).toContain('text/csv');
    const lines = text.replace('\ufeff', '').trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(
      'Nazwa;Kod;Rodzaj;Powiat;Subregion;Stan;Następny krok;Planowany dzień;Po terminie;Odpowiedzi;Osoby',
    );
    expect(lines[1]).toContain("'=1+1");
    expect(lines[2]).toBe(
      'Bór;A-2;gmina miejska;drugi;;Runda początkowa: otwarta;Zbieranie odpowiedzi: runda początkowa;2026-03-31;nie;1;20',
    );
    expect((await staff.get('/staff/units.csv?kind=powiat')).text.trim().split('\r\n')).toHaveLength(3);
  });
});

describe('the page of a unit', () => {
  it('keeps contact persons and notes, each changed where it stands', async () => {
    const { unit } = await newAssessment(services());
    const path = `/staff/units/${unit.id}`;
    const nobody = await staff.post(`${path}/contacts/new`, { name: 'Anna Zmyślona' });
    expect(nobody.status).toBe(422);
    expect(nobody.text).toContain('Proszę podać adres e-mail albo telefon');
    await staff.post(`${path}/contacts/new`, { name: 'Anna Zmyślona', email: 'anna@example.org' });
    await staff.post(`${path}/notes/new`, { text: 'Zadzwonić po sesji rady.' });
    const page = (await staff.get(path)).text;
    for (const words of ['mailto:anna@example.org', 'Zadzwonić po sesji rady.']) expect(page).toContain(words);
    const [contact] = await services().contacts.ofUnit(unit.id);
    const [note] = await services().notes.ofUnit(unit.id);
    expect((await staff.post(`${path}/contacts/${contact!.id}/remove`)).status).toBe(303);
    await staff.post(`${path}/notes/${note!.id}`, { text: 'Zadzwonić w maju.', revision: '1' });
    const after = (await staff.get(path)).text;
    expect(after).not.toContain('anna@example.org');
    expect(after).toContain('Zadzwonić w maju.');
    expect(after).toContain('Wcześniejsza wersja');
  });

  it('leads to nothing of another unit', async () => {
    const one = await newAssessment(services(), { code: 'X-1' });
    const other = await newAssessment(services(), { code: 'X-2' });
    const contact = allowed(
      await services().contacts.add(one.unit.id, { name: 'A', role: '', email: 'a@example.org', phone: '' }),
    );
    const note = allowed(await services().notes.add(one.unit.id, 'ktos', { text: 'Cudza' }));
    for (const path of [`contacts/${contact.id}`, `notes/${note.id}`]) {
      expect((await staff.get(`/staff/units/${other.unit.id}/${path}`)).status).toBe(404);
      expect((await staff.post(`/staff/units/${other.unit.id}/${path}/remove`)).status).toBe(404);
    }
    const own = `/staff/units/${one.unit.id}/notes`;
    expect((await staff.get(`${own}/${note.id}`)).headers['location']).toBe(own);
    await staff.post(`${own}/${note.id}`, { text: 'Moja', revision: '1' });
    await staff.post(`${own}/${note.id}/remove`);
    expect(await services().notes.get(note.id)).toEqual(note);
  });
});

it('the follow-up begins with the plan of the baseline a year later, of which anything may be left out', async () => {
  const { assessment } = await newAssessment(services());
  const days = { opensOn: '2026-03-01', closesOn: '2026-03-31', opensTime: '08:00' };
  const baseline = await newOpenRound(services(), { assessmentId: assessment.id, groupSizes: { ngo: 20 }, ways: { officials: 'cards' }, ...days }); // prettier-ignore
  const timetable = { preparation: '2026-02-20', reminders: ['2026-03-15'], meetings: ['2026-04-10'], report: null, publication: null }; // prettier-ignore
  allowed(await services().timetables.save(baseline.id, timetable, 0));
  await submitAnswers(services(), baseline.id, 'ngo');
  await closeAndCompute(services(), baseline.id);

  const path = `/staff/assessments/${assessment.id}/rounds/new/follow-up`;
  const { text } = await staff.get(path);
  for (const words of ['10 kwietnia 2027', 'karty z kodami', 'name="copy" value="plan" checked', 'value="2027"']) {
    expect(plain(text)).toContain(words);
  }
  const typed = {
    ...{ form: 'full', assessedYear: '2026', 'size-ngo': '22' },
    ...{ 'opensOn.day': '1', 'opensOn.month': '3', 'opensOn.year': '2027' },
    ...{ 'closesOn.day': '31', 'closesOn.month': '3', 'closesOn.year': '2027' },
  };
  const made = await staff.post(path, { ...typed, copy: ['plan', 'timetable'] });
  const id = made.headers['location']!.split('/').at(-1)!;
  const round = await services().rounds.get(id);
  expect(round).toMatchObject({
    opensOn: yearsLater('2026-03-01', 1),
    ways: { officials: 'cards' },
    groupSizes: { ngo: 22 },
  });
  expect(await services().timetables.ofRound(id)).toMatchObject({
    preparation: '2027-02-20',
    meetings: ['2027-04-10'],
  });
  const shown = plain((await staff.get(`/staff/rounds/${id}/timetable`)).text);
  for (const words of ['10 kwietnia 2027', 'Spotkanie zespołu', 'przed nami']) expect(shown).toContain(words);
});
