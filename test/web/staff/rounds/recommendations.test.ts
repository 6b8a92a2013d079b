import type { Round } from '../../../../src/assessment/round';
import { startTestApp, type TestApp } from '../../../support/app';
import { allowed, closeAndCompute, newOpenRound } from '../../../support/builders';
import { newFollowUp, recommendationInput } from '../../../support/recommendations';
import { signedInClient, type StaffClient } from '../../../support/staff';

let test: TestApp;
let staff: StaffClient;
let round: Round;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
  round = await newOpenRound(test.services.assessment);
});
afterEach(() => test.close());

const plain = (html: string): string => html.replaceAll('\u00a0', ' ');
const page = async (path: string): Promise<string> => plain((await staff.get(path)).text);
const list = (): string => `/staff/rounds/${round.id}/recommendations`;
const typed = {
  ...{ what: 'Powołać zespół', who: 'Referat spraw społecznych', area: 'P1.1' },
  ...{ 'due.day': '', 'due.month': '6', 'due.year': '2027' },
};
const add = async (what: string, due: string | null = '2026-02') =>
  allowed(await test.services.assessment.recommendations.add(round.id, recommendationInput({ what, due })));
const stored = () => test.services.assessment.recommendations.ofRound(round.id);

describe('entering recommendations', () => {
  it('takes a month without a day, and stands under its area', async () => {
    expect(await page(list())).toContain('Nie ma jeszcze żadnej rekomendacji');
    expect(await page(`${list()}/new?area=P1.1`)).toMatch(/value="P1\.1" checked/);
    const response = await staff.post(`${list()}/new`, typed);
    expect(response.status).toBe(303);
    expect(await stored()).toMatchObject([{ what: 'Powołać zespół', due: '2027-06', area: 'P1.1', number: 1 }]);
    const shown = await page(list());
    expect(shown).toContain('czerwiec 2027');
    expect(shown).toContain('1 rekomendacja');
    const id = (await stored())[0]!.id;
    const edit = await page(`${list()}/${id}`);
    expect(edit).toMatch(/name="due\.day" value=""/);
    expect(edit).toMatch(/name="due\.month" value="6"/);
  });

  it('keeps everything that was typed wrongly and says what to do about each', async () => {
    const response = await staff.post(`${list()}/new`, { ...typed, what: ' ', area: '', 'due.month': '13' });
    expect(response.status).toBe(422);
    const shown = plain(response.text);
    expect(shown).toContain('<a href="#q-what">Proszę wpisać, co trzeba zrobić</a>');
    expect(shown).toContain('href="#q-due.day"');
    expect(shown).toContain('Proszę wybrać obszar albo całą współpracę');
    expect(shown).toContain('value="Referat spraw społecznych"');
    expect(shown).toContain('name="due.month" value="13"');
    expect(await stored()).toEqual([]);
  });

  it('shows both entries to who did not see what another has saved', async () => {
    const { id } = await add('Pierwsza');
    const text = (what: string) => ({ ...typed, what, revision: '1' });
    expect((await staff.post(`${list()}/${id}`, text('Druga'))).status).toBe(303);
    const late = await staff.post(`${list()}/${id}`, text('Trzecia'));
    expect(late.status).toBe(409);
    expect(plain(late.text)).toContain('<dd>Druga</dd>');
    expect(plain(late.text)).toContain('Trzecia');
    expect(await stored()).toMatchObject([{ what: 'Druga' }]);
  });

  it('puts them in order, and three of them into the summary', async () => {
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((what) => add(what)));
    const press = (id: string, action: string) => staff.post(`${list()}/${id}/arrange`, { action });
    const [first] = await stored();
    await press(first!.id, 'down');
    expect((await stored()).findIndex(({ id }) => id === first!.id)).toBe(1);
    const pressed = await Promise.all(all.map(({ id }) => press(id, 'mark')));
    expect(pressed.map(({ status }) => status).sort()).toEqual([303, 303, 303, 409]);
    expect(await page(`${list()}?show=order`)).toContain('W podsumowaniu raportu: 3 z 3.');
  });

  it('finds nothing of another round under this one’s address', async () => {
    const { id } = await add('a');
    const other = await newFollowUp(test.services.assessment, round);
    expect((await staff.get(`/staff/rounds/${other.id}/recommendations/${id}`)).status).toBe(404);
    expect((await staff.post(`/staff/rounds/${other.id}/recommendations/${id}/remove`)).status).toBe(404);
    expect(await stored()).toHaveLength(1);
  });
});

