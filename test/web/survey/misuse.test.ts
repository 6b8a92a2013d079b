import type { Round } from '../../../src/assessment/round';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed, assessmentOver, newAssessment, newOpenRound } from '../../support/builders';
import { rawRows } from '../../support/raw-store';
import { readable, respondent } from '../../support/respondent';
import { signedInClient } from '../../support/staff';

/** What the survey's pages do not send is counted by kind and day, for staff, and with nothing of whom it came from. */

let test: TestApp;
let round: Round;
let others = 0;

beforeAll(async () => {
  test = await startTestApp(undefined, undefined, undefined, {
    ...{ own: 20, ownSaves: 300, address: 3000, waitMs: 1, mostWaiting: 0 },
  });
});
afterAll(() => test.close());

async function newRound(): Promise<Round> {
  others += 1;
  const { assessment } = await newAssessment(test.services.assessment, { code: `u${others}` });
  return newOpenRound(test.services.assessment, {
    assessmentId: assessment.id,
    ...{ ways: { officials: 'cards' }, groupSizes: { officials: 20 } },
  });
}
beforeEach(async () => {
  round = await newRound();
});

const totals = async () =>
  Object.fromEntries((await test.services.collection.misuse.totals(round.id)).map(({ kind, all }) => [kind, all]));

async function cards(of: Round, count: number) {
  return allowed(await test.services.collection.tickets.print(of.id, 'officials', [{ kind: 'cards', count }]))[0]!
    .codes;
}

/** Somebody with a draft. */
async function begun() {
  const person = respondent(test, round);
  await person.begin();
  return person;
}

it('nothing, where people use the pages as they are', async () => {
  const person = await begun();
  await person.post('/page/policies', {
    a1: '4',
    part: 'elsewhere',
    'part.other': 'x',
    shown: 'a1',
    action: 'continue',
  });
  await person.post('/page/policies/save', { a1: '5', 'p1-comment': 'ą'.repeat(2001), shown: 'a1' });
  await person.post('/code');
  await person.post('/submit');
  await person.post('/submit');
  const [code] = await cards(round, 1);
  const holder = respondent(test, round);
  await holder.get(`/ticket/${code}`);
  await holder.post('/begin');
  expect(await totals()).toEqual({});
});

it('codes of cards and of returning that are wrong, or of another round', async () => {
  const [foreign] = await cards(await newRound(), 1);
  const guesser = respondent(test, round);
  await guesser.post('/card', { code: '7K3M' });
  await guesser.post('/card', { code: foreign! });
  await guesser.post('/resume', { code: '7K3M9-Q2TXB-00000' });
  await guesser.get(`/ticket/${foreign}`);
  await guesser.get();
  await guesser.get('/card?slip');
  expect(await totals()).toEqual({ 'wrong-code': 5 });
});

it('a card that was used before, or from another device at the same time', async () => {
  const [code] = await cards(round, 1);
  const people = [respondent(test, round), respondent(test, round)];
  for (const person of people) {
    await person.get(`/ticket/${code}`);
    await person.post('/begin');
    await person.post('/page/policies', { a1: '4' });
  }
  for (const person of people) await person.post('/submit');
  const third = respondent(test, round);
  await third.get(`/ticket/${code}`);
  await third.post('/begin');
  expect(await totals()).toEqual({ 'used-code': 2 });
});

it('forms of answers that were sent, that are nobody’s, or with the key of another round', async () => {
  const person = await begun();
  await person.post('/page/policies', { a1: '4' });
  await person.post('/submit');
  await person.post('/page/policies', { a1: '1' });
  await person.post('/page/policies/save', { a1: '1' });
  await respondent(test, round).post('/page/policies', { a1: '1' });
  await respondent(test, round).post('/submit');
  const stranger = respondent(test, await newRound());
  const token = /draft=([^;]+)/.exec(String((await stranger.begin()).headers['set-cookie']))![1]!;
  await respondent(test, round).get('/check').set('Cookie', `draft=${token}`);
  expect(await totals()).toEqual({ 'old-form': 4, 'other-round': 1 });
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ ngo: 1 });
});

it('fields that were changed or added', async () => {
  const person = await begun();
  await person.post('/page/policies', { a1: '6' });
  await person.post('/page/policies', { a1: '4', submissionId: 'x' });
  await person.post('/page/policies', { c1: '4' });
  await person.post('/page/policies/save', { part: 'perhaps' });
  expect(await totals()).toEqual({ 'strange-field': 4 });
});

it('bodies that are too large, and what comes too often', async () => {
  const person = await begun();
  await person.post('/resume', { code: 'A'.repeat(10_000) });
  await person.post('/page/policies', { a1: '4', shown: 'x'.repeat(600_000) });
  expect(await totals()).toEqual({ 'too-large': 2 });
  const flood = await Promise.all(Array.from({ length: 25 }, () => person.post('/page/policies', { a1: '4' })));
  const away = flood.filter(({ status }) => status === 429).length;
  expect(away).toBeGreaterThan(0);
  expect(await totals()).toEqual({ 'too-large': 2, 'turned-away': away });
});

it('by processes together, in rows of a kind and a day and nothing else, until the round is sealed', async () => {
  const other = assessmentOver(test.store);
  for (let times = 0; times < 3; times += 1) test.services.collection.misuse.add(round.id, 'wrong-code');
  other.misuse.add(round.id, 'wrong-code');
  await test.services.collection.mind();
  await other.mind();
  expect(await totals()).toEqual({ 'wrong-code': 4 });
  const rows = async () => (await rawRows(test.folder)).filter(({ table }) => table === `misuse-counts/${round.id}`);
  expect((await rows()).map(({ text }) => JSON.parse(text) as unknown)).toEqual([
    { id: '2026-03-16:wrong-code', day: '2026-03-16', kind: 'wrong-code', count: 4 },
  ]);

  const staff = await signedInClient(test);
  const page = readable((await staff.get(`/staff/rounds/${round.id}`)).text);
  expect(page).toContain('Kody, które niczego tu nie otwierają, także kody innych rund 4 4');

  allowed(await test.services.collection.sealing.close(round.id));
  test.services.collection.misuse.add(round.id, 'wrong-code');
  await test.services.collection.mind();
  expect(await rows()).toEqual([]);
  expect(readable((await staff.get(`/staff/rounds/${round.id}`)).text)).not.toContain('niczego tu nie otwierają');
});

it('ten thousand guesses derive nothing, and the owner of a good code gets in after them', async () => {
  const { drafts } = test.services.collection;
  const { token } = allowed(await drafts.start(round.id));
  await drafts.chooseGroup(token, 'ngo');
  const { code } = allowed(await drafts.takeCode(token));
  let derived = 0;
  for (let n = 0; n < 10_000; n += 1) {
    const guess = `7K3M9Q2TXB0${`${n}`.padStart(4, '0')}`;
    const found = await drafts.resume(round.id, guess);
    if (!('refused' in found) || found.refused !== 'code-unknown') derived += 1;
  }
  expect(derived).toBe(0);
  expect(await drafts.resume(round.id, code)).toEqual({ token });
});
