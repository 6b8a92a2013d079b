import busboy from 'busboy';
import type { Request } from 'express';
import { BadRequest } from '../bad-request';
import { rawForm, type RawForm } from './raw';

/** What came with a form that may carry a file. */
export interface Upload {
  readonly raw: RawForm;
  /** The file, held in memory and nowhere else; null where none was chosen. */
  readonly file: Buffer | null;
  /** The file, or a text, is larger than allowed: neither is complete. */
  readonly tooLarge: boolean;
}

/** A form may have this many fields beside its file. */
const mostFields = 500;

/** Reads a form of `multipart/form-data`; any other has been read before and carries no file. */
export async function readUpload(
  request: Request,
  limits: { readonly file: number; readonly text: number },
): Promise<Upload> {
  if (!request.is('multipart/form-data')) return { raw: rawForm(request.body), file: null, tooLarge: false };
  const fields = new Map<string, string[]>();
  const pieces: Buffer[] = [];
  let tooLarge = false;
  const reader = readerOf(request, limits);
  reader.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) tooLarge = true;
    fields.set(name, [...(fields.get(name) ?? []), value]);
  });
  reader.on('file', (_name, stream) => {
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('limit', () => {
      tooLarge = true;
      pieces.length = 0;
    });
  });
  await new Promise<void>((resolve, reject) => {
    reader.once('close', resolve);
    // What cannot be taken apart is the sender's doing.
    reader.once('error', () => reject(new BadRequest('The form could not be read.')));
    request.once('aborted', () => reject(new BadRequest('The form was cut off.')));
    request.pipe(reader);
  });
  const file = Buffer.concat(pieces);
  return { raw: Object.fromEntries(fields), file: file.length === 0 ? null : file, tooLarge };
}

function readerOf({ headers }: Request, limits: { readonly file: number; readonly text: number }): busboy.Busboy {
  try {
    return busboy({
      headers,
      limits: { fileSize: limits.file, fieldSize: limits.text, files: 1, fields: mostFields },
    });
  } catch (error) {
    throw new BadRequest('The form does not say where its parts begin.', { cause: error });
  }
}
