import { randomBytes } from 'node:crypto';
import { Agent, createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Round } from '../../../src/assessment/round';
import { createApp } from '../../../src/web/app';
import { startTestApp, testSessionSecret, type TestApp } from '../../support/app';
import { allowed, filledDraft, instrumentsOf, newAssessment, newOpenRound } from '../../support/builders';
import { smallInstrument, text } from '../../support/instruments';

/** What is typed into an address by whoever makes somebody follow it. */
const probe = 'probe-5d1c';

interface Person {
  readonly round: Round;
  readonly group: string;
  readonly language: 'pl' | 'en';
  readonly token: string;
  readonly code: string;
  readonly answers: Readonly<Record<string, string | number>>;
  /** Own words that nobody else has; null where the form asks for none. */
  readonly words: string | null;
  readonly pages: readonly string[];
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('pages of respondents who ask at once, in production', () => {
  let test: TestApp;
  let people: Person[];
  const servers: Server[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  let address: string;

  const serve = async (create: typeof createApp): Promise<string> => {
    const settings = { production: true, baseUrl: null, sessionSecret: testSessionSecret, trustProxy: false };
    const app = create(test.services, { ...settings, logLevel: 'silent' });
    const server = createServer((asked, answer) => void app(asked, answer));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const ask = (to: string, path: string, { token, language }: Person, form?: Record<string, string>) =>
    new Promise<Answered>((resolve, reject) => {
      const headers = {
        cookie: `draft=${token}; lang=${language}`,
        'content-type': 'application/x-www-form-urlencoded',
      };
      const asked = request(to + path, { agent, headers, method: form ? 'POST' : 'GET' }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const { statusCode = 0, headers: sent } = answer;
          resolve({ status: statusCode, headers: sent, body: Buffer.concat(parts).toString() });
        });
      });
      asked.on('error', reject);
      asked.end(form && new URLSearchParams(form).toString());
    });

  /** Somebody with answers to everything but the last page, and a code to go on with elsewhere. */
  const begun = async (round: Round, group: string, language: Person['language'], rating: number): Promise<Person> => {
    const { drafts } = test.services.collection;
    const words = round.form === 'full' ? `own words of ${randomBytes(6).toString('hex')}` : null;
    const asked = { a1: rating, b1: 6 - rating, c1: rating };
    const more = words === null ? {} : { part: rating > 2 ? 'yes' : 'no', a2: rating, 'p1-comment': words };
    const answers = { ...asked, ...more };
    const token = await filledDraft(test.services.collection, round.id, group, answers);
    const { code } = allowed(await drafts.takeCode(token));
    const pages = words === null ? ['/page/all'] : ['/page/policies', '/page/tasks', '/page/end'];
    return { round, group, language, token, code, answers, words, pages };
  };

  beforeAll(async () => {
    const other = smallInstrument({ id: 'other' });
    const reworded = other.questions.map((one) => ({
      ...one,
      text: text(`Co innego ${one.code}`, `Else ${one.code}`),
      variants: [],
    }));
    test = await startTestApp(instrumentsOf(smallInstrument(), { ...other, questions: reworded }));
    const { services } = test;
    // Each way of answering by people of both groups, in both languages, of two instruments with the same codes.
    const kinds = [
      ['small', 'full'],
      ['small', 'core'],
      ['other', 'full'],
    ] as const;
    people = [];
    for (const [place, [instrument, form]] of kinds.entries()) {
      const unit = { code: `30990${place + 1}1`, name: `Gmina ${place}` };
      const { assessment } = await newAssessment(services.assessment, unit, instrument);
      const round = await newOpenRound(services.assessment, { assessmentId: assessment.id, form });
      for (const group of ['officials', 'ngo']) {
        for (const language of ['pl', 'en'] as const) {
          for (const rating of [2, 4]) people.push(await begun(round, group, language, rating));
        }
      }
    }
    address = await serve(createApp);
  });
  afterAll(async () => {
    agent.destroy();
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
    await test.close();
  });

  const pathsOf = ({ round, pages }: Person) =>
    [...pages, '/check', ''].map((rest) => `/survey/${round.linkCode}${rest}`);
  const everything = () => people.flatMap((person) => pathsOf(person).map((path) => ({ person, path })));
  /** The choices that a page shows as made, by question; the free choice of taking an answer back left out. */
  const chosen = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/<input [^>]*type="radio"[^>]* name="(\w+)" value="(\w+)" checked>/g)].map(
        ([, name, value]) => [name, value],
      ),
    );

  const wordingOfA2 = ({ round, group, language }: Person): string => {
    const polish = language === 'pl';
    if (round.instrument?.id === 'other') return polish ? 'Co innego a2' : 'Else a2';
    if (group === 'ngo') return polish ? 'Inaczej' : 'Otherwise';
    return polish ? 'Pozycja a2' : 'Item a2';
  };

  it('are their own: language, wording, choices and words, and the same as a fresh program makes for them', async () => {
    // A crowd twice over, in another order each time, so that whatever is kept is met by everybody else.
    const crowd = [...everything(), ...everything().reverse()];
    const shown = await Promise.all(crowd.map(({ person, path }) => ask(address, path, person)));
    for (const [at, { status, headers, body }] of shown.entries()) {
      const { person, path } = crowd[at] as { person: Person; path: string };
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers.etag).toBeUndefined();
      expect(body).toContain(`<html lang="${person.language}">`);
      const strangers = people.filter((one) => one !== person);
      expect(strangers.filter(({ words }) => words !== null && body.includes(words))).toEqual([]);
      expect(strangers.filter(({ round }) => round !== person.round && body.includes(round.linkCode))).toEqual([]);
      if (path.endsWith('/policies')) {
        expect(body).toContain(person.words);
        const wordings = [...body.matchAll(/>(Inaczej|Otherwise|(?:Pozycja|Item|Co innego|Else).a2)</g)].map(
          ([, one]) => one,
        );
        expect(wordings).toEqual([wordingOfA2(person)]);
        const { part, a1, a2, b1 } = person.answers;
        expect(chosen(body)).toEqual({ part, a1: `${a1}`, a2: `${a2}`, b1: `${b1}` });
      }
      if (path.endsWith('/all')) {
        const { a1, b1, c1 } = person.answers;
        expect(chosen(body)).toEqual({ a1: `${a1}`, b1: `${b1}`, c1: `${c1}` });
      }
    }

    // Modules of its own, and so nothing kept; each person alone, the last one first.
    let create = createApp;
    jest.isolateModules(() => {
      create = jest.requireActual<{ createApp: typeof createApp }>('../../../src/web/app').createApp;
    });
    expect(create).not.toBe(createApp);
    const fresh = await serve(create);
    for (const { person, path } of everything().reverse()) {
      const { body } = await ask(fresh, path, person);
      const same = shown.filter((_, at) => crowd[at]?.person === person && crowd[at].path === path);
      expect(same.map((one) => one.body === body)).toEqual([true, true]);
    }
  });

  it('repeat nothing of their address beside answers, and hold no secret', async () => {
    for (const person of people) {
      const [, secret = ''] = person.token.split('.');
      const code = `/survey/${person.round.linkCode}/code`;
      for (const path of [...pathsOf(person), code]) {
        const { status, body } = await ask(address, `${path}?${probe}=${probe}&new=${probe}&from=${probe}`, person);
        expect(status).toBe(200);
        expect(body).not.toContain(secret);
        // The start page has no answers, and is kept in the other language with its address.
        if (!path.endsWith(person.round.linkCode)) expect(body).not.toContain(probe);
        if (path !== code) expect(body.replaceAll('-', '')).not.toContain(person.code);
      }
    }
  });

  it('repeat what was typed without a secret beside it, to a form of our own alone', async () => {
    const [person] = people as [Person];
    const path = `/survey/${person.round.linkCode}/page/end`;
    const typed = { barriers: 'money', meetings: `${probe} "<b>`, action: 'continue' };
    const { status, headers, body } = await ask(address, path, person, typed);
    expect(status).toBe(422);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain(probe);
    expect(body).not.toContain('<b>');
    expect(body).not.toContain(person.token.split('.')[1]);
    expect(body).not.toContain(person.code);
  });
});
