import { startTestApp, type TestApp } from '../../support/app';
import { allowed, newAssessment, newOpenRound, roundInput } from '../../support/builders';
import { readable, respondent } from '../../support/respondent';
import type { Round } from '../../../src/assessment/round';

describe('what a survey does not let happen', () => {
  let test: TestApp;
  let round: Round;
  beforeEach(async () => {
    test = await startTestApp();
    round = await newOpenRound(test.services.assessment);
  });
  afterEach(() => test.close());

  it('says that a code leads to no survey', async () => {
    for (const path of ['', '/group', '/page/policies', '/check', '/receipt']) {
      const missing = await respondent(test, { linkCode: 'abcd2345' }).get(path);
      expect(missing.status).toBe(404);
    }
    const start = await respondent(test, { linkCode: 'abcd2345' }).get();
    expect(readable(start.text)).toContain('Nie ma takiej ankiety');
    expect((await respondent(test, { linkCode: '%00' }).get()).status).toBe(404);
    expect((await respondent(test, { linkCode: '%E0%A4%A' }).get()).status).toBe(400);
  });

  it('says when a survey that has not begun is planned to', async () => {
    const { rounds } = test.services.assessment;
    const { assessment } = await newAssessment(test.services.assessment, { code: '3099022' });
    const planned = allowed(
      await rounds.create(roundInput(assessment.id, { opensOn: '2026-04-01', closesOn: '2026-04-30' })),
    );
    const early = await respondent(test, planned).get();
    expect(early.status).toBe(403);
    expect(readable(early.text)).toContain('Gmina Przykładowa planuje ją otworzyć 1 kwietnia 2026.');
    expect((await respondent(test, planned).begin()).status).toBe(403);
  });

  it('says that a survey is closed, to those on their way as well', async () => {
    const person = respondent(test, round);
    await person.begin();
    await person.post('/page/policies', { a1: '4' });
    allowed(await test.services.collection.sealing.close(round.id));
    for (const response of [
      await person.get(),
      await person.get('/page/policies'),
      await person.post('/page/policies', { a1: '5' }),
      await person.post('/submit'),
    ]) {
      expect(response.status).toBe(410);
      expect(readable(response.text)).toContain('Ankieta jest już zamknięta');
    }
    expect((await person.post('/page/policies/save', { a1: '5' })).status).toBe(410);
    expect(await test.services.collection.submissions.counts(round.id)).toEqual({});
  });

  it('leads those who skip the beginning to it', async () => {
    const person = respondent(test, round);
    for (const path of ['/page/policies', '/check', '/receipt']) {
      expect((await person.get(path)).headers['location']).toBe(person.path());
    }
    expect((await person.post('/page/policies', { a1: '4' })).headers['location']).toBe(person.path());
    expect((await person.post('/submit')).headers['location']).toBe(person.path());
  });

  it('has no page that the form does not have', async () => {
    const person = respondent(test, round);
    await person.begin();
    expect((await person.get('/page/nonesuch')).status).toBe(404);
    expect((await person.get('/page/all')).status).toBe(404);
    expect((await person.post('/page/__proto__', { a1: '4' })).status).toBe(404);
  });

  it('does not take a token of another round, or one made up', async () => {
    const { assessment } = await newAssessment(test.services.assessment, { code: '3099022' });
    const other = await newOpenRound(test.services.assessment, { assessmentId: assessment.id });
    const person = respondent(test, round);
    const token = /draft=([^;]+)/.exec(String((await person.begin()).headers['set-cookie']))![1]!;
    const stranger = respondent(test, other);
    for (const value of [token, 'x'.repeat(43), '', '%', '../../etc/passwd']) {
      const page = await stranger.get('/page/policies').set('Cookie', `draft=${value}`);
      expect(page.headers['location']).toBe(stranger.path());
    }
  });

  it('drops what the form could not have sent', async () => {
    const person = respondent(test, round);
    await person.begin('officials');
    await person.post('/page/policies', {
      a1: '4',
      // Of another page, of another group, of no question, and names that every object has.
      c1: '5',
      c2: '5',
      nonesuch: '1',
      constructor: '1',
      __proto__: '1',
      'a1.other': 'x',
    });
    await person.post('/page/tasks', { c2: '5', action: 'leave-out' });
    await person.post('/submit');
    allowed(await test.services.collection.sealing.close(round.id));
    const [sealed] = await test.services.assessment.sealedRounds.answersOf(round.id);
    expect(sealed!.answers).toEqual({ a1: 4 });
  });

  it.each([
    ['a point that the scale does not have', { a1: '6' }, '#q-a1'],
    ['a choice that there is not', { part: 'perhaps' }, '#q-part'],
    ['a special answer that is not offered', { part: 'special:not-applicable' }, '#q-part'],
    ['a text that is too long', { 'p1-comment': 'ą'.repeat(2001) }, '#q-p1-comment'],
  ])('refuses %s, and says where', async (_name, body, href) => {
    const person = respondent(test, round);
    await person.begin();
    const refused = await person.post('/page/policies', body);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`<li><a href="${href}">`);
    if ('p1-comment' in body) expect(refused.text).toContain('ą'.repeat(2001));
  });

  it('saves the longest text whole, and shows scripts as the text they are', async () => {
    const person = respondent(test, round);
    await person.begin();
    const script = '</textarea><script>alert(1)</script>"\'{{title}}';
    const longest = script + 'ż'.repeat(2000 - script.length);
    await person.post('/page/policies', {
      part: 'elsewhere',
      'part.other': '"><script>x</script>',
      'p1-comment': longest,
    });
    const page = await person.get('/page/policies');
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).not.toContain('"><script>');
    expect(page.text).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)');
    const check = await person.get('/check');
    expect(check.text).not.toMatch(/<script>(alert|x)/);
    expect(readable(check.text)).toContain('ż'.repeat(2000 - script.length));
  });

  it('saves as you go only what is an answer, and takes nothing away for the rest', async () => {
    const person = respondent(test, round);
    await person.begin();
    await person.post('/page/policies', { a1: '4' });
    const saved = await person.post('/page/policies/save', { a1: '9', a2: '3' });
    expect(saved.body).toEqual({ saved: true });
    const check = readable((await person.get('/check')).text);
    expect(check).toContain('Pozycja a1 4 – często');
    expect(check).toContain('Inaczej 3 – czasem');
    await person.post('/submit');
    expect((await person.post('/page/policies/save', { a1: '1' })).status).toBe(409);
  });

  it('refuses a questionnaire without a rating, in words, with a link to the first', async () => {
    const person = respondent(test, round);
    await person.begin('ngo');
    await person.post('/page/policies', { 'p1-comment': 'słowa', action: 'leave-out' });
    const empty = await person.post('/submit');
    expect(empty.status).toBe(422);
    expect(readable(empty.text)).toContain('W ankiecie nie ma jeszcze żadnej oceny.');
    expect(empty.text).toContain(`<a href="${person.path('/page/policies')}?from&#x3D;check#q-a1">`);
    expect(await test.services.collection.submissions.counts(round.id)).toEqual({});
  });

  it('lets the next person at the same computer answer for themselves', async () => {
    const person = respondent(test, round);
    await person.begin('ngo');
    await person.post('/page/policies', { a1: '4' });
    await person.post('/submit');
    expect(readable((await person.get()).text)).toContain('może zacząć nową ankietę');
    expect((await person.get('/page/policies')).headers['location']).toBe(person.path('/receipt'));
    const next = await person.begin('officials');
    expect(next.headers['set-cookie']).toHaveLength(1);
    expect((await person.get('/check')).text).not.toContain('Organizacje');
    await person.post('/page/policies', { a1: '2' });
    await person.post('/submit');
    expect(await test.services.collection.submissions.counts(round.id)).toEqual({ ngo: 1, officials: 1 });
  });

  it.each(['', '/page/policies', '/check'])(
    'offers to begin anew on page „%s”, and leaves nothing to go back to',
    async (path) => {
      const person = respondent(test, round);
      const begun = await person.begin('ngo');
      const cookie = (begun.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
      await person.post('/page/policies', { a1: '4', 'p1-comment': 'cudze słowa' });
      const page = await person.get(path);
      expect(page.text).toContain(`href="${person.path('/anew')}"`);
      expect(readable(page.text)).toContain('To nie ja');
      const asked = await person.get('/anew');
      expect(readable(asked.text)).toContain('Nie da się ich przywrócić');
      // Asking removes nothing yet.
      expect((await person.get('/check')).text).toContain('cudze słowa');
      const anew = await person.post('/anew');
      expect(anew.headers['location']).toBe(person.path('/group'));
      expect(anew.headers['set-cookie']).toEqual([expect.stringMatching(/^draft=; Max-Age=0; Path=/)]);
      // Not even with the old cookie.
      for (const old of ['/check', '/page/policies', '/receipt']) {
        const again = await respondent(test, round).get(old).set('Cookie', cookie);
        expect(again.headers['location']).toBe(person.path());
      }
    },
  );

  it('does not begin anew what is being sent, and asks for a role where there is nothing to remove', async () => {
    const person = respondent(test, round);
    expect((await person.get('/anew')).headers['location']).toBe(person.path('/group'));
    const begun = await person.begin();
    await person.post('/page/policies', { a1: '4' });
    const token = /draft=([^;]+)/.exec(String(begun.headers['set-cookie']))![1]!;
    const { drafts } = test.services.collection;
    await drafts.freeze((await drafts.unlock(token))!);
    expect((await person.get('/anew')).headers['location']).toBe(person.path('/check'));
    expect((await person.post('/anew')).headers['location']).toBe(person.path('/check'));
    expect((await person.post('/submit')).headers['location']).toBe(person.path('/receipt'));
    expect((await person.post('/anew')).headers['location']).toBe(person.path('/group'));
    expect((await person.get('/receipt')).headers['location']).toBe(person.path());
  });

  it('keeps no page with answers in a cache, and the key only until the browser is closed', async () => {
    const person = respondent(test, round);
    const begun = await person.begin();
    expect(String(begun.headers['set-cookie'])).not.toMatch(/Max-Age|Expires/);
    for (const path of ['', '/page/policies', '/check', '/receipt']) {
      expect((await person.get(path)).headers['cache-control']).toBe('no-store');
    }
    expect((await person.get('/page/policies')).text).toMatch(/id="page-form"[^>]* autocomplete="off"/);
  });
});

