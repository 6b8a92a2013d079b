import { readdir, readFile } from 'node:fs/promises';
import { Failure } from '../../shared/errors';

/** A process that runs, as Linux tells of it (proc(5)). */
export interface Running {
  readonly pid: number;
  readonly command: string;
  /** In memory; what processes share counts in each. */
  readonly megabytes: number;
  /** Milliseconds of processor time, to a hundredth of a second; of children that have ended too. */
  readonly processor: number;
}

/** Of one tick of the clock that processes are charged by, in milliseconds. */
const tick = 10;
const pageBytes = 4096;

/** A process with all that it has started. */
export async function processesUnder(root: number): Promise<readonly Running[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  // One that has ended meanwhile is none.
  const all = (await Promise.all(pids.map((pid) => told(pid).catch(() => null)))).filter((one) => one !== null);
  const under = new Set([root]);
  for (let before = 0; before !== under.size;) {
    before = under.size;
    for (const { pid, parent } of all) if (under.has(parent)) under.add(pid);
  }
  const found = all.filter(({ pid }) => under.has(pid));
  if (found.length === 0)
    throw new Failure('bench-no-process', `/proc tells nothing of process ${root}: is this Linux?`);
  return found;
}

/** @returns megabytes of all of them together */
export function memoryOf(processes: readonly Running[]): number {
  return processes.reduce((sum, { megabytes }) => sum + megabytes, 0);
}

/** @returns milliseconds that they have spent together since each began */
export function processorOf(processes: readonly Running[]): number {
  return processes.reduce((sum, { processor }) => sum + processor, 0);
}

/** @returns megabytes that a process has had in memory at most */
export async function peakMemoryOf(pid: number): Promise<number> {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(await read(pid, 'status'))?.[1]) / 1024;
}

async function told(pid: number): Promise<Running & { readonly parent: number }> {
  const [stat, command] = await Promise.all([read(pid, 'stat'), read(pid, 'cmdline')]);
  // After the name, which may hold anything: state, parent …
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const number = (at: number): number => Number(fields[at]);
  return {
    ...{ pid, parent: number(1), command: command.replaceAll('\0', ' ').trim() },
    processor: (number(11) + number(12) + number(13) + number(14)) * tick,
    megabytes: (number(21) * pageBytes) / 2 ** 20,
  };
}

function read(pid: number, what: string): Promise<string> {
  return readFile(`/proc/${pid}/${what}`, 'utf8');
}
