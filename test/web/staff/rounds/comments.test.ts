import request from 'supertest';
import { startTestApp, type TestApp } from '../../../support/app';
import { allowed, closeAndCompute, newOpenRound, submitAnswers } from '../../../support/builders';
import { signedInClient, type StaffClient } from '../../../support/staff';

let test: TestApp;
let staff: StaffClient;
let path: string;
let roundId: string;

const words = (text: string): string => text.replaceAll('\u00a0', ' ');
const written = ['Pani Anna Nowak zawsze pomaga', 'Za mało spotkań', 'Wójt <b>nie</b> odpowiada'];

/** Eight NGOs, three of whom wrote something; five officials, whose comments are kept back. */
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
  const { assessment, collection } = test.services;
  const round = await newOpenRound(assessment);
  const send = (group: string, text: string | undefined) =>
    submitAnswers(collection, round.id, group, { a1: 3, ...(text === undefined ? {} : { 'p1-comment': text }) });
  for (let at = 0; at < 8; at += 1) await send('ngo', written[at]);
  for (let at = 0; at < 5; at += 1) await send('officials', `Tajne ${at}`);
  await closeAndCompute({ ...assessment, ...collection }, round.id);
  roundId = round.id;
  path = `/staff/rounds/${round.id}`;
});
afterEach(() => test.close());

async function numberOf(text: string): Promise<number> {
  const review = allowed(await test.services.assessment.comments.review(roundId));
  return review.comments.find((one) => one.text === text)!.number;
}

async function keepAll(): Promise<void> {
  for (const text of written) await staff.post(`${path}/comments/${await numberOf(text)}/keep`, { revision: '0' });
}

it('wait on the desk, on the round’s page and in its report until somebody has read them', async () => {
  expect(words((await staff.get('/staff')).text)).toContain('Na przeczytanie czekają 3 komentarze');
  expect(words((await staff.get(path)).text)).toContain('przeczytane: 0 z 3');
  const report = words((await staff.get(`${path}/results`)).text);
  expect(report).toContain('Komentarze czytają jeszcze osoby prowadzące ocenę.');
  for (const text of [...written, 'Tajne']) expect(report).not.toContain(text);
});

it('are listed with what is kept back and why, and never run as part of the page', async () => {
  const page = words((await staff.get(`${path}/comments`)).text);
  expect(page).toContain('Za mało spotkań');
  expect(page).toContain('Wójt &lt;b&gt;nie&lt;/b&gt; odpowiada');
  expect(page).toContain('Komentarze grupy można czytać od 8 odpowiedzi');
  expect(page).toContain('komentarzy jednej grupy nikt nie zobaczy: Urzędnicy');
  expect(page).not.toContain('Tajne');
  expect(page).not.toContain('Opublikuj komentarze');
});

it('lead from one to the next, lose hidden words, and are published once all are read', async () => {
  const nowak = await numberOf(written[0]!);
  const early = await staff.post(`${path}/comments/publish`);
  expect(early.headers['location']).toBe(`${path}/comments?show=unread`);
  for (const text of written.slice(1)) {
    const kept = await staff.post(`${path}/comments/${await numberOf(text)}/keep`, { revision: '0', show: 'unread' });
    expect(kept.headers['location']).toMatch(/\/comments\?show=unread#(c\d+|progress)$/);
  }
  const hidden = { decision: 'publish', hiddenWords: 'Nowak\r\nanna', reason: 'person', revision: '0' };
  expect((await staff.post(`${path}/comments/${nowak}`, hidden)).status).toBe(303);
  expect(words((await staff.get(`${path}/comments`)).text)).toContain('Pani <mark>[…]</mark> zawsze pomaga');
  const asked = words((await staff.get(`${path}/comments/publish`)).text);
  expect(asked).toContain('3 komentarze');
  expect(asked).toContain('w tym 1 z ukrytymi słowami');
  await staff.post(`${path}/comments/publish`);
  const report = words((await staff.get(`${path}/results`)).text);
  expect(report).toContain('Pani […] zawsze pomaga');
  expect(report).toContain('Za mało spotkań');
  expect(report).not.toContain('Nowak');

  const page = words((await staff.get(`${path}/comments/${nowak}`)).text);
  expect(page).toContain('Można ukryć więcej');
  const back = await staff.post(`${path}/comments/${nowak}`, { decision: 'publish', revision: '1' });
  expect(back.status).toBe(422);
  expect(words(back.text)).toContain('nie da się odsłonić tego, co było ukryte');
  const whole = { decision: 'hide', reason: 'person', revision: '1' };
  expect((await staff.post(`${path}/comments/${nowak}`, whole)).status).toBe(303);
  const after = words((await staff.get(`${path}/results`)).text);
  expect(after).not.toContain('zawsze pomaga');
  expect(after).toContain('Ukryto 1 komentarz, bo wskazuje konkretną osobę.');
});

it('say what is wrong at its field and lose nothing that was typed', async () => {
  const number = await numberOf(written[0]!);
  const wrong = await staff.post(`${path}/comments/${number}`, {
    ...{ decision: 'publish', hiddenWords: 'Kowalski', reason: 'person', revision: '0' },
  });
  expect(wrong.status).toBe(422);
  expect(words(wrong.text)).toContain('<a href="#q-hiddenWords">Tych słów nie ma w komentarzu: Kowalski.');
  expect(wrong.text).toContain('Kowalski</textarea>');
  const silent = await staff.post(`${path}/comments/${number}`, { decision: 'hide', revision: '0' });
  expect(words(silent.text)).toContain('<a href="#q-reason">Proszę wybrać powód ukrycia</a>');
});

it('are not decided over somebody else’s head', async () => {
  const number = await numberOf(written[0]!);
  await staff.post(`${path}/comments/${number}`, { decision: 'hide', reason: 'author', revision: '0' });
  const late = await staff.post(`${path}/comments/${number}/keep`, { revision: '0' });
  expect(late.headers['location']).toBe(`${path}/comments/${number}`);
  const mine = { decision: 'publish', hiddenWords: 'Nowak', reason: 'person', revision: '0' };
  const conflict = await staff.post(`${path}/comments/${number}`, mine);
  expect(conflict.status).toBe(409);
  expect(words(conflict.text)).toContain('W międzyczasie ktoś inny zapisał zmiany');
  expect(conflict.text).toContain('Nowak</textarea>');
  const { comments } = allowed(await test.services.assessment.comments.review(roundId));
  expect(comments[number - 1]!.decided).toMatchObject({ decision: 'hide' });
});

it('are nobody else’s business, and no other comment is there', async () => {
  for (const rest of ['', '/1', '/publish']) {
    expect((await request(test.app).get(`${path}/comments${rest}`)).status).toBe(303);
  }
  for (const rest of ['/1', '/1/keep', '/publish']) {
    expect((await request(test.app).post(`${path}/comments${rest}`)).status).toBe(401);
  }
  for (const number of ['0', '4', '01', 'x']) {
    expect((await staff.get(`${path}/comments/${number}`)).status).toBe(404);
  }
  await keepAll();
  expect((await staff.get(`${path}/comments?show=unread`)).text).toContain('Nie ma takich komentarzy.');
});
