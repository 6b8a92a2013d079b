import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserSearchFrom } from '../../adapters/pdf/browser-search';
import { startBrowser } from '../../adapters/pdf/start-browser';
import { languages, type Language } from '../../locales/translate';
import { Failure } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import { forkBuilt } from './built';
import { openSurvey, signedInStaff } from './pages/respondent';
import type { Listening } from './pages/server';
import { poorPhone, type Browser, type Visit } from './weight/poor-phone';
import { respondentsWay, wayWithoutScripts, type Step } from './weight/respondents-way';

/** Bytes that a respondent's pages may have over the wire. */
const most = { first: 60_000, next: 8_000, scripts: 10_000 };

/** What a respondent's pages weigh on an old phone with a poor connection, and when they can be used. */
export const weightBench: Bench = {
  name: 'weight',
  about: 'bytes, first paint and layout shift of a respondent’s way on a phone at 400 kbit/s and 400 ms a round trip',
  async *run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
    const staff = { LIJW_STAFF_USER: 'bench', LIJW_STAFF_PASSWORD: randomBytes(12).toString('hex') };
    const server = await forkBuilt('pages/server', { ...staff, DATA_DIR: dataDir });
    const started = await startBrowser(browserSearchFrom(process.env));
    try {
      if ('reason' in started) throw new Failure('bench-no-browser', `This bench needs a browser. ${started.reason}`);
      const [{ application }] = (await once(server, 'message')) as [Listening];
      const address = `http://127.0.0.1:${application}`;
      const survey = address + (await openSurvey(await signedInStaff(address, staff)));
      for (const language of languages) yield* await measured(started.browser, survey, language);
    } finally {
      if (!('reason' in started)) await started.browser.close();
      if (server.connected) server.disconnect();
      await once(server, 'exit');
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function measured(browser: Browser, survey: string, language: Language): Promise<Measurement[]> {
  const phone = await poorPhone(browser);
  const steps = await respondentsWay(phone, survey, language).finally(() => phone.close());
  const [first, ...next] = steps;
  const questions = steps.find(({ name }) => name === 'questions');
  if (first === undefined || questions === undefined) throw new Failure('bench-no-page', 'The survey has no pages.');
  const without = await poorPhone(browser);
  const withoutScripts = await wayWithoutScripts(without, survey).finally(() => without.close());

  const row = (what: string, unit: string, ours: number, limit: number | null = null): Measurement => ({
    ...{ what: `${language}: ${what}`, unit, ours },
    ...{ bound: null, spread: null, budget: limit === null ? null : { most: limit } },
  });
  const heaviest = next.toSorted((one, other) => sizeOf(other.visit) - sizeOf(one.visit));
  const [heaviestNext = first, ...lighter] = heaviest;
  const { bytes } = first.visit;
  return [
    row(`first visit, ${first.visit.requests} requests`, 'bytes', sizeOf(first.visit), most.first),
    row('of it the page', 'bytes', bytes.page),
    row('of it the style sheet', 'bytes', bytes.style),
    row('of it two fonts', 'bytes', bytes.font),
    row('of it scripts, also those of the next pages', 'bytes', bytes.script),
    row('of it the icon', 'bytes', bytes.icon),
    row(`heaviest next page (${nameOf(heaviestNext)})`, 'bytes', sizeOf(heaviestNext.visit), most.next),
    row('lightest next page', 'bytes', sizeOf((lighter.at(-1) ?? heaviestNext).visit)),
    row(`the whole way, ${steps.length} pages`, 'bytes', sum(steps.map(({ visit }) => sizeOf(visit)))),
    row('scripts, all pages together', 'bytes', sum(steps.map(({ visit }) => visit.bytes.script)), most.scripts),
    row('script that ran, at most on a page', 'bytes', Math.max(...steps.map(({ visit }) => visit.ran)), most.scripts),
    row('layout shift, all pages together', '', sum(steps.map(({ visit }) => visit.shift)), 0),
    row('first visit: first words on the screen', 'ms', first.visit.painted),
    row('first visit: usable', 'ms', first.visit.usable),
    row('next pages: usable, the slowest', 'ms', Math.max(...next.map(({ visit }) => visit.usable))),
    {
      ...row('questions: first words while no script ever arrives', 'ms', withoutScripts),
      bound: { what: 'the same page with its scripts', value: questions.visit.painted },
    },
  ];
}

function nameOf({ name, path }: Step): string {
  return name === 'questions' ? path.slice(path.lastIndexOf('/') + 1) : name;
}

function sizeOf({ bytes }: Visit): number {
  return sum(Object.values(bytes));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
