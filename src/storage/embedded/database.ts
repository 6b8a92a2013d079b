import { open as openFile } from 'node:fs/promises';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { Failure } from '../../shared/errors';

type Value = string | number;

/**
 * One SQLite file. Requests run at once and are durable when they return; what fails is a
 * `Failure('store-…')`. After a failure SQLite has taken the request back and the connection goes on.
 */
export interface Database {
  readonly path: string;
  all(sql: string, ...values: Value[]): Record<string, unknown>[];
  /** Returns how many rows it has changed. */
  run(sql: string, ...values: Value[]): number;
  /**
   * Makes a change, together with all others that are asked for at the same moment: they share one transaction, and so
   * one wait for the disk. A change that fails takes back itself alone. Durable once it resolves.
   */
  write<Result>(change: () => Result): Promise<Result>;
  /** Resolves once the changes asked for so far are made: who reads after them sees them. */
  written(): Promise<void>;
  /** Another text after every change of rows, by whatever process; a table that is dropped changes nothing in it. */
  version(): string;
  /** Runs the work in one transaction, which other processes wait for. */
  inOneStep(work: () => void): void;
  /** Takes what was removed or replaced out of the files; `rebuild` writes the whole file anew, in the order of ids. */
  tidy(rebuild: boolean): void;
  /** Reads from the file itself. */
  read(): Promise<void>;
  close(): void;
}

interface Waiting {
  readonly change: () => unknown;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/** A unique index stands in the way; the message is its name. */
export class IndexBroken extends Error {}
/** The table that was asked is not there. */
export class TableMissing extends Error {}

/** How long a request waits for one of another process, in milliseconds: this process stands still meanwhile. */
const longestWait = 5_000;
/** Statements kept ready. There are a few for each collection and each way of asking. */
const mostStatements = 500;
const format = 1;

/** After these the log is cut off: it takes as much room as the file. */
const roomNeeded: ReadonlySet<string> = new Set(['store-full', 'store-failed']);

/** SQLite's primary result codes. */
const codes = { busy: 5, locked: 6, corrupt: 11, full: 13, constraint: 19, noDatabase: 26 };

/** @param durable whether an acknowledged write waits for the disk, and so outlives a power cut */
export function openDatabase(path: string, durable = true): Database {
  const connection = connect(path, durable);
  const statements = new Map<string, StatementSyncInstance>();
  let waiting: Waiting[] = [];

  function attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const failure = failureOf(error, path);
      if (failure instanceof Failure && roomNeeded.has(failure.code)) makeRoom();
      throw failure;
    }
  }

  /** Brings the log into the file and cuts it off; what could not be done now is tried again with the next tidying. */
  function makeRoom(): void {
    try {
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The disk is as it was; the failure of the request tells of it.
    }
  }

  function statement(sql: string): StatementSyncInstance {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= mostStatements) statements.clear();
    const prepared = connection.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  }

  /** All changes that wait, in one transaction: SQLite takes back the statement that fails and goes on with the rest. */
  function writeWaiting(): void {
    const changes = waiting;
    waiting = [];
    try {
      const ends: (() => void)[] = [];
      database.inOneStep(() => {
        for (const { change, done, failed } of changes) {
          try {
            const result = change();
            ends.push(() => done(result));
          } catch (error) {
            // Some failures end the transaction: then nothing of it is done.
            if (!connection.isTransaction) throw error;
            ends.push(() => failed(error));
          }
        }
      });
      for (const end of ends) end();
    } catch (error) {
      for (const { failed } of changes) failed(error);
    }
  }

  const database: Database = {
    path,
    all: (sql, ...values) => attempt(() => statement(sql).all(...values) as Record<string, unknown>[]),
    run: (sql, ...values) => attempt(() => statement(sql).run(...values).changes),
    write: (change) =>
      new Promise((done, failed) => {
        waiting.push({ change, done: done as (result: unknown) => void, failed });
        if (waiting.length === 1) setImmediate(writeWaiting);
      }),
    written: () => (waiting.length === 0 ? Promise.resolve() : new Promise((done) => setImmediate(done))),
    version() {
      const asked = ['PRAGMA data_version', 'SELECT total_changes()'].flatMap((sql) => database.all(sql));
      return asked.map((row) => Object.values(row).join()).join();
    },
    inOneStep(work) {
      attempt(() => {
        connection.exec('BEGIN IMMEDIATE');
        try {
          work();
          connection.exec('COMMIT');
        } catch (error) {
          if (connection.isTransaction) connection.exec('ROLLBACK');
          throw error;
        }
      });
    },
    tidy(rebuild) {
      if (waiting.length > 0) writeWaiting();
      if (rebuild) attempt(() => connection.exec('VACUUM'));
      const [done] = database.all('PRAGMA wal_checkpoint(TRUNCATE)');
      if (done?.busy !== 0) throw new Failure('store-busy', `Another process reads ${path}.`);
    },
    async read() {
      database.all('SELECT count(*) FROM sqlite_schema');
      try {
        const file = await openFile(path);
        await file.read(Buffer.alloc(100), 0, 100, 0).finally(() => file.close());
      } catch (cause) {
        throw new Failure('store-failed', `The data file ${path} cannot be read.`, { cause });
      }
    },
    close() {
      if (waiting.length > 0) writeWaiting();
      connection.close();
    },
  };
  checkAtStart(database);
  return database;
}

