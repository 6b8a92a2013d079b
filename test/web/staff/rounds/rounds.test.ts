import type { Round } from '../../../../src/assessment/round';
import { startTestApp, type TestApp } from '../../../support/app';
import { allowed, newAssessment, newOpenRound, roundInput, submitAnswers } from '../../../support/builders';
import { signedInClient, type StaffClient } from '../../../support/staff';
import request from 'supertest';

let test: TestApp;
let staff: StaffClient;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
});
afterEach(() => test.close());

const words = (text: string): string => text.replaceAll('\u00a0', ' ');
const settings = {
  form: 'full',
  assessedYear: '2025',
  ...{ 'opensOn.day': '1', 'opensOn.month': '3', 'opensOn.year': '2026' },
  ...{ 'closesOn.day': '31', 'closesOn.month': '3', 'closesOn.year': '2026' },
};

async function draft(): Promise<Round> {
  const { assessment } = await newAssessment(test.services.assessment);
  return allowed(await test.services.assessment.rounds.create(roundInput(assessment.id)));
}

const now = async (round: Round): Promise<Round> => (await test.services.assessment.rounds.get(round.id))!;

describe('making a round', () => {
  it('keeps everything that was typed wrongly and says what to do about each', async () => {
    const { assessment } = await newAssessment(test.services.assessment);
    const response = await staff.post(`/staff/assessments/${assessment.id}/rounds/new/baseline`, {
      ...settings,
      ...{ 'closesOn.year': '2025', 'size-officials': '0', 'size-ngo': 'trzydzieści', assessedYear: '25' },
    });
    expect(response.status).toBe(422);
    const page = words(response.text);
    expect(page).toContain('<a href="#q-size-officials">Proszę podać liczbę od 1 do 1 000 000</a>');
    expect(page).toContain('<a href="#q-size-ngo">Proszę wpisać liczbę cyframi, na przykład 12</a>');
    expect(page).toContain('<a href="#q-assessedYear">Proszę podać liczbę od');
    expect(page).toContain('value="trzydzieści"');
    const dates = await staff.post(`/staff/assessments/${assessment.id}/rounds/new/baseline`, {
      ...settings,
      'closesOn.year': '2025',
    });
    expect(words(dates.text)).toContain('<a href="#q-closesOn.day">Ostatni dzień nie może być wcześniejszy');
    expect(await test.services.assessment.rounds.ofAssessment(assessment.id)).toEqual([]);
  });

  it('makes one of each name only', async () => {
    const round = await draft();
    const path = `/staff/assessments/${round.assessmentId}/rounds/new/baseline`;
    expect((await staff.post(path, settings)).status).toBe(409);
    expect((await staff.get(`/staff/assessments/${round.assessmentId}/rounds/new/third`)).status).toBe(404);
  });
});