describe('the log of survey pages', () => {
  it('holds not a line of their requests, whatever becomes of them', async () => {
    const test = await startTestApp();
    const round = await newOpenRound(test.services.assessment);
    const person = respondent(test, round);
    await person.get();
    await person.get('/group');
    await person.begin();
    await person.post('/page/policies', { a1: '4', 'p1-comment': 'słowa' });
    await person.post('/page/policies', { 'p1-comment': 'x'.repeat(600_000) });
    await person.post('/page/policies/save', { a1: '9' });
    await person.get('/nonesuch');
    await person.get('/page/%E0%A4%A');
    await person.post('/submit');
    await person.get('/receipt');
    await person.agent.get(person.path().toUpperCase());
    await person.agent.get('/survey/abcd2345');
    expect(test.log).toEqual([]);
    await test.close();
  });
});

describe('a code typed in capitals', () => {
  it('is found, alone and in a whole address', async () => {
    const test = await startTestApp();
    const round = await newOpenRound(test.services.assessment);
    const person = respondent(test, round);
    const capitals = round.linkCode.toUpperCase();
    for (const path of [`/survey/${capitals}`, `/SURVEY/${capitals}`, `/Survey/${round.linkCode}`]) {
      const found = await person.agent.get(path);
      expect(found.status).toBe(303);
      expect(found.headers['location']).toBe(person.path());
    }
    expect((await person.agent.get(`/survey/${capitals}/group`)).headers['location']).toBe(person.path());
    await test.close();
  });
});

