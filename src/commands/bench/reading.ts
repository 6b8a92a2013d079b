import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import { forkBuilt } from './built';
import type { ConstantAnswer, Listening } from './pages/server';
import { visitor, type Visitor } from './pages/visitor';
import { summaryOf } from './times';

/** Requests at a time, whose processor time is taken together, and how often ours and the bound take turns. */
const [requests, turns] = [20, 7];

/** Reports that the demo publishes, by the end of their address: the year that was assessed, or both. */
const reports = { 'report of one round': /\/\d{4}\/\d+$/, comparison: /\/\d{4}-\d{4}\/\d+$/ };

/** A published report as a page: the first look in a fresh process, and each one after it, beside the same bytes. */
export const readingBench: Bench = {
  name: 'reading',
  about: 'a published report as a page, cold and repeated, beside a constant route with the same bytes',
  async *run() {
    for (const [what, address] of Object.entries(reports)) yield* await readAlone(what, address);
  },
};

/** In a process of its own, so that nothing is warm. */
async function readAlone(what: string, address: RegExp): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
  const staff = { LIJW_STAFF_USER: 'bench', LIJW_STAFF_PASSWORD: randomBytes(12).toString('hex') };
  const server = await forkBuilt('pages/server', { ...staff, DATA_DIR: dataDir });
  try {
    const [{ application, constant }] = (await once(server, 'message')) as [Listening];
    const [ours, bound] = [application, constant].map((port) => visitor(`http://127.0.0.1:${port}`)) as [
      Visitor,
      Visitor,
    ];
    const path = await pathOf(ours, address);
    const cold = await costOf(server, ours, path, 1);
    const { type, body } = await ours.get(path);
    const answer: ConstantAnswer = { path, type, body };
    server.send(answer);
    await once(server, 'message');
    const took = { ours: [] as number[], bound: [] as number[] };
    for (let turn = -1; turn < turns; turn += 1) {
      const [one, other] = [await costOf(server, ours, path, requests), await costOf(server, bound, path, requests)];
      // The first turn only warms up.
      if (turn < 0) continue;
      took.ours.push(one);
      took.bound.push(other);
    }
    const [mine, constants] = [summaryOf(took.ours), summaryOf(took.bound)];
    const kilobytes = Math.round(Buffer.byteLength(body) / 1000);
    const held = { what: 'constant route, the same bytes', value: constants.median };
    return [
      {
        ...{ what: `${what} (${kilobytes} kB), first look: processor time`, unit: 'ms', ours: cold },
        ...{ bound: held, spread: null, budget: null },
      },
      {
        ...{ what: `${what}, each one after it: processor time`, unit: 'ms', ours: mine.median },
        ...{ bound: held, spread: mine.spread, budget: { most: 3 } },
      },
    ];
  } finally {
    if (server.connected) server.disconnect();
    if (server.exitCode === null) await once(server, 'exit');
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Of the first such report in the library. */
async function pathOf(reader: Visitor, address: RegExp): Promise<string> {
  const links = (await reader.get('/library')).body.matchAll(/href="(\/library\/[^"?#]+)"/g);
  const path = [...links].map(([, link = '']) => link).find((link) => address.test(link));
  if (path === undefined)
    throw new Failure('bench-no-report', `The library of the demo has no address ${address.source}.`);
  return path;
}

/** Milliseconds of processor time that the server spends on one answer. */
async function costOf(server: ChildProcess, reader: Visitor, path: string, count: number): Promise<number> {
  const before = await spentBy(server);
  for (let request = 0; request < count; request += 1) {
    const { status } = await reader.get(path);
    if (status !== 200) throw new Failure('bench-no-page', `${path} answers ${status}.`);
  }
  return ((await spentBy(server)) - before) / count;
}

async function spentBy(server: ChildProcess): Promise<number> {
  server.send('cpu');
  const [spent] = (await once(server, 'message')) as [number];
  return spent;
}
