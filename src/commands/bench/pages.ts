import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { Failure } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import { forkBuilt } from './built';
import type { ConstantAnswer, Listening } from './pages/server';
import { begun, largestPage, openSurvey, signedInStaff } from './pages/respondent';
import { visitor, type Visitor } from './pages/visitor';

const respondents = 50;
/** For each connection of each turn one of their own: a draft that sends more than a person can is slowed down. */
const drafts = 500;
/** Seconds of load at a time, and how often ours and the bound take turns: more often where a budget hangs on it. */
const seconds = 1;
const turns = { held: 9, measured: 3 };

/** One address under load, and who asks for it. */
interface Load {
  readonly what: string;
  readonly path: string;
  /** Cookies, one set a connection. */
  readonly visitors: readonly Visitor[];
  /** A form to be sent; null: the page is asked for. */
  readonly body: string | null;
  /** Times of the constant route that it may take; null: measured only. */
  readonly most: number | null;
}

/**
 * Pages under 50 visitors beside a route that always answers with the same bytes, in one process, the program as it is
 * built and started, behind one compression. The two take turns of a second, since whatever else the machine does meets
 * both; a row tells of the turn whose ratio is the median one. `time an answer` is what 50 who wait at once have of it,
 * with the client on the same cores; `of it processor` is what the serving process alone has spent, and what the budget
 * hangs on, since a busy machine moves it least.
 */
export const pagesBench: Bench = {
  name: 'pages',
  about: `pages under ${respondents} visitors beside a constant route with the same bytes`,
  async *run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
    const staff = { LIJW_STAFF_USER: 'bench', LIJW_STAFF_PASSWORD: randomBytes(12).toString('hex') };
    const server = await forkBuilt('pages/server', { ...staff, DATA_DIR: dataDir });
    try {
      const [{ application, constant }] = (await once(server, 'message')) as [Listening];
      const [ours, bound] = [`http://127.0.0.1:${application}`, `http://127.0.0.1:${constant}`];
      for (const load of await loadsOf(ours, staff)) yield* await measured(server, load, ours, bound);
    } finally {
      if (server.connected) server.disconnect();
      await once(server, 'exit');
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function loadsOf(address: string, staff: Record<string, string>): Promise<readonly Load[]> {
  const signedIn = await signedInStaff(address, staff);
  const survey = await openSurvey(signedIn);
  const people = await Promise.all(Array.from({ length: drafts }, () => begun(address, survey)));
  const largest = await largestPage(people[0] ?? visitor(address), survey);
  const [anybody, staffPeople] = [[visitor(address)], [signedIn]];
  return [
    {
      what: 'GET of the largest page of the questionnaire',
      path: largest.path,
      visitors: people,
      body: null,
      most: 2.5,
    },
    { what: 'POST of the same page', path: largest.path, visitors: people, body: largest.body, most: 4 },
    { what: 'GET of the check page', path: `${survey}/check`, visitors: people, body: null, most: null },
    { what: 'GET of the front page', path: '/', visitors: anybody, body: null, most: 1.5 },
    { what: 'GET of the start of the survey', path: survey, visitors: anybody, body: null, most: 1.5 },
    { what: 'GET of the event list', path: '/events', visitors: anybody, body: null, most: null },
    { what: 'GET of the library', path: '/library', visitors: anybody, body: null, most: null },
    { what: 'GET of the staff desk', path: '/staff', visitors: staffPeople, body: null, most: null },
  ];
}

async function measured(server: ChildProcess, load: Load, ours: string, bound: string): Promise<Measurement[]> {
  let asked = 0;
  const nextCookies = (): string => load.visitors[asked++ % load.visitors.length]?.cookies() ?? '';
  const [first] = load.visitors;
  const shown = await first?.get(load.path);
  if (shown?.status !== 200) throw new Failure('bench-no-page', `${load.path} answers ${shown?.status}.`);
  const constant: ConstantAnswer = { path: load.path, type: shown.type, body: shown.body };
  server.send(constant);
  await once(server, 'message');
  const took: { readonly ours: Cost; readonly bound: Cost }[] = [];
  for (let turn = -1; turn < (load.most === null ? turns.measured : turns.held); turn += 1) {
    // A form is held against the page that it was on.
    const turned = {
      ours: await underLoad(server, ours, load, nextCookies),
      bound: await underLoad(server, bound, { ...load, body: null }, nextCookies),
    };
    if (turn >= 0) took.push(turned);
  }
  const row = (what: string, cost: keyof Cost, most: number | null): Measurement => {
    const ratio = (turn: (typeof took)[number]) => turn.ours[cost] / turn.bound[cost];
    const byRatio = took.toSorted((one, other) => ratio(one) - ratio(other));
    const [middle, worst] = [byRatio[Math.floor(byRatio.length / 2)], byRatio.at(-1)];
    if (middle === undefined || worst === undefined) throw new Failure('bench-no-turn', 'Nothing was measured.');
    return {
      what: `${load.what}: ${what}`,
      unit: 'ms',
      ours: middle.ours[cost],
      bound: { what: 'constant route, the same bytes', value: middle.bound[cost] },
      spread: ratio(worst) / ratio(middle),
      budget: most === null ? null : { most },
    };
  };
  return [row('time an answer', 'time', null), row('of it processor', 'processor', load.most)];
}

/** What one answer costs under load, in milliseconds. */
interface Cost {
  /** The whole time, by the answers in it. */
  readonly time: number;
  /** Processor time of the serving process; what else the machine does is not in it. */
  readonly processor: number;
}

async function processorTime(server: ChildProcess): Promise<number> {
  server.send('cpu');
  const [spent] = (await once(server, 'message')) as [number];
  return spent;
}

/** @param nextCookies of whoever has the next connection */
async function underLoad(
  server: ChildProcess,
  address: string,
  { path, body }: Load,
  nextCookies: () => string,
): Promise<Cost> {
  const before = await processorTime(server);
  const result = await autocannon({
    ...{ url: address + path, connections: respondents, duration: seconds },
    ...(body === null ? {} : { method: 'POST' as const, body }),
    headers: { 'accept-encoding': 'br, gzip', 'content-type': 'application/x-www-form-urlencoded' },
    setupClient: (one) =>
      one.setHeaders({
        ...{ cookie: nextCookies(), 'accept-encoding': 'br, gzip' },
        'content-type': 'application/x-www-form-urlencoded',
      }),
  });
  const good = body === null ? result['2xx'] : result['3xx'];
  const refused = result.requests.total - good;
  if (refused > 0 || result.errors > 0) {
    throw new Failure('bench-refused', `${path}: ${refused} of ${result.requests.total} answers were refusals.`);
  }
  return { time: (1000 * result.duration) / good, processor: ((await processorTime(server)) - before) / good };
}
