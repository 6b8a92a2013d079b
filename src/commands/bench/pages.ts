import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { Failure } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import type { ConstantAnswer, Listening } from './pages/server';
import { begun, largestPage, openSurvey, signedInStaff } from './pages/respondent';
import { visitor, type Visitor } from './pages/visitor';

const respondents = 50;
/** Seconds of load at a time, and how often ours and the bound take turns. */
const [seconds, turns] = [2, 3];

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

/** Pages under 50 visitors beside a route that always answers with the same bytes, in one process, behind one compression. */
export const pagesBench: Bench = {
  name: 'pages',
  about: `pages under ${respondents} visitors beside a constant route with the same bytes`,
  async *run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
    const staff = { LIJW_STAFF_USER: 'bench', LIJW_STAFF_PASSWORD: randomBytes(12).toString('hex') };
    const server = fork(join(__dirname, 'pages', 'server'), { env: { ...process.env, ...staff, DATA_DIR: dataDir } });
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
  const people = await Promise.all(Array.from({ length: respondents }, () => begun(address, survey)));
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
    { what: 'GET of the start page', path: '/', visitors: anybody, body: null, most: 1.5 },
    { what: 'GET of the start of the survey', path: survey, visitors: anybody, body: null, most: null },
    { what: 'GET of the event list', path: '/events', visitors: anybody, body: null, most: null },
    { what: 'GET of the library', path: '/library', visitors: anybody, body: null, most: null },
    { what: 'GET of the staff desk', path: '/staff', visitors: staffPeople, body: null, most: null },
  ];
}

async function measured(server: ChildProcess, load: Load, ours: string, bound: string): Promise<Measurement[]> {
  const [first] = load.visitors;
  const shown = await first?.get(load.path);
  if (shown?.status !== 200) throw new Failure('bench-no-page', `${load.path} answers ${shown?.status}.`);
  const constant: ConstantAnswer = { path: load.path, type: shown.type, body: shown.body };
  server.send(constant);
  await once(server, 'message');
  const took = { ours: [] as Cost[], bound: [] as Cost[] };
  for (let turn = -1; turn < turns; turn += 1) {
    const one = await underLoad(server, ours, load);
    // A form is held against the page that it was on.
    const other = await underLoad(server, bound, { ...load, body: null });
    if (turn < 0) continue;
    took.ours.push(one);
    took.bound.push(other);
  }
  const row = (what: string, cost: keyof Cost, most: number | null): Measurement => {
    const [mine, constants] = [took.ours, took.bound].map((costs) => costs.map((one) => one[cost]));
    return {
      what: `${load.what}: ${what}`,
      unit: 'ms',
      ours: median(mine ?? []),
      bound: { what: 'constant route, the same bytes', value: median(constants ?? []) },
      spread: Math.max(...(mine ?? [])) / median(mine ?? []),
      budget: most === null ? null : { most },
    };
  };
  return [row('time an answer', 'time', load.most), row('of it processor', 'processor', null)];
}

function median(list: readonly number[]): number {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0;
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

async function underLoad(server: ChildProcess, address: string, { path, visitors, body }: Load): Promise<Cost> {
  let client = 0;
  const before = await processorTime(server);
  const result = await autocannon({
    ...{ url: address + path, connections: respondents, duration: seconds },
    ...(body === null ? {} : { method: 'POST' as const, body }),
    headers: { 'accept-encoding': 'br, gzip', 'content-type': 'application/x-www-form-urlencoded' },
    setupClient: (one) => {
      const cookie = visitors[client % visitors.length]?.cookies() ?? '';
      client += 1;
      one.setHeaders({ cookie, 'accept-encoding': 'br, gzip', 'content-type': 'application/x-www-form-urlencoded' });
    },
  });
  const good = body === null ? result['2xx'] : result['3xx'];
  const refused = result.requests.total - good;
  if (refused > 0 || result.errors > 0) {
    throw new Failure('bench-refused', `${path}: ${refused} of ${result.requests.total} answers were refusals.`);
  }
  return { time: (1000 * result.duration) / good, processor: ((await processorTime(server)) - before) / good };
}
