import type { Round } from '../../../../../src/assessment/round';
import { startTestApp, type TestApp } from '../../../../support/app';
import { agree, allowed, closeAndCompute, newOpenRound, roundInput, submitAnswers } from '../../../../support/builders';
import { signedInClient, type StaffClient } from '../../../../support/staff';

let test: TestApp;
let staff: StaffClient;
let round: Round;
let path: string;

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const meeting = {
  ...{ 'date.day': '10', 'date.month': '3', 'date.year': '2026', keptBy: 'Biuro Rady', names: 'Osoba Zmyślona' },
  ...{
    'p0.role': 'Radni',
    'p0.organisation': 'Rada Gminy',
    'p0.side': 'administration',
    'p0.count': '3',
    revision: '0',
  },
};
const approval = {
  ...{ 'approvedOn.day': '12', 'approvedOn.month': '3', 'approvedOn.year': '2026', approvedBy: 'zespół roboczy' },
};

beforeEach(async () => {
  const services = { ...(test = await startTestApp()).services.assessment, ...test.services.collection };
  staff = await signedInClient(test);
  round = await newOpenRound(services);
  path = `/staff/rounds/${round.id}`;
  for (let person = 0; person < 5; person += 1) await submitAnswers(services, round.id, 'ngo');
  await closeAndCompute(services, round.id);
  for (const area of ['P1.1', 'P1.2', 'P2.1'])
    await agree(services, round.id, area, 3, { barriers: `Bariera ${area}` });
});
afterEach(() => test.close());

const markOf = (page: string): string => /name="mark" value="([^"]*)"/.exec(page)?.[1] ?? '';

describe('a meeting', () => {
  it('keeps who was there by function, organisation and side, and refuses half a row with all that was typed', async () => {
    const wrong = await staff.post(`${path}/meetings/new`, { ...meeting, 'p1.organisation': 'Stowarzyszenie Próba' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('href="#q-p1.role"');
    expect(wrong.text).toContain('value="Stowarzyszenie Próba"');
    expect(wrong.text).toMatch(/value="administration" selected/);
    expect((await staff.post(`${path}/meetings/new`, meeting)).status).toBe(303);
    const overview = plain((await staff.get(`${path}/meeting`)).text);
    expect(overview).toContain('Radni, Rada Gminy, strona samorządowa: 3 osoby');
    expect(overview).not.toContain('Zmyślona');
  });
});

describe('the minutes', () => {
  it('say what is missing, are approved as they were read, and can be taken up again with a reason', async () => {
    expect(plain((await staff.get(`${path}/minutes`)).text)).toContain('Nie wpisano jeszcze żadnego spotkania');
    await staff.post(`${path}/meetings/new`, meeting);
    allowed(
      await test.services.assessment.recommendations.add(round.id, {
        ...{ area: 'P1.1', what: 'Wspólny kalendarz spotkań', who: 'Biuro Rady', due: '2026-06' },
      }),
    );
    expect(plain((await staff.get(`${path}/meeting/P1.1`)).text)).toContain('Wspólny kalendarz spotkań (Biuro Rady,');
    const page = await staff.get(`${path}/minutes`);
    for (const held of ['Bariera P1.1', 'Radni, Rada Gminy', 'Osoba Zmyślona', 'Biuro Rady', 'Wspólny kalendarz spotkań']) expect(plain(page.text)).toContain(held); // prettier-ignore
    // Somebody writes while the page is being read.
    await staff.post(`${path}/meeting/P1.1/save`, { dissent: 'Sołtys', 'dissent.seen': '' });
    const late = await staff.post(`${path}/minutes/approve`, { ...approval, mark: markOf(page.text) });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Sołtys');
    const early = { ...approval, 'approvedOn.day': '9', mark: markOf(late.text) };
    expect((await staff.post(`${path}/minutes/approve`, early)).status).toBe(422);
    const approved = await staff.post(`${path}/minutes/approve`, { ...approval, mark: markOf(late.text) });
    expect(approved.headers['location']).toBe(`${path}/minutes?done=approved`);

    const frozen = await staff.post(`${path}/meeting/P1.1/save`, { dissent: 'Inaczej', 'dissent.seen': 'Sołtys' });
    expect(frozen.status).toBe(409);
    expect(plain((await staff.get(`${path}/meeting/P1.1`)).text)).toContain('Protokół jest zatwierdzony');
    expect((await staff.post(`${path}/meetings/new`, meeting)).status).toBe(409);
    expect(plain((await staff.get(`${path}/publish`)).text)).toContain('oceny uzgodnione zatwierdzono 12 marca 2026');

    expect((await staff.post(`${path}/minutes/reopen`, { why: '' })).status).toBe(422);
    expect((await staff.post(`${path}/minutes/reopen`, { why: 'Błąd w ocenie' })).status).toBe(303);
    const again = plain((await staff.get(`${path}/minutes`)).text);
    expect(again).toContain(
      'Zatwierdzenie z 12 marca 2026 cofnięto 16 marca 2026 o 12.00 (prowadzaca). Powód: Błąd w ocenie',
    );
    expect(plain((await staff.get(`${path}/results`)).text)).toContain('zatwierdzenie ocen z 12 marca 2026 cofnięto');
    expect(plain((await staff.get(`${path}/publish`)).text)).toContain('protokół zespołu nie jest zatwierdzony');
  });

  it('wait for the round to open', async () => {
    const draft = allowed(
      await test.services.assessment.rounds.create(roundInput(round.assessmentId, { name: 'follow-up' })),
    );
    expect((await staff.get(`/staff/rounds/${draft.id}/minutes`)).status).toBe(303);
    expect((await staff.get(`/staff/rounds/${draft.id}/meeting`)).status).toBe(200);
  });
});
