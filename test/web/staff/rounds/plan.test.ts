import type { Round } from '../../../../src/assessment/round';
import type { RoundInput } from '../../../../src/assessment/rounds';
import { startTestApp, type TestApp } from '../../../support/app';
import { allowed, newAssessment, roundInput } from '../../../support/builders';
import { signedInClient, type StaffClient } from '../../../support/staff';

let app: TestApp;
let staff: StaffClient;
let printed: string[];

beforeEach(async () => {
  printed = [];
  const pdf = {
    print: (html: string) => (printed.push(html), Promise.resolve(Buffer.from('%PDF-1.7'))),
    available: () => Promise.resolve({ ok: true }),
  };
  app = await startTestApp(undefined, pdf);
  staff = await signedInClient(app);
});
afterEach(() => app.close());

async function draft(overrides: Partial<RoundInput> = {}): Promise<Round> {
  const { assessment } = await newAssessment(app.services.assessment);
  return allowed(await app.services.assessment.rounds.create(roundInput(assessment.id, overrides)));
}

const words = (html: string): string =>
  html
    .replaceAll('\u00a0', ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';

describe('the plan of a round', () => {
  it('shows a group that is too small as the one it is asked with, and saves merges and ways', async () => {
    const round = await draft({ groupSizes: { ngo: 12, informal: 4 } });
    const path = `/staff/rounds/${round.id}/plan`;
    const page = await staff.get(path);
    expect(words(page.text)).toContain(
      'Razem: Organizacje i Grupy nieformalne. Co najmniej jedna z tych grup ma mniej niż 5 osób',
    );
    const fields = { revision: hidden(page.text, 'revision'), seen: hidden(page.text, 'seen') };
    const ways = Object.fromEntries(
      ['officials', 'councillors', 'ngo+informal', 'benefit-council'].map((group) => [`way-${group}`, 'link']),
    );
    const saved = await staff.post(path, {
      ...fields,
      ...ways,
      'way-ngo+informal': 'cards',
      mergedGroups: 'ngo+informal',
    });
    expect(saved.headers['location']).toBe(`${path}?done=saved`);
    expect(await app.services.assessment.rounds.get(round.id)).toMatchObject({
      ...{ mergedGroups: ['ngo+informal'], ways: { officials: 'link', 'ngo+informal': 'cards' } },
    });
    expect((await staff.get(path)).text).toContain('value="cards" checked');
  });

  it('names a group that cannot be asked, and says what can be done', async () => {
    const round = await draft({ groupSizes: { officials: 3 } });
    const page = words((await staff.get(`/staff/rounds/${round.id}/plan`)).text);
    expect(page).toContain('Grupa „Urzędnicy” ma 3 osoby, a pytać wolno grupy od 5 osób.');
    expect(words((await staff.get(`/staff/rounds/${round.id}/open`)).text)).toContain('mniej niż 5 osób');
  });

  it('recommends to join a group that would show no spread', async () => {
    const round = await draft({ groupSizes: { ngo: 7, informal: 20 } });
    expect(words((await staff.get(`/staff/rounds/${round.id}/plan`)).text)).toContain(
      'Zalecamy pytać razem: Organizacje i grupy.',
    );
  });

  it('stands still once the round is open', async () => {
    const round = allowed(await app.services.assessment.rounds.open((await draft()).id));
    expect((await staff.get(`/staff/rounds/${round.id}/plan`)).text).not.toContain('<form action="/staff/rounds');
    await staff.post(`/staff/rounds/${round.id}/plan`, { 'way-ngo': 'cards' });
    expect((await app.services.assessment.rounds.get(round.id))?.ways).toBeUndefined();
  });
});

describe('the preview of a form', () => {
  it('walks through the pages of a respondent, with what was answered, and stores nothing', async () => {
    const round = await draft();
    const path = `/staff/rounds/${round.id}/preview/officials`;
    const first = await staff.get(path);
    expect(words(first.text)).toContain('Podgląd ankiety dla grupy: Urzędnicy. Nic nie jest zapisywane.');
    expect(first.text).not.toContain('data-save=');
    const second = await staff.post(`${path}/page/policies`, { part: 'yes', a1: '4', b2: '2', given: '{}' });
    expect(JSON.parse(hidden(second.text, 'given'))).toMatchObject({ part: 'yes', a1: 4, b2: 2 });
    expect(words(second.text)).toContain('Zadania');
    const back = await staff.post(`${path}/page/tasks`, { given: hidden(second.text, 'given'), action: 'back' });
    expect(back.text).toMatch(/name="a1" value="4" checked/);
    const third = await staff.post(`${path}/page/tasks`, { given: hidden(second.text, 'given'), c1: '5' });
    const wrong = await staff.post(`${path}/page/end`, { given: hidden(third.text, 'given'), meetings: 'x' });
    expect(wrong.status).toBe(200);
    expect(words(wrong.text)).toContain('Koniec podglądu');
    expect(await app.store.parts()).toEqual([]);
  });

  it('takes no more from its hidden field than a page could have put there', async () => {
    const round = await draft();
    const path = `/staff/rounds/${round.id}/preview/ngo/page/policies`;
    for (const given of ['', 'null', '[1]', '{"a1":99,"strange":1,"__proto__":{"a2":5}}']) {
      const next = await staff.post(path, { given, a2: '3' });
      expect(JSON.parse(hidden(next.text, 'given'))).toEqual({ a2: 3 });
    }
    expect((await staff.get(`/staff/rounds/${round.id}/preview/nobody`)).status).toBe(404);
  });
});

describe('handouts', () => {
  it('are printed for one group or for all, in the language of the page, with the clause', async () => {
    const round = await draft({ groupSizes: { ngo: 12, informal: 4 } });
    const path = `/staff/rounds/${round.id}/handouts`;
    const file = await staff.get(`${path}/paper/ngo%2Binformal.pdf`);
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(file.headers['cache-control']).toBe('no-store');
    expect(file.headers['content-disposition']).toContain('lijw-gmina-przykladowa-ankieta-organizacje-i-grupy.pdf');
    await staff.get(`${path}/poster.pdf?lang=en`);
    expect((await staff.get(`${path}/poster/informal.pdf`)).status).toBe(404);
    const [paper, poster] = printed.map(words);
    expect(paper).toContain('Ankieta dla grupy: Organizacje i grupy');
    expect(paper).toContain('Papierową ankietę przepisuje osoba prowadząca badanie');
    expect(poster).toContain(`/survey/${round.linkCode}`);
  });
});

describe('the clause of a unit', () => {
  it('is frozen by the round that opens, and differs by the way in', async () => {
    const { unit, assessment } = await newAssessment(app.services.assessment);
    const path = `/staff/units/${unit.id}/clause`;
    const page = await staff.get(path);
    expect(words(page.text)).toContain('Badanie prowadzi i za jego dane odpowiada Gmina Przykładowa.');
    const fields = { revision: hidden(page.text, 'revision'), seen: hidden(page.text, 'seen') };
    await staff.post(path, {
      ...fields,
      controller: 'Wójt Gminy',
      contact: 'tel. 61 000 00 00',
      dpo: '',
      more: '',
      moreEn: '',
    });
    const round = allowed(await app.services.assessment.rounds.create(roundInput(assessment.id)));
    const open = allowed(await app.services.assessment.rounds.open(round.id));
    expect(open.clause).toMatchObject({
      controller: 'Wójt Gminy',
      contact: 'tel. 61 000 00 00',
      wording: 1,
      revision: 1,
    });
    await staff.post(path, {
      revision: '1',
      seen: '{}',
      controller: 'Ktoś inny',
      contact: '',
      dpo: '',
      more: '',
      moreEn: '',
    });
    expect((await app.services.assessment.rounds.get(open.id))?.clause?.controller).toBe('Wójt Gminy');

    const read = async (way: string) => words((await staff.get(`${path}?way=${way}`)).text);
    expect(await read('link')).toContain('Nie można wykluczyć, że ktoś odpowie dwa razy.');
    expect(await read('cards')).not.toContain('Nie można wykluczyć, że ktoś odpowie dwa razy.');
    expect(await read('invitations')).toContain('Adresy e-mail leżą oddzielnie od odpowiedzi.');
    expect(await read('invitations')).not.toContain('Imienia, nazwiska ani adresu e-mail.');
  });
});
