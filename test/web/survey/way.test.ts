import { allowed, instrumentsOf, newAssessment, newOpenRound, roundInput } from '../../support/builders';
import { item, smallInstrument, text } from '../../support/instruments';
import { startTestApp, type TestApp } from '../../support/app';
import { readable, respondent } from '../../support/respondent';
import type { Round } from '../../../src/assessment/round';

describe("the respondent's way", () => {
  let test: TestApp;
  let round: Round;
  beforeEach(async () => {
    test = await startTestApp();
    round = await newOpenRound(test.services.assessment);
  });
  afterEach(() => test.close());

  const counts = () => test.services.collection.submissions.counts(round.id);

  it('starts with who asks, how long it takes and what is stored, and leaves nothing in the browser', async () => {
    const start = await respondent(test, round).get();
    expect(start.status).toBe(200);
    const page = readable(start.text);
    expect(page).toContain('Gmina Przykładowa');
    expect(page).toContain('Około 10 minut.');
    expect(page).toContain('Adresu komputera, rodzaju przeglądarki ani godziny');
    expect(page).toContain('Odpowiedzi przyjmujemy do 31 marca 2026.');
    expect(start.headers['set-cookie']).toBeUndefined();
  });

  it('leads from the group over every page to the receipt, and counts once', async () => {
    const person = respondent(test, round);
    const begun = await person.begin('officials');
    expect(begun.status).toBe(303);
    expect(begun.headers['location']).toBe(person.path('/page/policies'));
    const cookies = begun.headers['set-cookie'] as unknown as string[];
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(
      new RegExp(`^draft=[\\w-]{36}\\.[\\w-]{43}; Path=${person.path()}; HttpOnly; SameSite=Lax$`),
    );

    expect(readable((await person.get('/page/policies')).text)).toContain('Część 1 z 3');
    const policies = await person.post('/page/policies', { part: 'no', a1: '4', a2: '5', b1: 'special:hard-to-say' });
    expect(policies.headers['location']).toBe(person.path('/page/tasks'));
    const tasks = await person.get('/page/tasks');
    expect(readable(tasks.text)).toContain('Część 2 z 3 · Odpowiedzi: 4 z 7 pytań');
    expect(tasks.text).toContain('value="4" max="7"');
    expect((await person.post('/page/tasks', { c1: '3' })).headers['location']).toBe(person.path('/page/end'));
    expect((await person.post('/page/end', { barriers: ['time'] })).headers['location']).toBe(person.path('/check'));

    const check = readable((await person.get('/check')).text);
    expect(check).toContain('Pozycja a1 4 – często Zmień');
    expect(check).toContain('Pozycja b1 trudno powiedzieć Zmień');
    expect(check).toContain('Uwagi bez odpowiedzi Zmień');
    expect(check).toContain('Odpowiedziano na 6 z 7 pytań.');

    expect((await person.post('/submit')).headers['location']).toBe(person.path('/receipt'));
    expect(await counts()).toEqual({ officials: 1 });
    const receipt = readable((await person.get('/receipt')).text);
    expect(receipt).toContain('Dziękujemy, odpowiedzi zostały wysłane');
    expect(receipt).toContain('Ankieta jest otwarta do 31 marca 2026.');
  });

  it('counts a double click on send once, and gives the receipt to both', async () => {
    const person = respondent(test, round);
    await person.begin();
    await person.post('/page/policies', { a1: '4' });
    const both = await Promise.all([person.post('/submit'), person.post('/submit')]);
    expect(both.map(({ headers }) => headers['location'] as string)).toEqual([
      person.path('/receipt'),
      person.path('/receipt'),
    ]);
    expect((await person.post('/submit')).headers['location']).toBe(person.path('/receipt'));
    expect(await counts()).toEqual({ ngo: 1 });
  });

  it('lets an answer that was cut off while being sent be sent, not left behind', async () => {
    const person = respondent(test, round);
    const begun = await person.begin();
    await person.post('/page/policies', { a1: '4' });
    const token = /draft=([^;]+)/.exec(String(begun.headers['set-cookie']))![1]!;
    const { drafts } = test.services.collection;
    await drafts.freeze((await drafts.unlock(token))!);

    expect(readable((await person.get()).text)).toContain('Wróć do rozpoczętej ankiety');
    for (const response of [
      await person.get('/group'),
      await person.begin('officials'),
      await person.get('/page/tasks'),
    ]) {
      expect(response.headers['location']).toBe(person.path('/check'));
    }
    const check = await person.get('/check');
    expect(readable(check.text)).toContain('Te odpowiedzi są już wysyłane');
    expect(check.text).not.toContain('from&#x3D;check');
    expect((await person.post('/submit')).headers['location']).toBe(person.path('/receipt'));
    expect(await counts()).toEqual({ ngo: 1 });
  });

  it('lets people go back and change, until they have sent', async () => {
    const person = respondent(test, round);
    await person.begin();
    await person.post('/page/policies', { a1: '4' });
    const back = await person.post('/page/tasks', { c1: '2', action: 'back' });
    expect(back.headers['location']).toBe(person.path('/page/policies'));
    expect((await person.get('/page/policies')).text).toContain('name="a1" value="4" checked');
    await person.post('/page/policies', { a1: '2', from: 'check' });
    expect(readable((await person.get('/check')).text)).toContain('Pozycja a1 2 – rzadko');
    expect(readable((await person.get('/check')).text)).toContain('Pozycja c1 2 – rzadko');

    await person.post('/submit');
    const late = await person.post('/page/policies', { a1: '5' });
    expect(late.headers['location']).toBe(person.path('/receipt'));
  });

  it('takes an answer back', async () => {
    const person = respondent(test, round);
    await person.begin();
    await person.post('/page/policies', { a1: '4' });
    expect((await person.get('/page/policies')).text).toMatch(/data-clear><input[^>]*name="a1" value=""/);
    await person.post('/page/policies', { a1: '' });
    expect(readable((await person.get('/check')).text)).toContain('Pozycja a1 bez odpowiedzi');
  });

  it('reminds once of ratings left out, with links, and never again', async () => {
    const person = respondent(test, round);
    await person.begin();
    const first = await person.post('/page/policies', { part: 'no', a1: '4' });
    expect(first.headers['location']).toBe(person.path('/page/policies?reminder=1'));
    const page = await person.agent.get(first.headers['location']!);
    expect(page.status).toBe(200);
    expect(readable(page.text)).toContain('Bez oceny zostały 2 pytania');
    expect(page.text).toContain('<a class="govuk-link" href="#q-a2">Inaczej</a>');
    expect(page.text).not.toContain('<title>Błąd');
    expect((await person.post('/page/policies', { part: 'no', a1: '4' })).headers['location']).toBe(
      person.path('/page/tasks'),
    );
    await person.post('/page/policies', { part: 'no' });
    expect((await person.post('/page/policies', { part: 'no' })).headers['location']).toBe(person.path('/page/tasks'));
  });

  it('reminds of many ratings left out by one link, to the first', async () => {
    const many = ['d1', 'd2', 'd3', 'd4'].map((code) => item(code, 'P2.1'));
    const whole = smallInstrument();
    const pages = [{ code: 'all', title: text('Wszystko'), sections: [{ questions: many.map(({ code }) => code) }] }];
    const other = await startTestApp(
      instrumentsOf({ ...whole, questions: [...whole.questions, ...many], forms: { full: { minutes: 1, pages } } }),
    );
    const person = respondent(other, await newOpenRound(other.services.assessment));
    await person.begin();
    const page = await person.agent.get((await person.post('/page/all')).headers['location']!);
    expect(readable(page.text)).toContain('Bez oceny zostały 4 pytania');
    const [notice] = /<div class="lijw-notice"[^]*?<\/div>/.exec(page.text)!;
    expect([...notice.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['#q-d1']);
    await other.close();
  });

  it('goes on without the reminder where the person asks for it', async () => {
    const person = respondent(test, round);
    await person.begin();
    const on = await person.post('/page/tasks', { action: 'leave-out' });
    expect(on.headers['location']).toBe(person.path('/page/end'));
  });

  it('shows questions that an answer has brought before it goes on, and says so', async () => {
    const person = respondent(test, round);
    await person.begin();
    const sent = { part: 'yes', a1: '4', a2: '4', b1: '4', shown: 'part,a1,a2,b1,p1-comment' };
    const first = await person.post('/page/policies', sent);
    expect(first.headers['location']).toBe(person.path('/page/policies?new=b2'));
    const page = await person.agent.get(first.headers['location']!);
    expect(readable(page.text)).toContain('Po Państwa odpowiedzi doszły pytania');
    expect(page.text).toContain('href="#q-b2"');
    expect(page.text).toMatch(/data-question="b2">/);
    const next = await person.post('/page/policies', { ...sent, b2: '5', shown: `${sent.shown},b2` });
    expect(next.headers['location']).toBe(person.path('/page/tasks'));
  });

  it('does not count an answer to a question that is hidden again, and brings it back with it', async () => {
    const person = respondent(test, round);
    await person.begin();
    await person.post('/page/policies', { part: 'yes', b2: '5' });
    expect(readable((await person.get('/check')).text)).toContain('Pozycja b2 5 – zawsze');
    await person.post('/page/policies', { part: 'no', b2: '5' });
    expect(readable((await person.get('/check')).text)).not.toContain('b2');
    await person.post('/page/policies', { part: 'yes', b2: '5' });
    expect(readable((await person.get('/check')).text)).toContain('Pozycja b2 5 – zawsze');
  });

  it('keeps the answers that still fit when the group is changed', async () => {
    const person = respondent(test, round);
    await person.begin('ngo');
    await person.post('/page/policies', { a1: '4' });
    await person.post('/page/tasks', { c1: '3', c2: '5' });
    expect((await person.get('/group')).text).toContain('value="ngo" checked');
    const changed = await person.begin('officials');
    expect(changed.headers['set-cookie']).toBeUndefined();
    const check = readable((await person.get('/check')).text);
    expect(check).toContain('Rola Urzędnicy');
    expect(check).toContain('Pozycja a1 4 – często');
    expect(check).toContain('Pozycja c1 3 – czasem');
    expect(check).not.toContain('c2');
  });

  it('asks for a group', async () => {
    const person = respondent(test, round);
    const nothing = await person.post('/group', {});
    expect(nothing.status).toBe(422);
    expect(nothing.text).toContain('<title>Błąd: ');
    expect(nothing.text).toContain('<a href="#group">Proszę wybrać rolę, w której Państwo odpowiadają</a>');
    expect((await person.post('/group', { group: 'strangers' })).status).toBe(422);
    expect(nothing.headers['set-cookie']).toBeUndefined();
  });

  it('shows what has to be mended with what was typed, and saves the rest', async () => {
    const low = await newFollowUp();
    const person = respondent(test, low);
    await person.begin();
    await person.post('/page/policies', { a1: '1', action: 'leave-out' });
    await person.post('/page/tasks', { c1: '1', action: 'leave-out' });
    const wrong = await person.post('/page/end', { barriers: ['money'], meetings: 'kilka' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<title>Błąd: ');
    expect(wrong.text).toContain('<a href="#q-meetings">Proszę wpisać liczbę cyframi, na przykład 12</a>');
    expect(wrong.text).toContain('value="kilka"');
    expect(wrong.text).toMatch(/id="q-meetings"[^>]*aria-describedby="q-meetings-error" aria-invalid="true"/);
    expect((await person.get('/page/end')).text).toMatch(/value="money" checked/);

    const missing = await person.post('/page/end', { barriers: ['money'], meetings: '' });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('<a href="#q-meetings">Proszę odpowiedzieć na to pytanie</a>');
    const rule = await person.post('/page/end', { meetings: '13' });
    expect(rule.text).toContain('<a href="#q-meetings">Nie 13</a>');

    const unsent = await person.post('/submit');
    expect(unsent.status).toBe(422);
    expect(unsent.text).toContain(`href="${person.path('/page/end')}?from&#x3D;check#q-meetings"`);
    expect((await person.post('/page/end', { meetings: '12' })).headers['location']).toBe(person.path('/check'));
    expect((await person.post('/submit')).headers['location']).toBe(person.path('/receipt'));
  });

  /** In it `meetings` is required of people who are not content. */
  async function newFollowUp(): Promise<Round> {
    const { rounds } = test.services.assessment;
    const { sealing } = test.services.collection;
    const { assessment } = await newAssessment(test.services.assessment, { code: '3099022' });
    const baseline = await newOpenRound(test.services.assessment, { assessmentId: assessment.id });
    allowed(await sealing.close(baseline.id));
    const followUp = allowed(await rounds.create(roundInput(assessment.id, { name: 'follow-up' })));
    return allowed(await rounds.open(followUp.id));
  }
});
