import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '../../shared/errors';
import type { StoredRecord } from '../common/engine';
import { openStore } from '../common/store';
import type { Store } from '../port';
import { syncFolder } from './files';
import { acquireLock } from './lock';
import { openLog, type Log, type LogStart } from './log';
import { markLine, readTableFile } from './log-format';
import { openTable } from './table';

export interface EmbeddedOptions {
  /** Told, in an English sentence, what was put right at the start: for the log. */
  readonly notice?: (message: string) => void;
}

/**
 * Opens a folder of files (one per collection, made as needed) as a store for this process alone. Throws
 * `Failure('store-in-use')` while another process has it, and `Failure('store-corrupt')`, naming file and line, where a
 * file is damaged; what a crash has torn off the end of a file was never acknowledged and is put aside, into a file
 * whose name ends in `.torn-1`, `.torn-2` and so on.
 *
 * All documents are kept in memory (some kilobytes each, tens of thousands at most: MongoDB is there for more).
 *
 * Why a log of our own and not a ready-made package: of those that need neither a server nor a compiler,
 * @seald-io/nedb comes closest, but it acknowledges an append without fsync, drops lines that it cannot read (up to a
 * tenth of the file, for good at the next compaction), keeps removed data in the file until then, and one write waits
 * for another. Of it only the matching of filters would have been left, which is `match.ts`.
 */
export async function openEmbeddedStore(folder: string, options: EmbeddedOptions = {}): Promise<Store> {
  const path = resolve(folder);
  const made = await mkdir(path, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(made));
  const lock = await acquireLock(path);
  const logs: Log[] = [];
  try {
    const loaded = await loadTables(path, options.notice ?? (() => undefined));
    return openStore({
      table(plan) {
        const { records, start } = loaded.get(plan.name) ?? { records: new Map<string, StoredRecord>(), start: null };
        const log = openLog(join(path, `${plan.name}.table`), start, records, () => lock.assertHeld());
        const table = openTable(plan, records, log);
        logs.push(log);
        return table;
      },
      async close() {
        const closed = await Promise.allSettled(logs.map((log) => log.close()));
        await lock.release();
        const failed = closed.find((result) => result.status === 'rejected');
        if (failed) throw failed.reason as Error;
      },
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Loaded {
  readonly records: Map<string, StoredRecord>;
  readonly start: LogStart;
}

/** Reads every table at the start, so that damage is found then and not at the first request that meets it. */
async function loadTables(folder: string, notice: (message: string) => void): Promise<Map<string, Loaded>> {
  const tables = new Map<string, Loaded>();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // A rewrite that a crash cut short: the old file still stands, and this one may hold what was being removed.
    if (name.endsWith('.table.new')) await rm(path);
    if (!name.endsWith('.table')) continue;
    const content = await readFile(path);
    const { records, lines, goodBytes, marked, damage } = readTableFile(content);
    if (damage) {
      throw new Failure(
        'store-corrupt',
        `The data file ${path} is damaged at line ${damage.line}: ${damage.reason}. Nothing has been changed. Restore ` +
          'the file from a backup, or ask for help with it before anything is deleted.',
      );
    }
    if (goodBytes < content.length) {
      const aside = await putAside(path, content.subarray(goodBytes));
      await truncate(path, goodBytes);
      notice(
        `The last write to ${path} had not been finished when the program stopped (${content.length - goodBytes} bytes, ` +
          `never acknowledged). It was cut off and kept as ${aside}.`,
      );
    }
    // What a killed process has left behind is shown to nobody before it is safe.
    if (!marked) await appendFile(path, markLine, { flush: true });
    const bytes = goodBytes + (marked ? 0 : markLine.length);
    tables.set(name.slice(0, -'.table'.length), { records, start: { bytes, lines } });
  }
  await syncFolder(folder);
  return tables;
}

async function putAside(path: string, torn: Buffer): Promise<string> {
  const names = await readdir(dirname(path));
  let number = 1;
  while (names.includes(`${basename(path)}.torn-${number}`)) number += 1;
  const aside = `${path}.torn-${number}`;
  await writeFile(aside, torn, { flag: 'wx', mode: 0o600, flush: true });
  await syncFolder(dirname(path));
  return aside;
}
