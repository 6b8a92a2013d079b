import busboy from 'busboy';
import type { Request } from 'express';
import { BadRequest } from '../bad-request';
import { rawForm, type RawForm } from './raw';

/** What came with a form that may carry files. */
export interface Upload {
  readonly raw: RawForm;
  /** Those that were chosen, held in memory and nowhere else. */
  readonly files: readonly UploadedFile[];
  /** The content of the first of them; null where there is none, or it is empty or too large. */
  readonly file: Buffer | null;
  /** A file, or a text, is larger than allowed, or there are too many of them: the form is not complete. */
  readonly tooLarge: boolean;
}

export interface UploadedFile {
  /** Of the form. */
  readonly field: string;
  readonly name: string;
  /** Empty where it is too large. */
  readonly content: Buffer;
  readonly tooLarge: boolean;
}

export interface UploadLimits {
  /** Bytes of one file. */
  readonly file: number;
  /** Bytes of one text. */
  readonly text: number;
  /** 1 where left out. All together may be five times as large as one: they are in memory at once. */
  readonly files?: number;
}

/** A form may have this many fields beside its files. */
const mostFields = 1000;
const mostTogether = 5;

/** Reads a form of `multipart/form-data`; any other has been read before and carries no file. */
export async function readUpload(request: Request, limits: UploadLimits): Promise<Upload> {
  if (!request.is('multipart/form-data')) return { raw: rawForm(request.body), files: [], file: null, tooLarge: false };
  const fields = new Map<string, string[]>();
  const files: UploadedFile[] = [];
  const limitsPassed = new Set<string>();
  let left = mostTogether * limits.file;
  const reader = readerOf(request, limits);
  reader.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) limitsPassed.add('fieldSize');
    fields.set(name, [...(fields.get(name) ?? []), value]);
  });
  // Types do not say so, but a field whose file was not chosen has no name.
  reader.on('file', (field, stream, { filename }: { readonly filename?: string }) => {
    const pieces: Buffer[] = [];
    let tooLarge = false;
    const giveUp = (): void => {
      tooLarge = true;
      pieces.length = 0;
    };
    stream.on('data', (piece: Buffer) => {
      left -= piece.length;
      if (left < 0) giveUp();
      if (!tooLarge) pieces.push(piece);
    });
    stream.on('limit', giveUp);
    stream.on('close', () => {
      if (filename) files.push({ field, name: filename, content: Buffer.concat(pieces), tooLarge });
    });
  });
  for (const limit of ['filesLimit', 'fieldsLimit'] as const) reader.on(limit, () => limitsPassed.add(limit));
  await new Promise<void>((resolve, reject) => {
    reader.once('close', resolve);
    // What cannot be taken apart is the sender's doing.
    reader.once('error', () => reject(new BadRequest('The form could not be read.')));
    request.once('aborted', () => reject(new BadRequest('The form was cut off.')));
    request.pipe(reader);
  });
  return {
    raw: Object.fromEntries(fields),
    files,
    file: files.find(({ content }) => content.length > 0)?.content ?? null,
    tooLarge: limitsPassed.size > 0 || files.some((file) => file.tooLarge),
  };
}

function readerOf({ headers }: Request, { file, text, files = 1 }: UploadLimits): busboy.Busboy {
  try {
    return busboy({
      headers,
      // Browsers send the names of files in the form's own characters.
      defParamCharset: 'utf8',
      limits: { fileSize: file, fieldSize: text, files, fields: mostFields },
    });
  } catch (error) {
    throw new BadRequest('The form does not say where its parts begin.', { cause: error });
  }
}