describe('changing a round', () => {
  it('is refused to whoever did not see what another has saved, and shows both', async () => {
    const round = await draft();
    const path = `/staff/rounds/${round.id}/edit`;
    await staff.post(path, { ...settings, revision: '1', 'size-ngo': '40' });
    const late = await staff.post(path, { ...settings, revision: '1', 'size-ngo': '31' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('value="31"');
    expect(words(late.text)).toContain('<dd>40 osób</dd>');
    expect((await now(round)).groupSizes).toEqual({ ngo: 40 });
    expect(late.text).toContain('name="revision" value="2"');
    expect((await staff.post(path, { ...settings, revision: '2', 'size-ngo': '31' })).status).toBe(303);
    expect((await now(round)).groupSizes).toEqual({ ngo: 31 });
  });

  it('changes nothing that is frozen, whatever a form sends', async () => {
    const round = await newOpenRound(test.services.assessment);
    const page = await staff.get(`/staff/rounds/${round.id}/edit`);
    expect(page.text).not.toContain('name="assessedYear"');
    await staff.post(`/staff/rounds/${round.id}/edit`, { ...settings, assessedYear: '1999', revision: '2' });
    expect(await now(round)).toMatchObject({ assessedYear: 2025, revision: 3 });
  });

  it('does not let a group become smaller than its answers', async () => {
    const round = await newOpenRound(test.services.assessment);
    for (let person = 0; person < 3; person++) await submitAnswers(test.services.collection, round.id, 'ngo');
    const path = `/staff/rounds/${round.id}/edit`;
    const small = await staff.post(path, { ...settings, revision: '2', 'size-ngo': '2' });
    expect(small.status).toBe(422);
    expect(words(small.text)).toContain('Odpowiedziało już osób: 3');
    expect((await staff.post(path, { ...settings, revision: '2', 'size-ngo': '3' })).status).toBe(303);
  });
});

describe('opening and closing', () => {
  it('say what follows before they do it, and looking at the page does nothing', async () => {
    const round = await draft();
    const opening = await staff.get(`/staff/rounds/${round.id}/open`);
    expect(words(opening.text)).toContain('Po otwarciu już się nie zmieni');
    expect((await now(round)).status).toBe('draft');
    await staff.post(`/staff/rounds/${round.id}/open`);
    expect((await now(round)).status).toBe('open');
    const closing = await staff.get(`/staff/rounds/${round.id}/close`);
    expect(words(closing.text)).toContain('Tego nie można cofnąć');
    expect(words(closing.text)).toContain('Nikt jeszcze nie odpowiedział');
    expect((await now(round)).status).toBe('open');
    await staff.post(`/staff/rounds/${round.id}/close`);
    expect((await now(round)).status).toBe('closing');
    // Pressed twice: nothing more happens.
    expect((await staff.post(`/staff/rounds/${round.id}/close`)).status).toBe(303);
    expect(words((await staff.get(`/staff/rounds/${round.id}`)).text)).toContain('może dokończyć do godziny 12.30');
    const sealing = await staff.get(`/staff/rounds/${round.id}/seal`);
    expect(words(sealing.text)).toContain('Co zniszczyć po zamknięciu');
    expect((await now(round)).status).toBe('closing');
    await staff.post(`/staff/rounds/${round.id}/seal`);
    expect((await now(round)).status).toBe('closed');
    expect((await staff.post(`/staff/rounds/${round.id}/seal`)).status).toBe(303);
    expect((await staff.post(`/staff/rounds/${round.id}/reopen`)).status).toBe(303);
    expect((await now(round)).status).toBe('closed');
  });

  it('can be taken back while those who have begun still finish, which leaves a mark', async () => {
    const round = await newOpenRound(test.services.assessment, { graceMinutes: 5 });
    await staff.post(`/staff/rounds/${round.id}/close`);
    await staff.post(`/staff/rounds/${round.id}/reopen`);
    const page = await staff.get(`/staff/rounds/${round.id}`);
    expect(words(page.text)).toContain('<dt>Wznowienia</dt><dd>1 raz</dd>');
    expect(await now(round)).toMatchObject({ status: 'open', reopened: 1 });
  });

  it('close at once where nobody is given time to finish', async () => {
    const round = await newOpenRound(test.services.assessment, { graceMinutes: 0 });
    await staff.post(`/staff/rounds/${round.id}/close`);
    expect((await now(round)).status).toBe('closed');
  });

  it('do not offer closing first while the round has only begun, and offer only the groups that are asked', async () => {
    const { assessment } = await newAssessment(test.services.assessment);
    const path = `/staff/assessments/${assessment.id}/rounds/new/baseline`;
    const notAsked = ['councillors', 'benefit-council'];
    const made = await staff.post(path, { ...settings, 'size-ngo': '20', notAsked });
    const address = made.headers['location']!;
    await staff.post(`${address}/open`);
    const page = words((await staff.get(address)).text);
    expect(page.indexOf('Zamknij rundę przed planowanym końcem')).toBeGreaterThan(page.indexOf('Kto odpowiedział'));
    expect(page).not.toContain('>Zamknij rundę</a>');
    expect(page.match(/Nie wiadomo, ile osób/g)).toHaveLength(1);
    expect(page).toContain('Organizacje');
    expect(page).not.toContain('Radni');
    const [round] = await test.services.assessment.rounds.ofAssessment(assessment.id);
    const survey = request.agent(test.app);
    const offered = await survey.get(`/survey/${round!.linkCode}/group`);
    expect(offered.text).toContain('value="ngo"');
    expect(offered.text).not.toContain('value="councillors"');
  });

  it('say why a follow-up has to wait for its baseline', async () => {
    const round = await draft();
    const { assessmentId } = round;
    const followUp = allowed(
      await test.services.assessment.rounds.create(roundInput(assessmentId, { name: 'follow-up' })),
    );
    const refused = await staff.post(`/staff/rounds/${followUp.id}/open`);
    expect(refused.status).toBe(422);
    expect(words(refused.text)).toContain('dopiero po zamknięciu rundy początkowej');
    expect((await staff.get(`/staff/rounds/${followUp.id}`)).text).not.toContain('/open"');
  });

  it('are nobody else’s business', async () => {
    const round = await draft();
    for (const path of ['', '/edit', '/open', '/close', '/facts', '/meeting', '/results', '/results/figures.csv']) {
      expect((await request(test.app).get(`/staff/rounds/${round.id}${path}`)).status).toBe(303);
    }
    for (const path of ['/edit', '/open', '/close', '/facts/P1.1', '/meeting/P1.1', '/meetings/new']) {
      expect((await request(test.app).post(`/staff/rounds/${round.id}${path}`)).status).toBe(401);
    }
    expect((await now(round)).status).toBe('draft');
  });
});

describe('results', () => {
  it('are refused before closing, on the page and as files', async () => {
    const round = await newOpenRound(test.services.assessment);
    for (let person = 0; person < 6; person++) await submitAnswers(test.services.collection, round.id, 'ngo');
    for (const path of ['results', 'results/figures.csv', 'results/summary.pdf', 'results/full.pdf']) {
      const response = await staff.get(`/staff/rounds/${round.id}/${path}`);
      expect(response.status).toBe(409);
      expect(words(response.text)).toContain('po zamknięciu rundy');
    }
    expect((await staff.get(`/staff/assessments/${round.assessmentId}/comparison`)).status).toBe(409);
  });

  it('come after staff have settled the sizes of groups, which then stand still', async () => {
    const { assessment, collection } = test.services;
    const round = await newOpenRound(assessment, { groupSizes: { ngo: 5 } });
    for (let person = 0; person < 6; person++) await submitAnswers(collection, round.id, 'ngo');
    const path = `/staff/rounds/${round.id}`;
    await staff.post(`${path}/close`);
    await staff.post(`${path}/seal`);
    expect((await staff.get(`${path}/results`)).status).toBe(409);
    expect(words((await staff.get(path)).text)).toContain('Przejdź do liczenia wyników');
    const barred = await staff.get(`${path}/compute`);
    expect(words(barred.text)).toContain('odpowiedzi jest więcej niż osób');
    expect(barred.text).not.toContain('Policz wyniki</button>');
    const pressed = await staff.post(`${path}/compute`, { revision: String((await now(round)).revision) });
    expect([pressed.status, (await now(round)).computedOn]).toEqual([200, undefined]);

    const seen = String((await now(round)).revision);
    const corrected = await staff.post(`${path}/edit`, { revision: seen, 'size-ngo': '8' });
    expect(corrected.headers['location']).toBe(`${path}/compute`);
    expect(words((await staff.get(`${path}/compute`)).text)).toContain('6 z 8');
    // Shown before somebody else corrected the size: nothing is computed from what was not seen.
    const late = await staff.post(`${path}/compute`, { revision: seen });
    expect(late.status).toBe(409);
    expect(words(late.text)).toContain('ktoś inny zmienił liczebność grup');
    const computed = await staff.post(`${path}/compute`, { revision: String((await now(round)).revision) });
    expect(computed.headers['location']).toBe(`${path}/results`);
    const frozen = await staff.get(`${path}/edit`);
    expect(frozen.text).not.toContain('name="size-ngo"');
    expect(words(frozen.text)).toContain('Wyniki tej rundy są policzone');
    expect((await staff.get(`${path}/compute`)).headers['location']).toBe(path);
    expect((await staff.post(`${path}/compute`, { revision: '9' })).headers['location']).toBe(`${path}/results`);
  });

  it('hide small groups, carry figures and never answers, and say plainly when PDF is off', async () => {
    const { services } = test;
    const round = await newOpenRound(services.assessment, { groupSizes: { ngo: 20 } });
    const { instrument } = services.assessment.rounds.instrumentOf(round);
    const items = instrument.questions.filter(({ type }) => type === 'rating').map(({ code }) => code);
    const answers = (points: number) => Object.fromEntries(items.map((code) => [code, points]));
    for (const points of [1, 2, 3, 4, 5]) await submitAnswers(services.collection, round.id, 'ngo', answers(points));
    for (const points of [1, 1]) await submitAnswers(services.collection, round.id, 'officials', answers(points));
    await staff.post(`/staff/rounds/${round.id}/close`);
    await staff.post(`/staff/rounds/${round.id}/seal`);
    await staff.post(`/staff/rounds/${round.id}/compute`, { revision: '5' });
    const page = await staff.get(`/staff/rounds/${round.id}/results`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('ukryto');
    expect(page.text).toContain('PDF jest wyłączony');
    expect(page.text).not.toContain('summary.pdf');
    const csv = await staff.get(`/staff/rounds/${round.id}/results/figures.csv`);
    expect(csv.headers['content-disposition']).toContain('filename=lijw-gmina-przykladowa-wyniki-2025.csv');
    expect(csv.text).toContain(';3;5;;;;');
    expect(csv.text).toContain('ukryto, aby chronić anonimowość');
    for (const code of items) expect(csv.text).not.toContain(`;${code};`);
    const off = await staff.get(`/staff/rounds/${round.id}/results/full.pdf`);
    expect(off.headers['location']).toBe(`/staff/rounds/${round.id}/results`);
  });
});
