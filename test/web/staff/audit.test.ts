import request from 'supertest';
import { auditEntriesSpec, type AuditEntry } from '../../../src/accounts/audit-entry';
import { auditedActions } from '../../../src/web/routes/staff/audit/query';
import { translator } from '../../../src/locales/translate';
import { startTestApp, type TestApp } from '../../support/app';
import {
  allowed,
  closeAndCompute,
  newAssessment,
  newOpenRound,
  roundInput,
  submitAnswers,
} from '../../support/builders';
import { eventInput } from '../../events/event-builders';
import { administrator, signedInClient, type StaffClient } from '../../support/staff';

let test: TestApp;
let office: StaffClient;
beforeEach(async () => {
  test = await startTestApp();
  office = await signedInClient(test);
});
afterEach(() => test.close());

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const entries = (): Promise<AuditEntry[]> => test.services.audit.find({}, 100);
const said = async (): Promise<string[]> =>
  (await entries()).map(({ action, outcome, subject }) => [action, outcome, subject?.kind].filter(Boolean).join(' '));

it('has words for every action that can be recorded', () => {
  for (const language of ['pl', 'en'] as const) {
    for (const action of auditedActions) expect(translator(language)(`audit:actions.${action}`)).not.toBe('');
  }
});

it('records who did what to which thing, with settings before and after', async () => {
  const unit = { name: 'Gmina Próbna', kind: 'rural-gmina', code: 'PROBA-1' };
  const made = await office.post('/staff/units/new', unit);
  const id = /units\/([\w-]+)/.exec(made.headers['location']!)![1]!;
  const form = (await office.get(`/staff/units/${id}/edit`)).text;
  const [, revision = ''] = /name="revision" value="(\d+)"/.exec(form)!;
  await office.post(`/staff/units/${id}/edit`, { ...unit, name: 'Gmina Zmieniona', powiat: 'wymyślony', revision });
  const all = await entries();
  const [edited, created, signedIn] = ['units.edit', 'units.create', 'sign-in.password'].map((action) => all.find((one) => one.action === action)); // prettier-ignore
  const member = (await test.services.people.all())[0]!;
  expect(signedIn).toMatchObject({ action: 'sign-in.password', accountId: member.id });
  expect(created).toMatchObject({ action: 'units.create', unitId: id, subject: { kind: 'unit', id } });
  expect(edited).toMatchObject({ action: 'units.edit', unitId: id, accountId: member.id, outcome: 'done' });
  expect(edited!.changes).toEqual([
    { label: 'Nazwa', before: 'Gmina Próbna', after: 'Gmina Zmieniona' },
    { label: 'Powiat (nieobowiązkowo)', before: '', after: 'wymyślony' },
  ]);
  const page = plain((await office.get('/staff/audit')).text);
  expect(page).toContain('Gmina Próbna → Gmina Zmieniona');
  expect(page).toContain('(puste) → wymyślony');
  expect(page).toContain('zmiana danych jednostki');
});

it('records the settings and steps of an event before and after, and of its texts that they changed', async () => {
  const { events } = test.services;
  const event = allowed(await events.events.create(eventInput(), 20));
  const path = `/staff/events/${event.id}`;
  await office.post(`${path}/publish`);
  await office.post(`${path}/seats`, { seats: '25' });
  const form = (await office.get(`${path}/edit`)).text;
  const [, revision = ''] = /name="revision" value="(\d+)"/.exec(form)!;
  const day = (code: string, date: string) => {
    const [year = '', month = '', of = ''] = date.split('-');
    return { [`${code}.day`]: of, [`${code}.month`]: month, [`${code}.year`]: year };
  };
  const typed = {
    ...{ activity: `${event.programme}:${event.activity}`, titlePl: 'Szkolenie', descriptionPl: 'Inny opis.' },
    ...{
      place: 'Dom Zmieniony',
      address: event.address,
      subregion: 'koninski',
      agenda: '9:00 Powitanie',
      form: 'none',
    },
    ...{ ...day('startDay', '2026-04-09'), startTime: '10:30', endTime: '15:00', perFormLimit: '5' },
    ...{ ...day('opensDay', '2026-03-01'), opensTime: '8:00', ...day('closesDay', '2026-04-07'), closesTime: '16:00' },
    ...{ controller: event.controller, ...day('deleteAfter', '2026-06-30') },
  };
  expect((await office.post(`${path}/edit`, { ...typed, revision, told: 'yes' })).status).toBe(303);
  await office.post(`${path}/cancel`);
  const changes = (await entries()).filter(({ subject }) => subject?.id === event.id).flatMap((one) => one.changes);
  expect(changes).toEqual(
    expect.arrayContaining([
      { label: 'Stan', before: 'zaplanowane, niewidoczne publicznie', after: 'ogłoszone' },
      expect.objectContaining({ before: '20', after: '25' }),
      expect.objectContaining({ before: 'Dom Przykładów', after: 'Dom Zmieniony' }),
      expect.objectContaining({ before: '09:00', after: '10:30' }),
      { label: 'Stan', before: 'ogłoszone', after: 'odwołane' },
    ]),
  );
  expect(JSON.stringify(await test.store.collection(auditEntriesSpec).find({}))).not.toContain('Inny opis');
});

