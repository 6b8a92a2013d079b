import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Problem } from '../shared/errors';
import { decodeUtf8 } from '../shared/utf8';
import { readJsonText } from './check/json-text';

/** A definition as it was found in its file. */
export interface ReadDefinition {
  /** What the JSON says; undefined where it cannot be read. */
  readonly value: unknown;
  /** What is wrong with the file or its JSON, each with the file. */
  readonly problems: readonly Problem[];
  /** Gives the content's problems their file and line. */
  readonly place: (ofContent: readonly Problem[]) => Problem[];
}

/** No definition is larger; anything that is was given by mistake. */
const largestFile = 5_000_000;

/** Reads a file as JSON in UTF-8; never throws for what the file is. */
export async function readDefinition(file: string): Promise<ReadDefinition> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return unreadable(file, error as NodeJS.ErrnoException);
  }
  return readBytes(file, bytes);
}

/** `readDefinition` for the start of the program, which waits for nothing else. */
export function readDefinitionNow(file: string): ReadDefinition {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return unreadable(file, error as NodeJS.ErrnoException);
  }
  return readBytes(file, bytes);
}

/** One problem with the file as a whole. */
function refusal(file: string, code: string, message: string): ReadDefinition {
  return { value: undefined, problems: [{ file, pointer: '', code, message }], place: () => [] };
}

function readBytes(file: string, bytes: Buffer): ReadDefinition {
  if (bytes.length > largestFile) return refusal(file, 'too-large', 'The file is larger than 5 MB: no definition is.');
  const reading = decodeUtf8(bytes);
  if (!('text' in reading)) {
    const { line, looksLike } = reading;
    const message = `The file is not in UTF-8 (line ${line}; it looks like ${looksLike}): save it in that encoding.`;
    const problem = { file, pointer: '', line, code: 'not-utf8', message };
    return { value: undefined, problems: [problem], place: () => [] };
  }
  const { value, problems, lineOf } = readJsonText(reading.text);
  const place = (list: readonly Problem[]): Problem[] =>
    list.map((problem) => ({ file, line: lineOf(problem.pointer ?? ''), ...problem }));
  return { value, problems: place(problems), place };
}

function unreadable(file: string, { code, message }: NodeJS.ErrnoException): ReadDefinition {
  if (code === 'ENOENT') {
    return refusal(file, 'no-such-file', `There is no file ${file}: correct the name or the folder.`);
  }
  if (code === 'EISDIR') return refusal(file, 'not-a-file', `${file} is a folder: name the files in it.`);
  return refusal(file, 'unreadable', `The file cannot be read (${message}): correct its permissions.`);
}
