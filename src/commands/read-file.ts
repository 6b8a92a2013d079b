import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readJsonText } from '../definitions/check/json-text';
import type { Problem } from '../shared/errors';
import { decodeUtf8 } from '../shared/utf8';

/** What was read, or why it could not be. */
export type ReadResult<Content> = { readonly content: Content } | { readonly problems: readonly Problem[] };

/** A UTF-8 text file, without its byte order mark. */
export async function readTextFile(file: string): Promise<ReadResult<string>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return { problems: [unreadable(file, error)] };
  }
  const reading = decodeUtf8(bytes);
  if ('text' in reading) return { content: reading.text };
  const { line, looksLike } = reading;
  const message =
    `${file} is not UTF-8 (line ${line}; it looks like ${looksLike}), so letters such as ł or ą would be lost: save it ` +
    `again in that encoding (Excel: "CSV UTF-8"; LibreOffice: character set "Unicode (UTF-8)").`;
  return { problems: [{ file, line, code: 'not-utf-8', message }] };
}

/** A UTF-8 text file piece by piece, without its byte order mark; throws where `readTextFile` would find a problem. */
export async function* piecesOf(file: string): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

/** A JSON file as read; `value` is undefined where it could not be. */
export interface JsonFile {
  readonly value: unknown;
  /** Not readable, not JSON, or a key that is there twice. */
  readonly problems: readonly Problem[];
  /** Puts the file and the line of its pointer to a problem of the content. */
  readonly locate: (problem: Problem) => Problem;
}

export async function readJsonFile(file: string): Promise<JsonFile> {
  const text = await readTextFile(file);
  if ('problems' in text) return { value: undefined, problems: text.problems, locate: (problem) => problem };
  const { value, problems, lineOf } = readJsonText(text.content);
  const locate = (problem: Problem) => ({ file, line: lineOf(problem.pointer ?? ''), ...problem });
  return { value, problems: problems.map(locate), locate };
}

function unreadable(file: string, error: unknown): Problem {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { file, code: 'no-such-file', message: `There is no file ${file}.` };
  }
  if (code === 'EISDIR') return { file, code: 'not-a-file', message: `${file} is a folder: name a file in it.` };
  if (code === 'EACCES' || code === 'EPERM') {
    return { file, code: 'not-readable', message: `${file} may not be read: change its permissions.` };
  }
  throw error;
}