function connect(path: string, durable: boolean): DatabaseSyncInstance {
  try {
    const connection = new DatabaseSync(path, { timeout: longestWait });
    // An acknowledged write is on the disk (FULL); removed data is overwritten; nothing goes to temporary files.
    const synchronous = `synchronous=${durable ? 'FULL' : 'OFF'}`;
    for (const setting of ['journal_mode=WAL', synchronous, 'secure_delete=ON', 'temp_store=MEMORY']) {
      connection.exec(`PRAGMA ${setting}`);
    }
    return connection;
  } catch (error) {
    throw failureOf(error, path);
  }
}

/** Damage is found now and not by the first request that meets it. */
function checkAtStart(database: Database): void {
  const [check] = database.all('PRAGMA quick_check(1)');
  if (check?.quick_check !== 'ok') throw damaged(database.path);
  const [version] = database.all('PRAGMA user_version');
  if (Number(version?.user_version) > format) {
    const message = `The data file ${database.path} was written by a newer version of the program. Start that one.`;
    throw new Failure('store-too-new', message);
  }
  if (version?.user_version === 0) database.run(`PRAGMA user_version = ${format}`);
}

function damaged(path: string, cause?: unknown): Failure {
  return new Failure(
    'store-corrupt',
    `The data file ${path} is damaged. Nothing has been changed. Restore it from a backup, or ask for help with it ` +
      'before anything is deleted.',
    { cause },
  );
}

function failureOf(cause: unknown, path: string): Error {
  const { code: kind, errcode = 0, message = '' } = cause as { code?: string; errcode?: number; message?: string };
  // What fails while rows are read comes without SQLite's own code.
  if (kind !== 'ERR_SQLITE_ERROR' && errcode === 0) return cause as Error;
  if (message.startsWith('no such table')) return new TableMissing(message);
  const code = errcode & 0xff;
  if (code === codes.constraint) return new IndexBroken(/index '(.+)'$/.exec(message)?.[1] ?? 'id');
  if (code === codes.busy || code === codes.locked) {
    return new Failure('store-busy', `Another process has kept ${path} for too long.`, { cause });
  }
  if (code === codes.full) return new Failure('store-full', `There is no room left for ${path}.`, { cause });
  if (code === codes.corrupt || code === codes.noDatabase) return damaged(path, cause);
  return new Failure('store-failed', `The data file ${path} cannot be read or written.`, { cause });
}
