import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock';
import { refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { documentOf, shortText, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { mediaTypeOf } from './file-kinds';
import { cleanFileName } from './file-name';
import { createFilePieces } from './pieces';

/** 5 MB: a resolution or a scanned page, not a photo album. */
export const largestFile = 5_000_000;
/** Files that one thing may have. */
export const mostFiles = 10;

/** A file that staff attached to something, such as a fact or a programme. */
export interface AttachedFile extends Stored {
  /** What it belongs to, such as `fact/ROUND/CODE`: whoever may see that may see the file. */
  readonly owner: string;
  /** 1 to `mostFiles`; no two files of one owner have the same, so that two people cannot pass the limit. */
  readonly slot: number;
  /** `cleanFileName` of the name it came with. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly hash: string;
  /** User name of who attached it. */
  readonly addedBy: string;
  /** ISO 8601 in UTC. */
  readonly addedAt: string;
  /** false while it is being written or removed: nobody is shown it. */
  readonly whole: boolean;
}

export const attachedFilesSpec: CollectionSpec<AttachedFile> = {
  name: 'attached-files',
  schema: documentOf({
    owner: shortText,
    slot: { type: 'integer', minimum: 1, maximum: mostFiles },
    name: shortText,
    type: shortText,
    size: { type: 'integer', minimum: 1 },
    hash: text,
    addedBy: shortText,
    addedAt: text,
    whole: { type: 'boolean' },
  }),
  unique: { 'one-file-a-slot': ['owner', 'slot'] },
  indexes: [['addedAt']],
};

/** What is not whole after this long was left by a process that is gone. */
const orphanedAfter = 24 * 3_600_000;

export type FileRefusal = Refusal<'file-empty' | 'file-too-large' | 'file-type' | 'file-too-many'>;

export interface NewFile {
  readonly name: string;
  readonly content: Buffer;
}

export interface AttachedFiles {
  /** Attaches a file; one that the owner has already, byte by byte and by name, stays as it is. */
  attach(owner: string, file: NewFile, by: string): Promise<AttachedFile | FileRefusal>;
  /** In the order in which they were attached. */
  ofOwner(owner: string): Promise<AttachedFile[]>;
  /** Those of all these owners, by owner. */
  ofOwners(owners: readonly string[]): Promise<ReadonlyMap<string, readonly AttachedFile[]>>;
  /** null where this owner has no such file. */
  get(owner: string, id: string): Promise<AttachedFile | null>;
  /** Piece by piece. */
  read(file: AttachedFile): AsyncIterable<Buffer>;
  /** Removes it, if it is this owner's. */
  remove(owner: string, id: string): Promise<void>;
  /** Removes what was never finished. */
  tidy(): Promise<void>;
}

export function createAttachedFiles(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}): AttachedFiles {
  const files = deps.store.collection(attachedFilesSpec);
  const pieces = createFilePieces(deps.store);

  async function ofOwners(owners: readonly string[]): Promise<Map<string, AttachedFile[]>> {
    const found = owners.length === 0 ? [] : await files.find({ owner: { $in: owners }, whole: true });
    found.sort((one, other) => (one.addedAt < other.addedAt ? -1 : one.addedAt > other.addedAt ? 1 : one.slot - other.slot)); // prettier-ignore
    return new Map(owners.map((owner) => [owner, found.filter((file) => file.owner === owner)]));
  }

  /** A row in the first slot that is free; null where there is none. */
  async function place(file: Omit<AttachedFile, 'slot'>): Promise<AttachedFile | null> {
    for (let slot = 1; slot <= mostFiles; slot += 1) {
      const placed = { ...file, slot };
      if ((await files.insert(placed)).inserted) return placed;
    }
    return null;
  }

  async function erase(id: string): Promise<void> {
    await pieces.remove(id);
    await files.remove({ id });
  }

  return {
    async attach(owner, { name: given, content }, by) {
      const name = cleanFileName(given);
      if (content.length === 0) return refuse('file-empty', { name });
      if (content.length > largestFile) return refuse('file-too-large', { name, megabytes: largestFile / 1_000_000 });
      const type = mediaTypeOf(name, content);
      if (type === null) return refuse('file-type', { name });
      const hash = createHash('sha256').update(content).digest('hex');
      const same = (await files.find({ owner, whole: true })).find((one) => one.hash === hash && one.name === name);
      if (same !== undefined) return same;
      const placed = await place({
        ...{ id: deps.ids.uuid(), owner, name, type, size: content.length, hash },
        ...{ addedBy: by, addedAt: deps.clock().toISOString(), whole: false },
      });
      if (placed === null) return refuse('file-too-many', { name, most: mostFiles });
      try {
        await pieces.write(placed.id, [content]);
        return (await files.update(placed.id, (one) => ({ ...one, whole: true }))) ?? placed;
      } catch (error) {
        await erase(placed.id).catch(() => undefined);
        throw error;
      }
    },

    ofOwner: async (owner) => (await ofOwners([owner])).get(owner) ?? [],
    ofOwners,

    async get(owner, id) {
      const file = await files.get(id);
      return file !== null && file.whole && file.owner === owner ? file : null;
    },

    read: (file) => pieces.read(file),

    async remove(owner, id) {
      // From here on nobody is shown it; `tidy` ends what is cut off after this.
      const hidden = await files.update(id, (one) => (one.owner === owner ? { ...one, whole: false } : null));
      if (hidden !== null) await erase(id);
    },

    async tidy() {
      const before = new Date(deps.clock().getTime() - orphanedAfter).toISOString();
      for (const { id } of await files.find({ whole: false, addedAt: { $lt: before } })) await erase(id);
    },
  };
}
