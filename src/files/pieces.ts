import { createHash } from 'node:crypto';
import { Failure } from '../shared/errors';
import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

interface Piece extends Stored {
  /** `FILE/NUMBER`, from 0. */
  readonly id: string;
  readonly file: string;
  /** Base64. */
  readonly bytes: string;
}

export const filePiecesSpec: CollectionSpec<Piece> = {
  name: 'file-pieces',
  schema: documentOf({ file: text, bytes: text }),
  indexes: [['file']],
};

/** Bytes of a piece: far below what a document of MongoDB may hold, and written in a moment. */
const pieceSize = 192 * 1024;

export type Content = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * The bytes of files, in the store itself and cut into pieces: every process of the installation reads them, on both
 * engines, and backups hold them with what refers to them. Which files there are is told by rows of whoever keeps them.
 */
export interface FilePieces {
  /** Bytes written, and their SHA-256 in hexadecimal. Where it fails, pieces are left for `remove`. */
  write(
    file: string,
    content: Content,
    signal?: AbortSignal,
  ): Promise<{ readonly size: number; readonly hash: string }>;
  /** Piece by piece. Throws `Failure('file-gone')` where it is removed meanwhile. */
  read(file: { readonly id: string; readonly size: number | null }): AsyncIterable<Buffer>;
  remove(file: string): Promise<void>;
}

export function createFilePieces(store: Store): FilePieces {
  const pieces = store.collection(filePiecesSpec);
  return {
    async write(file, content, signal) {
      const hash = createHash('sha256');
      let size = 0;
      let count = 0;
      for await (const piece of inPieces(content)) {
        signal?.throwIfAborted();
        hash.update(piece);
        size += piece.length;
        await pieces.insert({ id: `${file}/${count}`, file, bytes: piece.toString('base64') });
        count += 1;
      }
      return { size, hash: hash.digest('hex') };
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

    async remove(file) {
      await pieces.remove({ file });
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
