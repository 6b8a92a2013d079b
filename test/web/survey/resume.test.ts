import type { Round } from '../../../src/assessment/round';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed, newAssessment, newOpenRound } from '../../support/builders';
import { readable, respondent } from '../../support/respondent';

let test: TestApp;
let round: Round;

beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  const units = (await test.services.assessment.units.all()).length;
  const { assessment } = await newAssessment(test.services.assessment, { code: `u${units}` });
  round = await newOpenRound(test.services.assessment, { assessmentId: assessment.id });
});

const codeOn = (html: string): string => /value="([0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})"/.exec(html)![1]!;

async function begun() {
  const person = respondent(test, round);
  await person.begin();
  await person.post('/page/policies', { a1: '4' });
  return person;
}

it('begun in one browser, finished in another without JavaScript, with the code', async () => {
  const person = await begun();
  expect(readable((await person.get('/code')).text)).toContain('Kodu nie zapisujemy');
  expect((await person.post('/code')).headers['location']).toBe(person.path('/code'));
  const shown = (await person.get('/code')).text;
  const code = codeOn(shown);
  expect(codeOn((await person.get('/code')).text)).toBe(code);

  const elsewhere = respondent(test, round);
  const back = await elsewhere.post('/resume', { code: code.toLowerCase().replaceAll('-', '') });
  expect(back.headers['location']).toBe(elsewhere.path('/go-on'));
  expect((await elsewhere.get('/go-on')).status).toBe(303);
  expect(readable((await elsewhere.get('/check')).text)).toContain('4');
  expect((await elsewhere.post('/submit')).headers['location']).toBe(elsewhere.path('/receipt'));
  // The first browser knows that it is sent.
  expect((await person.get('/receipt')).status).toBe(200);
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ ngo: 1 });
});

it('a wrong code, one that was sent and one that was discarded get one and the same page', async () => {
  const [sent, gone] = [await begun(), await begun()];
  const codes = [];
  for (const person of [sent, gone]) {
    await person.post('/code');
    codes.push(codeOn((await person.get('/code')).text));
  }
  await sent.post('/submit');
  await gone.post('/anew');
  const stranger = respondent(test, round);
  const pages = [];
  for (const code of [...codes, 'AAAAA-BBBBB-CCCCC']) {
    const page = await stranger.post('/resume', { code });
    expect(page.status).toBe(422);
    pages.push(page.text.replaceAll(code, 'CODE'));
  }
  expect(new Set(pages).size).toBe(1);
  expect(readable(pages[0]!)).toContain('Z tym kodem nie można wrócić do ankiety');
});

it('a thousand guesses are each refused, none is logged, and the owner of a code gets in after them', async () => {
  const person = await begun();
  await person.post('/code');
  const code = codeOn((await person.get('/code')).text);
  const guesser = respondent(test, round);
  // Well formed, so that only the check at its end tells that it is none.
  const guess = (n: number) => guesser.post('/resume', { code: `7K3M9Q2TXB0${`${n}`.padStart(4, '0')}` });
  for (let round = 0; round < 20; round += 1) {
    const pages = await Promise.all(Array.from({ length: 50 }, (_, n) => guess(round * 50 + n)));
    expect(pages.every(({ status }) => status === 422)).toBe(true);
  }
  const back = await respondent(test, round).post('/resume', { code });
  expect(back.status).toBe(303);
  expect(test.log).toEqual([]);
});

it('while the round closes, who has begun finishes, elsewhere too, and nobody begins', async () => {
  const person = await begun();
  await person.post('/code');
  const code = codeOn((await person.get('/code')).text);
  allowed(await test.services.assessment.rounds.beginClosing(round.id));
  const stranger = respondent(test, round);
  const closed = await stranger.get();
  expect([closed.status, readable(closed.text).includes('nowej ankiety nie można już zacząć')]).toEqual([410, true]);
  expect((await stranger.begin()).status).toBe(410);
  expect(readable((await person.get('/page/policies')).text)).toContain('można wysłać do godziny 12.30');
  await stranger.post('/resume', { code });
  expect((await stranger.post('/submit')).headers['location']).toBe(stranger.path('/receipt'));
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ ngo: 1 });
});

it('forms with a body of any size, a made-up token or changed hidden fields do no harm', async () => {
  const person = await begun();
  expect((await person.post('/resume', { code: 'A'.repeat(10_000) })).status).toBe(413);
  expect((await person.post('/card', { code: 'A'.repeat(10_000) })).status).toBe(413);
  expect((await person.post('/page/policies', { a1: '4', shown: 'x'.repeat(600_000) })).status).toBe(413);
  await person.post('/page/policies', {
    a1: '5',
    shown: 'b1,__proto__,constructor',
    claim: 'x',
    submissionId: 'y',
    group: 'officials',
  });
  expect(
    (
      await respondent(test, round)
        .get('/check')
        .set('Cookie', `draft=${round.id}.${'A'.repeat(43)}`)
    ).headers['location'],
  ).toBe(person.path());
  await person.post('/submit');
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ ngo: 1 });
  // The same form once more, after it was sent.
  expect((await person.post('/page/policies', { a1: '1' })).headers['location']).toBe(person.path('/receipt'));
  expect((await person.post('/submit')).headers['location']).toBe(person.path('/receipt'));
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ ngo: 1 });
});

it('sixty people behind one address begin, save and send at once', async () => {
  const people = Array.from({ length: 60 }, () => respondent(test, round));
  const receipts = await Promise.all(
    people.map(async (person) => {
      await person.begin();
      await person.post('/page/policies', { a1: '4' });
      return person.post('/submit');
    }),
  );
  expect(receipts.map((one) => one.headers['location'])).toEqual(people.map((person) => person.path('/receipt')));
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ ngo: 60 });
});
