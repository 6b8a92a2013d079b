import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/clock';
import { Failure } from '../../shared/errors';
import { documentOf, nullable, shortText, text } from '../../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../../storage/port';

/**
 * Files that were made once and are given out often. They lie in the store itself, cut into pieces: every process of
 * the installation reads them, on both engines, and backups hold them with what refers to them.
 */
export interface KeptFile extends Stored {
  /** The try that made it (`Job.owner`). */
  readonly id: string;
  readonly job: string;
  /** `Job.group`: goes with it. */
  readonly group: string;
  /** Media type. */
  readonly type: string;
  readonly begunAt: string;
  /** Bytes; null while it is being written. */
  readonly size: number | null;
  /** SHA-256 of the bytes, in hexadecimal; null while it is being written. */
  readonly hash: string | null;
}

interface Piece extends Stored {
  /** `FILE/NUMBER`, from 0. */
  readonly id: string;
  readonly file: string;
  /** Base64. */
  readonly bytes: string;
}

export const keptFilesSpec: CollectionSpec<KeptFile> = {
  name: 'kept-files',
  schema: documentOf({
    job: text,
    group: shortText,
    type: shortText,
    begunAt: text,
    size: nullable({ type: 'integer', minimum: 0 }),
    hash: nullable(text),
  }),
  indexes: [['group'], ['begunAt']],
};

export const filePiecesSpec: CollectionSpec<Piece> = {
  name: 'file-pieces',
  schema: documentOf({ file: text, bytes: text }),
  indexes: [['file']],
};

/** Bytes of a piece: far below what a document of MongoDB may hold, and written in a moment. */
const pieceSize = 192 * 1024;
/** What is still being written after this long was left by a process that is gone: no try lasts so long. */
const orphanedAfter = 24 * 3_600_000;

export type Content = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export interface KeptFiles {
  /** Writes a file; a reader finds it once its job names it. Where the content or the store fails, nothing is left. */
  keep(file: Pick<KeptFile, 'id' | 'job' | 'group' | 'type'>, content: Content, signal?: AbortSignal): Promise<void>;
  /** null where there is none, or not whole. */
  get(id: string): Promise<KeptFile | null>;
  /** Piece by piece. Throws `Failure('file-gone')` where it is removed meanwhile. */
  read(file: KeptFile): AsyncIterable<Buffer>;
  remove(id: string): Promise<void>;
  removeOf(group: string): Promise<void>;
  /** Removes what no job names any more and what was never finished; how many. */
  sweep(isNamed: (file: KeptFile) => Promise<boolean>): Promise<number>;
}

export function createKeptFiles({ store, clock }: { readonly store: Store; readonly clock: Clock }): KeptFiles {
  const files = store.collection(keptFilesSpec);
  const pieces = store.collection(filePiecesSpec);

  async function write(id: string, content: Content, signal: AbortSignal | undefined) {
    const hash = createHash('sha256');
    let size = 0;
    let count = 0;
    for await (const piece of inPieces(content)) {
      signal?.throwIfAborted();
      hash.update(piece);
      size += piece.length;
      await pieces.insert({ id: `${id}/${count}`, file: id, bytes: piece.toString('base64') });
      count += 1;
    }
    return { size, hash: hash.digest('hex') };
  }

  /** The row of what is still being written stays, so that its last pieces are found: its writer or `sweep` ends it. */
  async function erase({ id, size }: KeptFile): Promise<void> {
    await pieces.remove({ file: id });
    if (size !== null) await files.remove({ id });
  }

  async function remove(id: string): Promise<void> {
    await pieces.remove({ file: id });
    await files.remove({ id });
  }

  return {
    async keep(file, content, signal) {
      await files.insert({ ...file, begunAt: clock().toISOString(), size: null, hash: null });
      try {
        const written = await write(file.id, content, signal);
        signal?.throwIfAborted();
        await files.update(file.id, (one) => ({ ...one, ...written }));
      } catch (error) {
        await remove(file.id).catch(() => undefined);
        throw error;
      }
    },

    async get(id) {
      const file = await files.get(id);
      return file?.hash == null ? null : file;
    },

    async *read({ id, size }) {
      for (let count = 0, given = 0; given < (size ?? 0); count += 1) {
        const piece = await pieces.get(`${id}/${count}`);
        if (piece === null) throw new Failure('file-gone', `Piece ${count} of the kept file ${id} is not there.`);
        const bytes = Buffer.from(piece.bytes, 'base64');
        given += bytes.length;
        yield bytes;
      }
    },

    remove,

    async removeOf(group) {
      for (const file of await files.find({ group })) await erase(file);
    },

    async sweep(isNamed) {
      const before = new Date(clock().getTime() - orphanedAfter).toISOString();
      let removed = 0;
      for (const file of await files.find({ begunAt: { $lt: before } })) {
        if (await isNamed(file)) continue;
        await remove(file.id);
        removed += 1;
      }
      return removed;
    },
  };
}

async function* inPieces(content: Content): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of content) {
    waiting.push(bytes);
    length += bytes.length;
    if (length < pieceSize) continue;
    const whole = Buffer.concat(waiting);
    const end = length - (length % pieceSize);
    for (let at = 0; at < end; at += pieceSize) yield whole.subarray(at, at + pieceSize);
    waiting = [whole.subarray(end)];
    length -= end;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
