import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../shared/project-root';
import { Failure } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import { builtAnew } from './built';
import { peakMemoryOf, processesUnder, processorOf } from './processes';
import { summaryOf } from './times';

const units = 300;
/** Starts over each store, taking turns. */
const turns = 7;

/** What a start took, until the first page was answered. */
interface Start {
  /** Milliseconds from the command to the first answer of /health. */
  readonly health: number;
  /** Milliseconds from the command to the first page. */
  readonly page: number;
  /** Milliseconds of processor time until then. */
  readonly processor: number;
  readonly megabytes: number;
}

/** The application as it is started, over a store with 600 rounds and over an empty one; MongoDB where MONGODB_URI is set. */
export const startBench: Bench = {
  name: 'start',
  about: `a start of the application with ${2 * units} rounds in the store beside one with none`,
  async *run() {
    await builtAnew();
    const folder = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
    try {
      const [none, many] = [storeSettings(folder, 'none'), storeSettings(folder, 'many')];
      await seed(none, 0);
      await seed(many, units);
      const took = { ours: [] as Start[], bound: [] as Start[] };
      for (let turn = -1; turn < turns; turn += 1) {
        const [one, other] = [await start(many), await start(none)];
        // The first turn only warms up.
        if (turn < 0) continue;
        took.ours.push(one);
        took.bound.push(other);
      }
      const row = (what: string, unit: string, cost: keyof Start, most: number | null): Measurement => {
        const [ours, bound] = [
          summaryOf(took.ours.map((one) => one[cost])),
          summaryOf(took.bound.map((one) => one[cost])),
        ];
        return {
          ...{ what: `start with ${2 * units} rounds: ${what}`, unit, ours: ours.median, spread: ours.spread },
          bound: { what: 'with none', value: bound.median },
          budget: most === null ? null : { most },
        };
      };
      yield row('processor time', 'ms', 'processor', 1.5);
      yield row('time to /health', 'ms', 'health', null);
      yield row('time to the first page', 'ms', 'page', null);
      yield row('memory at most', 'MB', 'megabytes', 1.5);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

type Settings = Readonly<Record<string, string>>;

/** A store of its own: a folder, and on MongoDB a database beside the one that MONGODB_URI names. */
function storeSettings(folder: string, name: string): Settings {
  const own = { DATA_DIR: join(folder, name), PORT: '0', NODE_ENV: 'production', LOG_LEVEL: 'silent' };
  const address = process.env['MONGODB_URI'] ?? '';
  if (address === '') return own;
  const url = new URL(address);
  url.pathname = `${url.pathname === '/' ? '/lijw' : url.pathname}-start-${name}`;
  return { ...own, MONGODB_URI: url.href };
}

async function seed(settings: Settings, count: number): Promise<void> {
  const env = { ...process.env, ...settings, OFFICE_UNITS: String(count) };
  const [code] = (await once(fork(join(__dirname, 'start', 'seeding'), { env }), 'exit')) as [number];
  if (code !== 0) throw new Failure('bench-not-seeded', `The store was not filled: exit code ${code}.`);
}

async function start(settings: Settings): Promise<Start> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', join('dist', 'main.js')], {
    ...{ cwd: projectRoot, env: { ...process.env, ...settings } },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const pid = child.pid ?? 0;
    const [address] = (await Promise.race([
      once(createInterface(child.stdout), 'line'),
      once(child, 'exit').then(() => [null]),
    ])) as [string | null];
    if (address === null) throw new Failure('bench-no-start', 'The application ended at its start.');
    await answered(`${address}/health`);
    const health = performance.now() - begun;
    await answered(`${address}/`);
    const page = performance.now() - begun;
    return { health, page, processor: processorOf(await processesUnder(pid)), megabytes: await peakMemoryOf(pid) };
  } finally {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function answered(address: string): Promise<void> {
  const answer = await fetch(address);
  if (answer.status !== 200) throw new Failure('bench-no-page', `${address} answers ${answer.status}.`);
  await answer.arrayBuffer();
}
