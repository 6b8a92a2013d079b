import { createFilePieces, type Content } from '../../files/pieces';
import type { Clock } from '../../shared/clock';
import { documentOf, nullable, shortText, text } from '../../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../../storage/port';

/** Files that were made once and are given out often (`files/pieces.ts` holds their bytes). */
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

/** What is still being written after this long was left by a process that is gone: no try lasts so long. */
const orphanedAfter = 24 * 3_600_000;

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
  const pieces = createFilePieces(store);

  /** The row of what is still being written stays, so that its last pieces are found: its writer or `sweep` ends it. */
  async function erase({ id, size }: KeptFile): Promise<void> {
    await pieces.remove(id);
    if (size !== null) await files.remove({ id });
  }

  async function remove(id: string): Promise<void> {
    await pieces.remove(id);
    await files.remove({ id });
  }

  return {
    async keep(file, content, signal) {
      await files.insert({ ...file, begunAt: clock().toISOString(), size: null, hash: null });
      try {
        const written = await pieces.write(file.id, content, signal);
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

    read: (file) => pieces.read(file),

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
