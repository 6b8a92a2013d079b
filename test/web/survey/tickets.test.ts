import type { Round } from '../../../src/assessment/round';
import { shownCode, type Code } from '../../../src/collection/code';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed, newAssessment, newOpenRound } from '../../support/builders';
import { smallInstrument } from '../../support/instruments';
import { readable, respondent } from '../../support/respondent';

let test: TestApp;
let round: Round;
let codes: readonly Code[];

beforeEach(async () => {
  test = await startTestApp();
  round = await newOpenRound(test.services.assessment, {
    ways: { officials: 'cards', councillors: 'cards' },
    groupSizes: { officials: 20, councillors: 20 },
  });
  codes = await print(round, 'officials');
});
afterEach(() => test.close());

async function print({ id }: Round, group: string): Promise<readonly Code[]> {
  const { tickets } = test.services.collection;
  return allowed(await tickets.print(id, group, [{ kind: 'cards', count: 8 }]))[0]!.codes;
}

const counts = () => test.services.collection.submissions.counts(round.id);
const stateOf = async (code: Code) => (await test.services.collection.tickets.ofCode(round.id, code))?.state;

/** Opens the link of a card and begins. */
async function arrive(code: Code) {
  const person = respondent(test, round);
  await person.get(`/ticket/${shownCode(code)}`);
  await person.post('/begin');
  return person;
}

/** Sends one rating. */
async function answer(person: Awaited<ReturnType<typeof arrive>>) {
  await person.post('/page/policies', { a1: '4' });
  return person.post('/submit');
}

it('the link of a card changes nothing, tells its address to nobody, and leads to one without the code', async () => {
  const person = respondent(test, round);
  const link = await person.get(`/ticket/${codes[0]}`);
  expect([
    link.status,
    link.headers['location'],
    link.headers['referrer-policy'],
    link.headers['cache-control'],
  ]).toEqual([303, person.path(), 'no-referrer', 'no-store']);
  expect(await stateOf(codes[0]!)).toBe('free');
  const start = readable((await person.get()).text);
  expect(start).toContain('kod na jedną odpowiedź w grupie „Urzędnicy”');
  expect(await stateOf(codes[0]!)).toBe('free');
  expect(test.log).toEqual([]);
});

it('one answer can be sent with a card, and a card that was used says so', async () => {
  const person = await arrive(codes[0]!);
  expect((await answer(person)).headers['location']).toBe(person.path('/receipt'));
  expect(await counts()).toEqual({ officials: 1 });
  expect(await stateOf(codes[0]!)).toBe('used');
  const second = respondent(test, round);
  await second.get(`/ticket/${codes[0]}`);
  expect(readable((await second.get()).text)).toContain('Z tym kodem wysłano już odpowiedź');
  expect((await second.post('/begin')).headers['location']).toBe(second.path());
  expect(await counts()).toEqual({ officials: 1 });
});

it('two devices with one card at the same time send one answer; the other is told and keeps what was typed', async () => {
  const people = [await arrive(codes[0]!), await arrive(codes[0]!)];
  for (const person of people) await person.post('/page/policies', { a1: '4', part: 'yes' });
  const sent = await Promise.all(people.map((person) => person.post('/submit')));
  expect(sent.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(await counts()).toEqual({ officials: 1 });
  const loser = sent.findIndex(({ status }) => status === 409);
  const told = readable(sent[loser]!.text);
  expect(told).toContain('Z tym kodem wysłano już odpowiedź');
  expect(told).toContain('można to wydrukować');
  expect(told).toMatch(/Zmiana planów|4/);
  expect(sent[loser]!.text).not.toContain('/submit"');
  // A moment later it is all there still.
  expect(readable((await people[loser]!.get('/check')).text)).toContain('Te odpowiedzi są już wysyłane');
  expect((await people[loser]!.post('/submit')).status).toBe(409);
  expect(await counts()).toEqual({ officials: 1 });
});

it('a card can be typed, with any slip told apart from a code that is not of this survey', async () => {
  const person = respondent(test, round);
  const wrong = async (code: string) => readable((await person.post('/card', { code })).text);
  expect(await wrong('')).toContain('Proszę wpisać kod z karty');
  expect(await wrong('7K3M')).toContain('W kodzie jest pomyłka');
  const { assessment } = await newAssessment(test.services.assessment, { code: '3099022' });
  const other = await newOpenRound(test.services.assessment, {
    assessmentId: assessment.id,
    ways: { officials: 'cards' },
    groupSizes: { officials: 20 },
  });
  const [foreign] = await print(other, 'officials');
  expect(await wrong(foreign!)).toContain('Nie ma takiego kodu w tej ankiecie');
  const good = await person.post('/card', { code: ` ${shownCode(codes[1]!).toLowerCase()} ` });
  expect(good.headers['location']).toBe(person.path());
  await person.post('/begin');
  expect((await answer(person)).headers['location']).toBe(person.path('/receipt'));
});

it('the open link is for the groups that have it, and a card’s group cannot be changed', async () => {
  const stranger = respondent(test, round);
  const page = readable((await stranger.get('/group')).text);
  expect(page).toContain('Organizacje');
  expect(page).not.toContain('Urzędnicy');
  expect((await stranger.begin('officials')).status).toBe(422);

  const person = await arrive(codes[0]!);
  await person.post('/group', { group: 'ngo' });
  await answer(person);
  expect(await counts()).toEqual({ officials: 1 });
});

it('asks for a code where no group has the open link', async () => {
  const { assessment } = await newAssessment(test.services.assessment, { code: '3099022' });
  const coded = await newOpenRound(test.services.assessment, {
    assessmentId: assessment.id,
    ways: Object.fromEntries((smallInstrument().groups ?? []).map(({ code }) => [code, 'cards'])),
  });
  const person = respondent(test, coded);
  expect(readable((await person.get()).text)).toContain('Wpisz kod z karty');
  expect((await person.get('/group')).headers['location']).toBe(person.path('/card'));
});

it('who comes with a card to a browser with somebody else’s draft is asked before it goes', async () => {
  const person = respondent(test, round);
  await person.begin('ngo');
  await person.get(`/ticket/${codes[0]}`);
  expect((await person.post('/begin')).headers['location']).toBe(person.path('/anew'));
  await person.post('/anew');
  expect((await person.get('/group')).headers['location']).toBe(person.path());
  await person.post('/begin');
  expect((await answer(person)).headers['location']).toBe(person.path('/receipt'));
  expect(await counts()).toEqual({ officials: 1 });
});