describe('late recommendations', () => {
  it('stand on the desk with their days, until their state is reported', async () => {
    const { id } = await add('Założyć forum', '2026-03-14');
    await add('Napisać regulamin', '2026-02');
    await add('Za wcześnie', '2026-03');
    const desk = await page('/staff');
    expect(desk).toContain('Po terminie są 2 rekomendacje.');
    expect(desk).toContain('<strong>2 dni po terminie</strong>');
    expect(desk).toContain('<strong>16 dni po terminie</strong>');
    expect(desk).not.toContain('Za wcześnie');
    const faulty = await staff.post(`${list()}/${id}/state`, { state: 'not-done', remark: '', revision: '1' });
    expect(faulty.status).toBe(422);
    expect(plain(faulty.text)).toContain('<a href="#q-remark">Proszę wyjaśnić, czego brakuje i dlaczego</a>');
    await staff.post(`${list()}/${id}/state`, { state: 'not-done', remark: 'Brak chętnych', revision: '1' });
    expect(await page('/staff')).toContain('Po terminie jest 1 rekomendacja.');
    expect(await page(`${list()}?show=late`)).not.toContain('Założyć forum');
    expect(await page(list())).toContain('Brak chętnych');
  });
});

describe('the follow-up', () => {
  it('begins with the review of each recommendation of the baseline, and takes up what was not done', async () => {
    const [one, two, three] = [
      await add('Jedna', '2027-06'),
      await add('Druga', '2027-06'),
      await add('Trzecia', '2027-06'),
    ];
    await closeAndCompute({ ...test.services.assessment, ...test.services.collection }, round.id);
    const followUp = await newFollowUp(test.services.assessment, round);
    const review = `/staff/rounds/${followUp.id}/review`;
    expect(await page('/staff')).toContain('Zostały 3 rekomendacje.');
    const path = await staff.post(`${review}/${one.id}`, {
      fate: 'done',
      why: '',
      evidence: 'https://bip.example.org/1',
      action: 'next',
    });
    expect(path.headers['location']).toBe(`${review}/${two.id}`);
    const faulty = await staff.post(`${review}/${two.id}`, {
      fate: 'partly',
      why: '',
      evidence: 'javascript:alert(1)',
    });
    expect(faulty.status).toBe(422);
    await staff.post(`${review}/${two.id}`, {
      fate: 'partly',
      why: 'Zabrakło pieniędzy',
      evidence: '',
      action: 'save',
    });
    const shown = await page(review);
    expect(shown).toContain('Sprawdzono 2 z 3.');
    for (const what of ['Jedna', 'Druga', 'Trzecia']) expect(shown).toContain(what);
    expect(shown).toContain('Zabrakło pieniędzy');
    expect(shown).toContain('href="https://bip.example.org/1"');
    expect(shown).toContain('jeszcze nie sprawdzono');
    expect(await page(`/staff/rounds/${followUp.id}`)).toContain('sprawdzono 2 z 3');
    expect(await page('/staff')).toContain('Została 1 rekomendacja.');
    expect(await page(`/staff/rounds/${followUp.id}/recommendations/new?from=${two.id}`)).toContain(
      '>\nDruga</textarea>',
    );
    allowed(
      await test.services.assessment.recommendations.report(
        three.id,
        { state: 'given-up', remark: 'Nieaktualne' },
        'ja',
        1,
      ),
    );
    const proposed = await page(`${review}/${three.id}`);
    expect(proposed).toMatch(/value="not-done" checked/);
    expect(proposed).toContain('Nieaktualne');
    expect((await staff.get(`/staff/rounds/${round.id}/review`)).status).toBe(404);
  });
});