it('does not record forms that came back with errors, nor reading', async () => {
  const before = await said();
  await office.post('/staff/units/new', { name: '' });
  await office.get('/staff/units');
  await office.post('/staff/units/00000000-0000-4000-8000-000000000000/edit', { name: 'x' });
  expect(await said()).toEqual(before);
});

it('records what a role may not do, what stood in the way, and every sign-in; refused ones are counted', async () => {
  const { unit, assessment } = await newAssessment(test.services.assessment);
  const round = allowed(await test.services.assessment.rounds.create(roundInput(assessment.id)));
  const password = 'gwóźdź parasol mgła';
  const viewer = { role: 'viewer', units: [], side: null } as const;
  allowed(await test.services.accounts.setPassword('widz', password, viewer));
  const enter = (word: string) => request.agent(test.app).post('/staff/sign-in').type('form').send({ user: 'widz', password: word }); // prettier-ignore
  for (const wrong of ['jeden', 'dwa']) await enter(wrong);
  const cookies = (await enter(password)).headers['set-cookie'] as unknown as string[];
  const cookie = cookies.find((one) => one.startsWith('staff='))!;
  const denied = await request(test.app).post(`/staff/rounds/${round.id}/open`).set('Cookie', cookie);
  expect(denied.status).toBe(403);
  await office.post(`/staff/rounds/${round.id}/open`);
  await office.post(`/staff/rounds/${round.id}/open`);
  const own = (await test.services.people.all()).find(({ user }) => user === administrator.user)!.id;
  await office.post(`/staff/people/${own}/move`, { action: 'suspend' });
  expect((await said()).filter((one) => !one.startsWith('sign-in'))).toEqual(
    expect.arrayContaining(['people.edit refused account', 'rounds.open done round', 'rounds.open denied round']),
  );
  expect((await entries()).find(({ outcome }) => outcome === 'denied')).toMatchObject({ unitId: unit.id });
  const page = plain((await office.get('/staff/audit')).text);
  expect(page).toContain('16 marca 2026: 2 nieudane logowania');
  expect(page).toContain('Odmowa: rola nie obejmuje tej czynności');
  expect((await request(test.app).get('/staff/audit').set('Cookie', cookie)).status).toBe(403);
});

it('is filtered by person, action, unit and days, and comes as a file that runs nothing', async () => {
  await newAssessment(test.services.assessment);
  const own = (await test.services.people.all())[0]!.id;
  await office.post('/staff/units/new', { name: '=1+1', kind: 'rural-gmina', code: 'PROBA-2' });
  const rows = async (query: string): Promise<number> =>
    ((await office.get(`/staff/audit?${query}`)).text.match(/lijw-audit__item/g) ?? []).length;
  expect(await rows('')).toBe(2);
  expect(await rows('action=units.create')).toBe(1);
  expect(await rows(`person=${own}&action=sign-in.password&from=2026-03-16&to=2026-03-16`)).toBe(1);
  expect(await rows('to=2026-03-15')).toBe(0);
  expect(await rows('unit=none')).toBe(0);
  const strange = await office.get('/staff/audit?from=2026-02-31');
  expect(plain(strange.text)).toContain('Proszę podać prawdziwą datę');
  const csv = await office.get('/staff/audit.csv?action=units.create');
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.text).toContain(";dodanie jednostki;;'=1+1;");
});

