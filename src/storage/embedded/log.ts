import { open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../../shared/errors';
import type { StoredRecord } from '../common/engine';
import { syncFolder } from './files';
import { headerLine, markLine, recordLine } from './log-format';

/**
 * The file of one table, written in batches: whatever is asked for while one batch is on its way to the disk makes up
 * the next, and shares its fsync. Memory is changed first, by the caller; where the disk refuses, the batch and all
 * that was built on it are undone in reverse order and their promises rejected, and the file is cut back to what was
 * safe.
 */
export interface Log {
  /** Resolves once the record is on the disk. */
  append(record: StoredRecord, undo: () => void): Promise<void>;
  /** Resolves once the file has been replaced by one that holds nothing but the table's present records. */
  rewrite(undo: () => void): Promise<void>;
  /** Resolves once everything asked for so far is on the disk. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  /** Null asks for a rewrite. */
  readonly record: StoredRecord | null;
  readonly undo: () => void;
  readonly resolve: () => void;
  readonly reject: (failure: unknown) => void;
}

/** What the file holds when it is opened; null where there is no file yet. */
export interface LogStart {
  readonly bytes: number;
  /** Lines of records, replaced ones included. */
  readonly lines: number;
}

/** A file is rewritten when it holds this many replaced lines more than records. */
const spareLines = 1000;

export function openLog(
  path: string,
  start: LogStart | null,
  records: ReadonlyMap<string, StoredRecord>,
  assertHeld: () => Promise<void>,
): Log {
  let handle: FileHandle | null = null;
  // A file that is opened ends in a mark.
  let file = start && { ...start, marked: true };
  let queue: Entry[] = [];
  let inFlight: Entry[] = [];
  let running: Promise<void> | null = null;
  let latest: Promise<void> = Promise.resolve();
  let broken: Failure | null = null;

  function enqueue(record: StoredRecord | null, undo: () => void): Promise<void> {
    if (broken) {
      undo();
      return Promise.reject(broken);
    }
    latest = new Promise((resolve, reject) => queue.push({ record, undo, resolve, reject }));
    running ??= run();
    return latest;
  }

  async function run(): Promise<void> {
    // Requests of the same turn of the event loop go together.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      try {
        await assertHeld();
        inFlight = queue;
        queue = [];
        const appended = inFlight.flatMap(({ record }) => record ?? []);
        const lines = (file?.lines ?? 0) + appended.length;
        const whole = file === null || appended.length < inFlight.length || lines > 2 * records.size + spareLines;
        if (whole) await writeWhole([...records.values()]);
        else await writeBatch(appended);
        for (const entry of inFlight) entry.resolve();
      } catch (cause) {
        await giveUp(cause);
      }
      inFlight = [];
    }
    running = null;
  }

  async function writeBatch(appended: readonly StoredRecord[]): Promise<void> {
    if (file === null) return;
    handle ??= await open(path, 'a', 0o600);
    const batch = Buffer.from([markLine, ...appended.map(recordLine)].join(''));
    await handle.appendFile(batch);
    await handle.sync();
    file = { bytes: file.bytes + batch.length, lines: file.lines + appended.length, marked: false };
  }

  /** Writes all records to a new file beside the old one and puts it in its place. */
  async function writeWhole(all: readonly StoredRecord[]): Promise<void> {
    const temporary = `${path}.new`;
    const next = await open(temporary, 'w', 0o600);
    let bytes = 0;
    try {
      for (const chunk of chunksOf(all)) {
        bytes += chunk.length;
        await next.appendFile(chunk);
      }
      await next.sync();
    } catch (error) {
      await next.close();
      await rm(temporary, { force: true });
      throw error;
    }
    await next.close();
    await rename(temporary, path);
    const old = handle;
    handle = null;
    file = { bytes, lines: all.length, marked: true };
    try {
      await old?.close();
      await syncFolder(dirname(path));
    } catch (cause) {
      broken = failureOf(cause);
      throw cause;
    }
  }

  async function giveUp(cause: unknown): Promise<void> {
    const failure = failureOf(cause);
    if (failure.code === 'store-taken-over') broken = failure;
    // What was asked for during this batch was built on it.
    const undone = [...inFlight, ...queue];
    inFlight = [];
    queue = [];
    for (const { undo } of undone.toReversed()) undo();
    try {
      if (!broken && handle && file) {
        await handle.truncate(file.bytes);
        await handle.sync();
      }
    } catch (error) {
      broken = failureOf(error);
    }
    // While the file was cut back more may have been asked for, but nothing that rests on what was undone.
    for (const { reject } of undone) reject(failure);
    if (broken) {
      const late = queue;
      queue = [];
      for (const { undo } of late.toReversed()) undo();
      for (const { reject } of late) reject(broken);
    }
  }

  function failureOf(cause: unknown): Failure {
    if (cause instanceof Failure) return cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new Failure('store-write-failed', `The data file ${path} could not be written: ${reason}`, { cause });
  }

  return {
    append: (record, undo) => enqueue(record, undo),
    rewrite: (undo) => enqueue(null, undo),
    settled() {
      if (queue.length + inFlight.length > 0) return latest;
      return broken ? Promise.reject(broken) : Promise.resolve();
    },
    async close() {
      await running;
      broken ??= new Failure('store-closed', 'The store has been closed.');
      await handle?.close();
      handle = null;
      // Whatever is found damaged from here on is no crash's doing.
      if (file && !file.marked && broken.code === 'store-closed') {
        await writeFile(path, markLine, { flag: 'a', flush: true });
      }
    },
  };
}

/** The whole file in pieces of about a megabyte, so that a large table does not hold up the event loop. */
function* chunksOf(records: readonly StoredRecord[]): Generator<Buffer> {
  let chunk = headerLine;
  for (const record of records) {
    chunk += recordLine(record);
    if (chunk.length > 1 << 20) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  yield Buffer.from(chunk + markLine);
}
