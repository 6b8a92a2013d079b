import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { leaseMs } from '../../../src/publishing/jobs/job';
import { createJobs } from '../../../src/publishing/jobs/jobs';
import { filePiecesSpec } from '../../../src/files/pieces';
import { keptFilesSpec } from '../../../src/publishing/jobs/kept-files';
import { createWorker, type Maker } from '../../../src/publishing/jobs/worker';
import { randomIds } from '../../../src/shared/ids';
import { openEmbeddedStore } from '../../../src/storage/embedded/open';
import type { Store } from '../../../src/storage/port';
import { temporaryFolder } from '../../support/stores';

/** The ids of the jobs that a process has begun; where one hangs, the process is killed at that moment. */
async function workIn(folder: string, hanging: string | null): Promise<string[]> {
  const script = join(__dirname, 'working-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  const begun: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    begun.push(line.replace('begun ', ''));
    if (begun.at(-1) === hanging) child.kill('SIGKILL');
  }
  expect(await ended).toBe(hanging === null ? null : 'SIGKILL');
  return begun;
}

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openEmbeddedStore(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

function jobsOver(clock: () => Date) {
  return createJobs({ store, clock, wake: () => undefined });
}
const ask = (id: string, hangs = false) => ({ id, kind: 'plain', group: 'g', rank: 0, input: { id, hangs } }) as const;

it('a worker killed in the middle loses no job: the next takes it up when its lease is over', async () => {
  const start = Date.now();
  let at = start - 60_000;
  const jobs = jobsOver(() => new Date(at++));
  const ids = Array.from({ length: 6 }, (_, index) => `job-${index}`);
  for (const id of ids) await jobs.request(ask(id, id === 'job-2'));
  expect(await workIn(folder, 'job-2')).toEqual(['job-0', 'job-1', 'job-2']);
  expect(await jobs.answerOf('job-2')).toMatchObject({ state: 'running' });

  const made: string[] = [];
  const maker: Maker = {
    ...{ timeLimit: 60_000, keepDays: null },
    make(input) {
      const { id } = input as { readonly id: string };
      made.push(id);
      return Promise.resolve({ outcome: 'made', type: 'text/plain', content: [Buffer.from(id)] });
    },
  };
  let now = start;
  const clock = () => new Date(now);
  const warn = (error: unknown) => expect(error).toBeUndefined();
  const worker = createWorker({ store, clock, ids: randomIds, makers: { plain: maker }, warn });
  await worker.workOff();
  expect(made).toEqual(['job-3', 'job-4', 'job-5']);
  now = Date.now() + leaseMs;
  await worker.workOff();
  expect(made).toEqual(['job-3', 'job-4', 'job-5', 'job-2']);
  for (const id of ids) expect((await jobs.answerOf(id))?.state).toBe('ready');
});

it('several processes at work make each job once', async () => {
  const jobs = jobsOver(() => new Date(Date.now() - 1_000));
  const ids = Array.from({ length: 40 }, (_, index) => `job-${String(index).padStart(2, '0')}`);
  for (const id of ids) await jobs.request(ask(id));
  const begun = await Promise.all([workIn(folder, null), workIn(folder, null)]);
  expect(begun.flat().sort()).toEqual(ids);
  for (const id of ids) expect(await jobs.answerOf(id)).toMatchObject({ state: 'ready', file: { size: 250_000 } });
  // Two pieces each.
  expect(await store.collection(filePiecesSpec).count({})).toBe(80);
  expect(await store.collection(keptFilesSpec).count({})).toBe(40);
});