it('goes back page by page', async () => {
  for (let one = 0; one < 70; one += 1) {
    await test.services.audit.record({ accountId: null, action: 'account.command', outcome: 'done' });
  }
  const shown = async (path: string) => {
    const { text } = await office.get(path);
    const older = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
    return { count: (text.match(/lijw-audit__item/g) ?? []).length, older };
  };
  const first = await shown('/staff/audit');
  expect(first.count).toBe(50);
  expect(await shown(first.older!)).toEqual({ count: 21, older: undefined });
});

it('never holds what a respondent answered or wrote, whom letters went to, codes, tokens, passwords or free texts', async () => {
  const { assessment, collection } = test.services;
  const round = await newOpenRound(assessment, { ways: { ngo: 'invitations' }, groupSizes: { ngo: 30 } });
  const path = `/staff/rounds/${round.id}`;
  const secrets = ['ada@example.org', 'Wójt nie odpowiada na pisma', 'dlugie haslo testowe', 'gwóźdź parasol mgła'];
  // An invitation of a respondent, as it is imported.
  const preview = await office.post(`${path}/invitations/import`, { list: secrets[0]!, usual: 'ngo' });
  const seen = /name="seen" value="([^"]*)"/.exec(preview.text)![1]!;
  const saved = { list: secrets[0]!, usual: 'ngo', asked: 'yes', seen, action: 'save' };
  expect((await office.post(`${path}/invitations/add`, saved)).status).toBe(303);
  // An answer typed from paper.
  const batch = allowed(await collection.paper.create(round.id, 'officials', 3));
  const begun = await office.post(`${path}/paper/${batch.id}/begin`);
  const paper = (begun.headers['set-cookie'] as unknown as string[]).find((one) => one.startsWith('paper='))!;
  const cookies = [office.cookie, paper.split(';')[0]!];
  const form = `${path}/paper/${batch.id}/form`;
  const lines = [...(await request(test.app).get(form).set('Cookie', cookies)).text.matchAll(/<input[^>]+name="([\w.-]+)"/g)]; // prettier-ignore
  const blank = Object.fromEntries(lines.map(([, name]) => [name!, '-']));
  const fields = { ...blank, number: '1', part: '1', a1: '3', 'p1-comment': secrets[1]! };
  const typed = await request(test.app).post(form).set('Cookie', cookies).type('form').send(fields);
  expect(typed.status).toBe(303);
  // Comments that are reviewed.
  for (let one = 0; one < 8; one += 1) await submitAnswers(collection, round.id, 'informal', { a1: 3, 'p1-comment': `${secrets[1]!} ${one}` }); // prettier-ignore
  await closeAndCompute({ ...assessment, ...collection }, round.id);
  const review = allowed(await assessment.comments.review(round.id));
  for (const { number } of review.comments) {
    const hide = { decision: 'hide', reason: 'author', revision: '0' };
    await office.post(`${path}/comments/${number}`, number % 2 === 0 ? hide : { decision: 'publish', revision: '0' });
  }
  // A person of the staff, whose data may have to go, and a link.
  const invite = { name: 'Zofia Łoś-Król', email: 'zofia@example.org', role: 'viewer' };
  const id = /people\/([\w-]+)/.exec((await office.post('/staff/people/invite', invite)).headers['location']!)![1]!;
  const token = /link\/([\w-]{43})/.exec((await office.post(`/staff/people/${id}/hand-over`)).text)![1]!;
  await request(test.app).post(`/staff/sign-in/link/${token}`).type('form').send({ password: secrets[3]!, again: secrets[3]! }); // prettier-ignore

  const stored = JSON.stringify(await test.store.collection(auditEntriesSpec).find({}));
  const actions = await said();
  for (const one of ['invitations.send done round', 'answers.type done round', 'people.edit done account']) {
    expect(actions).toContain(one);
  }
  expect(actions.some((one) => one.startsWith('comments.review done'))).toBe(true);
  for (const secret of [...secrets, token, 'Łoś', 'zofia@', round.linkCode]) expect(stored).not.toContain(secret);
  // Neither the ids of what belongs to one person, nor the moment at which somebody's paper was typed.
  expect(stored).not.toContain(batch.id);
  for (const entry of await entries()) {
    if (entry.action === 'answers.type') expect(entry.at).toBe('2026-03-16');
    expect(['round', 'unit', 'account', 'assessment', 'event', undefined]).toContain(entry.subject?.kind);
  }
});
