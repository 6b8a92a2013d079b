import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../shared/errors';
import type { Bench } from './bench';
import { forkBuilt } from './built';
import type { FilesState, Order } from './files/server';
import { begun, largestPage, openSurvey, signedInStaff } from './pages/respondent';
import type { Visitor } from './pages/visitor';
import { memoryOf, processesUnder } from './processes';

const reports = 50;
/** Asked one after the other, with a pause, as people do who are thought to be ten at a time. */
const [looks, pause] = [400, 20];
/** Longest for all reports, in milliseconds. */
const patience = 30 * 60_000;

/** What a survey page takes while full reports are made, and whether all of them are, though their process is killed. */
export const filesBench: Bench = {
  name: 'files',
  about: `a survey page while ${reports} full reports are made, whose process is killed once`,
  async *run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
    const staff = { LIJW_STAFF_USER: 'bench', LIJW_STAFF_PASSWORD: randomBytes(12).toString('hex') };
    const server = await forkBuilt('files/server', { ...staff, DATA_DIR: dataDir });
    try {
      const [port] = (await once(server, 'message')) as [number];
      const address = `http://127.0.0.1:${port}`;
      const survey = await openSurvey(await signedInStaff(address, staff));
      const person = await begun(address, survey);
      const { path } = await largestPage(person, survey);
      await answerTimes(person, path, 50);
      const idle = await answerTimes(person, path, looks);

      const started = Date.now();
      await told(server, { publish: reports / 2 });
      const busy: number[] = [];
      let most = 0;
      let killed = false;
      let state = await told<FilesState>(server, 'state');
      while (state.ready + state.failed < reports) {
        if (Date.now() - started > patience) break;
        busy.push(...(await answerTimes(person, path, 50)));
        const processes = await processesUnder(server.pid ?? 0);
        most = Math.max(most, memoryOf(processes));
        state = await told<FilesState>(server, 'state');
        // In the middle, the process that makes them goes without a word.
        const making = processes.find(({ command }) => /making(\.js|\.ts)?$/.test(command));
        if (!killed && state.ready >= reports / 3 && making !== undefined) {
          process.kill(making.pid, 'SIGKILL');
          killed = true;
        }
      }
      const minutes = (Date.now() - started) / 60_000;
      const plain = { bound: null, spread: null, budget: null };
      yield {
        ...{ what: 'survey page while reports are made: p95', unit: 'ms', ours: p(busy, 0.95) },
        bound: { what: 'the same page, nothing else to do', value: p(idle, 0.95) },
        ...{ spread: p(busy, 1) / p(busy, 0.5), budget: { most: 3 } },
      };
      yield { ...plain, what: 'reports made', unit: 'reports', ours: state.ready, budget: { least: reports } };
      yield { ...plain, what: 'reports made twice', unit: 'reports', ours: state.twice, budget: { most: 0 } };
      yield { ...plain, what: 'tries after the process was killed', unit: 'tries', ours: state.again };
      yield { ...plain, what: 'all processes at most', unit: 'MB', ours: most, budget: { most: 1_500 } };
      yield { ...plain, what: 'all of them together', unit: 'minutes', ours: minutes };
      if (!killed) throw new Failure('bench-not-killed', 'The process that makes files was not found.');
    } finally {
      if (server.connected) server.disconnect();
      await once(server, 'exit');
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function told<Answer>(server: ChildProcess, order: Order): Promise<Answer> {
  server.send(order);
  const [answer] = (await once(server, 'message')) as [Answer];
  return answer;
}

/** Milliseconds of each of so many looks at a page. */
async function answerTimes(person: Visitor, path: string, count: number): Promise<number[]> {
  const took: number[] = [];
  for (let look = 0; look < count; look += 1) {
    const start = performance.now();
    const { status } = await person.get(path);
    took.push(performance.now() - start);
    if (status !== 200) throw new Failure('bench-no-page', `${path} answers ${status}.`);
    await wait(pause);
  }
  return took;
}

function p(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
