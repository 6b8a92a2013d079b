import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import { forkBuilt } from './built';
import type { OfficeListening } from './office/server';
import { signedInStaff } from './pages/respondent';
import type { Visitor } from './pages/visitor';
import { summaryOf } from './times';

const [few, many] = [10, 300];
/** Requests at a time, whose processor time is taken together, and how often both stores take turns. */
const [requests, turns] = [8, 7];

/** One application over its units. */
interface Office {
  readonly server: ChildProcess;
  readonly listening: OfficeListening;
  readonly visitor: Visitor;
}

/** Pages that list what there is to do are looked at a second time, where everything is late. */
const withTasks = ['/staff', '/staff/tasks', '/staff/units'];

/** Every page of the staff with 300 units and 600 rounds, beside the same with 10 and 20: in processor time of the server. */
export const officeBench: Bench = {
  name: 'office',
  about: `every staff page with ${many} units and ${2 * many} rounds beside the same with ${few} units`,
  async *run() {
    yield* pagesOver({ late: false });
    yield* pagesOver({ late: true });
  },
};

async function* pagesOver({ late }: { readonly late: boolean }): AsyncGenerator<Measurement> {
  const folders = [await mkdtemp(join(tmpdir(), 'lijw-bench-')), await mkdtemp(join(tmpdir(), 'lijw-bench-'))];
  const servers: ChildProcess[] = [];
  try {
    const started = [few, many].map((units, index) => start(units, late, folders[index] ?? '', servers));
    const [small, big] = (await Promise.all(started)) as [Office, Office];
    for (const { pattern, path } of big.listening.pages) {
      if (late && !withTasks.includes(pattern)) continue;
      const same = small.listening.pages.find((one) => one.pattern === pattern);
      if (same === undefined) throw new Failure('bench-no-page', `${pattern} is not there with ${few} units.`);
      const measured = await costOf(late ? `${pattern}, all late` : pattern, [small, same.path], [big, path]);
      if (measured !== null) yield measured;
    }
  } finally {
    for (const server of servers) {
      if (server.connected) server.disconnect();
      if (server.exitCode === null) await once(server, 'exit');
    }
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

async function start(units: number, late: boolean, dataDir: string, servers: ChildProcess[]): Promise<Office> {
  const staff = { LIJW_STAFF_USER: 'bench', LIJW_STAFF_PASSWORD: randomBytes(12).toString('hex') };
  const settings = {
    ...staff,
    DATA_DIR: dataDir,
    OFFICE_UNITS: String(units),
    OFFICE_LATE: late ? 'yes' : 'no',
  };
  const server = await forkBuilt('office/server', settings);
  servers.push(server);
  const [listening] = (await once(server, 'message')) as [OfficeListening];
  return { server, listening, visitor: await signedInStaff(`http://127.0.0.1:${listening.port}`, staff) };
}

/** null for an address that is no page here, since it leads on or there is nothing to show. */
async function costOf(
  pattern: string,
  small: readonly [Office, string],
  big: readonly [Office, string],
): Promise<Measurement | null> {
  const shown = await Promise.all([small, big].map(([office, path]) => office.visitor.get(path)));
  if (shown.some(({ status }) => status >= 500)) throw new Failure('bench-no-page', `${pattern} fails.`);
  if (shown.some(({ status }) => status !== 200)) return null;
  const took: { readonly ours: number[]; readonly bound: number[] } = { ours: [], bound: [] };
  for (let turn = -1; turn < turns; turn += 1) {
    const [bound, ours] = [await processorTime(...small), await processorTime(...big)];
    // The first turn only warms up.
    if (turn < 0) continue;
    took.bound.push(bound);
    took.ours.push(ours);
  }
  const ours = summaryOf(took.ours);
  return {
    what: pattern,
    unit: 'ms',
    ours: ours.median,
    bound: { what: `${few} units`, value: summaryOf(took.bound).median },
    spread: ours.spread,
    budget: { most: 2 },
  };
}

/** Of one answer, in milliseconds. */
async function processorTime({ server, visitor }: Office, path: string): Promise<number> {
  const before = await spentBy(server);
  for (let request = 0; request < requests; request += 1) await visitor.get(path);
  return ((await spentBy(server)) - before) / requests;
}

async function spentBy(server: ChildProcess): Promise<number> {
  server.send('cpu');
  const [spent] = (await once(server, 'message')) as [number];
  return spent;
}
