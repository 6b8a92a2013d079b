import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Failure } from '../../shared/errors';
import type { ValueCounts } from '../common/engine';
import { openStore } from '../common/store';
import type { Store } from '../port';
import { openDatabase, type Database } from './database';
import { openTable, tableName, valueCountsInEach } from './table';

export interface EmbeddedOptions {
  /** Told, in an English sentence, what could not be done in the background: for the log. */
  readonly notice?: (message: string) => void;
  /** false: an acknowledged write outlives the process, but not a power cut. For tests, which write a great deal. */
  readonly durable?: boolean;
}

/** Counts over parts, for the lists of many open rounds: they hold until something changes in the file. */
interface KnownCounts {
  readonly version: string;
  readonly known: Map<string, readonly ValueCounts[]>;
}

const noCounts: KnownCounts = { version: '', known: new Map() };
const mostCounts = 20;

/** Files are tidied this long after a change, in milliseconds; within a minute is promised. */
const tidyAfter = 30_000;

/**
 * Opens a folder as a store, made where it is missing. Several processes of one machine may have it open at a time.
 * Throws `Failure('store-old-format')` for a folder of a version before SQLite, `Failure('store-too-new')` for one of a
 * later version, `Failure('store-corrupt')`, naming the file, where one is damaged.
 *
 * The data are in `lijw.sqlite`, but for collections in parts, which are in `open-rounds.sqlite`: a small file, so that
 * it can be rebuilt after every change. The other one is never rebuilt: what is removed from it is overwritten in its
 * place.
 */
export async function openEmbeddedStore(folder: string, { notice, durable }: EmbeddedOptions = {}): Promise<Store> {
  const path = resolve(folder);
  await makeFolder(path);
  const main = openDatabase(join(path, 'lijw.sqlite'), durable);
  const parts = openOther(main, join(path, 'open-rounds.sqlite'), durable);
  const untidy = new Set<Database>([main, parts]);
  let timer: NodeJS.Timeout | null = null;
  let counts = noCounts;

  function tidy(): void {
    for (const database of untidy) {
      database.tidy(database === parts);
      untidy.delete(database);
    }
  }

  function tidyLater(): void {
    timer ??= setTimeout(() => {
      timer = null;
      try {
        tidy();
      } catch (error) {
        notice?.(`Files of the store could not be tidied yet: ${(error as Error).message}`);
        tidyLater();
      }
    }, tidyAfter).unref();
  }

  function changed(database: Database): void {
    untidy.add(database);
    tidyLater();
  }

  // What a killed process has left.
  tidyLater();

  return openStore({
    table(plan) {
      const database = plan.part === null ? main : parts;
      return openTable(plan, database, () => changed(database));
    },
    async countByInParts(name, of, tests, field) {
      await parts.written();
      const version = parts.version();
      if (counts.version !== version) counts = { version, known: new Map() };
      const asked = JSON.stringify([name, of, tests, field]);
      const tables = of.map((part) => tableName(name, part));
      const counted = counts.known.get(asked) ?? valueCountsInEach(parts, tables, tests, field);
      if (counts.known.size < mostCounts) counts.known.set(asked, counted);
      return counted;
    },
    async dropPart(part) {
      const tables = tablesOf(parts).filter((name) => name.endsWith(tableName('', part)));
      parts.inOneStep(() => tables.forEach((name) => parts.run(`DROP TABLE IF EXISTS "${name}"`)));
      counts = noCounts;
      changed(parts);
      tidy();
      return Promise.resolve();
    },
    parts: () => Promise.resolve([...new Set(tablesOf(parts).map((name) => name.split('/')[1] ?? ''))].sort()),
    tidy() {
      tidy();
      return Promise.resolve();
    },
    async read() {
      await main.read();
      await parts.read();
    },
    write() {
      for (const database of [main, parts]) database.run('PRAGMA user_version = 1');
      return Promise.resolve();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      try {
        tidy();
      } catch {
        // A full disk must not keep the program from ending; the next start tidies.
      }
      main.close();
      parts.close();
      return Promise.resolve();
    },
  });
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const old = (await readdir(path)).find((name) => name.endsWith('.table'));
  if (old === undefined) return;
  throw new Failure(
    'store-old-format',
    `The data folder ${path} holds files of an earlier version (${old}), which this one cannot read. Nothing has been ` +
      'changed. Take another folder (DATA_DIR), or move these files away.',
  );
}

function openOther(first: Database, path: string, durable?: boolean): Database {
  try {
    return openDatabase(path, durable);
  } catch (error) {
    first.close();
    throw error;
  }
}

function tablesOf(database: Database): string[] {
  return database.all(`SELECT name FROM sqlite_schema WHERE type = 'table'`).map(({ name }) => String(name));
}
