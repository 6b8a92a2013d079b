import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/errors';
import { isCode, syncFolder } from './files';

/**
 * One process at a time may use a folder. The file `lock` names its owner by process id, the moment that process
 * started and the boot it belongs to, so that a number that another program has got since does not count as the owner.
 * The lock of a dead owner is taken over.
 *
 * What it cannot see: an owner in another container or on another machine that shares the folder. There the newcomer
 * takes over, and the older process stops writing, since `assertHeld` finds that the lock is no longer its own.
 */
export interface Lock {
  /** Throws `Failure('store-taken-over')` once somebody else holds the folder. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

interface Owner {
  readonly pid: number;
  readonly started: string;
  readonly boot: string;
  /** Tells this lock from any other, ever. */
  readonly token: string;
}

export async function acquireLock(folder: string): Promise<Lock> {
  const path = join(folder, 'lock');
  const owner: Owner = {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    boot: bootId(),
    token: randomBytes(8).toString('hex'),
  };
  // The lock appears by linking a file that is complete, so nobody can ever read half of one.
  const own = `${path}.new-${owner.token}`;
  // Kept open while the lock is held: the inode of a file that is gone may be given to the next one.
  const handle = await open(own, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(owner)}\n`);
    await handle.sync();
    const other = await take(path, own, owner);
    if (other) {
      throw new Failure(
        'store-in-use',
        `The data folder ${folder} is in use by process ${other.pid}. Only one process may use it at a time: stop ` +
          'that process, or give this one another folder.',
      );
    }
  } catch (error) {
    await handle.close();
    throw error;
  } finally {
    await rm(own, { force: true });
  }
  const { ino, dev } = await handle.stat();
  await clearAway(folder);
  await syncFolder(folder);

  async function isHeld(): Promise<boolean> {
    try {
      const now = await stat(path);
      return now.ino === ino && now.dev === dev;
    } catch (error) {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
  }

  return {
    async assertHeld() {
      if (await isHeld()) return;
      throw new Failure(
        'store-taken-over',
        `The data folder ${folder} is no longer held by process ${process.pid}: its lock is gone or another process ` +
          'has taken it. Nothing more is written; restart this process.',
      );
    },
    async release() {
      if (await isHeld()) await unlink(path);
      await handle.close();
    },
  };
}

/**
 * Takes a lock file, or returns the living owner who has it. A dead owner's lock is replaced by whoever holds the right
 * to replace just that lock: a lock file of its own, named by the dead lock's token, taken in the same way. Two
 * processes can therefore not both replace it, and a slow one cannot replace a lock that is newer than the one it read.
 */
async function take(path: string, own: string, owner: Owner): Promise<Owner | null> {
  for (;;) {
    if (await linked(own, path)) return null;
    const holder = await readOwner(path);
    if (holder === null) continue;
    if (isAlive(holder)) return holder;
    const right = `${path}.${holder.token}`;
    const rival = await take(right, own, owner);
    if (rival) return rival;
    try {
      if ((await readOwner(path))?.token === holder.token) {
        const copy = `${own}-${holder.token}`;
        await link(own, copy);
        await rename(copy, path);
        return null;
      }
    } finally {
      await rm(right, { force: true });
    }
  }
}

/** Removes what processes that were killed while taking the lock have left. */
async function clearAway(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('lock.')) continue;
    const left = await readOwner(join(folder, name));
    // One that cannot be read is being written.
    if (left && left.pid > 0 && !isAlive(left)) await rm(join(folder, name), { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** The owner that a lock file names; null where there is no such file. */
async function readOwner(path: string): Promise<Owner | null> {
  try {
    const text = await readFile(path, 'utf8');
    return (parseOwner(text) ?? { pid: 0, started: '', boot: '', token: 'unreadable' }) satisfies Owner;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const { pid, started, boot, token } = JSON.parse(text) as Owner;
    return Number.isInteger(pid) && /^[0-9a-f]+$/.test(token) ? { pid, started, boot, token } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started, boot }: Owner): boolean {
  if (pid <= 0 || boot !== bootId()) return false;
  const start = startOf(pid);
  // Where the system does not say when a process started, its number alone counts.
  return start !== null && (start === '' || started === '' || start === started);
}

/** When the process with this number started, in the system's own words, '' if it does not say; null where none runs. */
function startOf(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return null;
  }
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    }
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything, blanks and parentheses included.
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A zombie has let go of everything but its number.
    return state === 'Z' || state === 'X' ? null : (fields[18] ?? '');
  } catch {
    return '';
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