describe('a flood of forms', () => {
  const limits = { own: 3, ownSaves: 2, address: 5, waitMs: 20, mostWaiting: 2 };

  it('slows down who sends it, and nobody with a draft of their own behind the same address', async () => {
    const test = await startTestApp(undefined, undefined, undefined, limits);
    const round = await newOpenRound(test.services.assessment);
    const person = respondent(test, round);
    await person.begin();
    // More at once than may wait: the last ones are refused, in words; none before has been.
    const flood = await Promise.all(
      Array.from({ length: 12 }, () => respondent(test, round).post('/group', { group: 'strangers' })),
    );
    const refused = flood.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(12 - 4 - 2);
    expect(refused[0]!.text).toContain('Zbyt wiele formularzy naraz');
    expect(refused[0]!.headers['retry-after']).toBe('60');
    // A made-up draft is nobody's.
    const madeUp = await Promise.all(
      Array.from({ length: 4 }, () =>
        respondent(test, round)
          .post('/submit')
          .set('Cookie', `draft=${'x'.repeat(43)}`),
      ),
    );
    expect(madeUp.filter(({ status }) => status === 429)).toHaveLength(2);
    expect((await person.post('/page/policies', { a1: '4' })).status).toBe(303);
    await test.close();
  });

  it('counts what is saved by itself apart from what is sent, and lets what waits through', async () => {
    const test = await startTestApp(undefined, undefined, undefined, limits);
    const round = await newOpenRound(test.services.assessment);
    const person = respondent(test, round);
    await person.begin();
    for (let save = 0; save < 4; save += 1) {
      expect((await person.post('/page/policies/save', { a1: '4' })).body).toEqual({ saved: true });
    }
    for (let sending = 0; sending < 5; sending += 1) {
      expect((await person.post('/page/policies', { a1: '4' })).status).toBe(303);
    }
    await test.close();
  });
});

describe('the other language', () => {
  it('costs nothing that was typed', async () => {
    const test = await startTestApp();
    const round = await newOpenRound(test.services.assessment);
    const person = respondent(test, round);
    const group = await person.post('/group', { group: 'officials', language: 'en' });
    expect(group.text).toContain('In which role are you answering?');
    expect(group.text).toContain('value="officials" checked');

    await person.begin('officials');
    const saved = await person.post('/page/policies', { a1: '4', language: 'pl' });
    expect(saved.headers['location']).toBe(person.path('/page/policies'));
    const unsavable = await person.post('/page/policies', { a1: '4', 'p1-comment': 'x'.repeat(2001), language: 'en' });
    expect(unsavable.status).toBe(200);
    expect(unsavable.text).toContain('<html lang="en">');
    expect(unsavable.text).toContain('x'.repeat(2001));
    expect(unsavable.text).not.toContain('Error:');
    expect((await person.get('/page/policies')).text).toContain('name="a1" value="4" checked');
    expect((await person.get('/check?lang=pl')).text).toContain('<html lang="pl">');
    expect((await person.get('/check')).text).toContain('Proszę sprawdzić odpowiedzi');
    await test.close();
  });
});
