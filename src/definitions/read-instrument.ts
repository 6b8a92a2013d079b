import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ProblemsFound, type Problem } from '../shared/errors';
import { checkInstrument } from './check/check-instrument';
import { readJsonText } from './check/json-text';
import { checkSchemaDocument, isSchemaDocument } from './check/schema-document';
import { hashOf } from './hash';
import type { Instrument } from './instrument';

/** An instrument that passed every check, with the hash of its content. */
export interface CheckedInstrument {
  readonly instrument: Instrument;
  /** SHA-256 in hex of the canonical JSON. */
  readonly hash: string;
}

/** What a file turned out to be. */
export interface FileFindings {
  /** null where there are problems, and for a JSON Schema, which is no instrument. */
  readonly checked: CheckedInstrument | null;
  /** Each with the file, and a line where the file could be read. */
  readonly problems: readonly Problem[];
}

/** No instrument is larger; anything that is was given by mistake. */
const largestFile = 5_000_000;

/**
 * Reads and checks one instrument file.
 *
 * @throws ProblemsFound with everything that is wrong with it.
 */
export async function readInstrument(file: string): Promise<CheckedInstrument> {
  return theInstrument(file, await checkFile(file));
}

/** Reads a file and lists everything that is wrong with it; never throws for what the file is. */
export async function checkFile(file: string): Promise<FileFindings> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return unreadable(file, error as NodeJS.ErrnoException);
  }
  return checkBytes(file, bytes);
}

/** `checkFile` for the start of the program, which waits for nothing else. */
export function checkFileNow(file: string): FileFindings {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return unreadable(file, error as NodeJS.ErrnoException);
  }
  return checkBytes(file, bytes);
}

function theInstrument(file: string, { checked, problems }: FileFindings): CheckedInstrument {
  if (problems.length > 0) throw new ProblemsFound(problems);
  if (checked !== null) return checked;
  const message = 'This is a JSON Schema, not an instrument: name an instrument file.';
  throw new ProblemsFound([{ file, pointer: '', code: 'not-an-instrument', message }]);
}

/** One problem with the file as a whole. */
function refusal(file: string, code: string, message: string): FileFindings {
  return { checked: null, problems: [{ file, pointer: '', code, message }] };
}

function checkBytes(file: string, bytes: Buffer): FileFindings {
  if (bytes.length > largestFile) return refusal(file, 'too-large', 'The file is larger than 5 MB: no instrument is.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refusal(file, 'not-utf8', 'The file is not in UTF-8: save it in that encoding.');
  }
  return checkText(file, text);
}

function unreadable(file: string, { code, message }: NodeJS.ErrnoException): FileFindings {
  if (code === 'ENOENT') {
    return refusal(file, 'no-such-file', `There is no file ${file}: correct the name or the folder.`);
  }
  if (code === 'EISDIR') return refusal(file, 'not-a-file', `${file} is a folder: name the files in it.`);
  return refusal(file, 'unreadable', `The file cannot be read (${message}): correct its permissions.`);
}

function checkText(file: string, text: string): FileFindings {
  const { value, problems: ofText, lineOf } = readJsonText(text);
  const isSchema = isSchemaDocument(value);
  const ofContent =
    value === undefined
      ? []
      : isSchema
        ? checkSchemaDocument(value)
        : [...checkInstrument(value), ...checkFileName(file, value)];
  const problems = [...ofText, ...ofContent].map((problem) => ({
    file,
    line: lineOf(problem.pointer ?? ''),
    ...problem,
  }));
  const checked = problems.length > 0 || isSchema ? null : { instrument: value as Instrument, hash: hashOf(value) };
  return { checked, problems };
}

/** Two versions of an instrument lie side by side, so a file says in its name which it is. */
function checkFileName(file: string, value: unknown): readonly Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, version } = value as { id?: unknown; version?: unknown };
  if (typeof id !== 'string' || typeof version !== 'string') return [];
  const wanted = `${id}-${version}.json`;
  if (basename(file) === wanted) return [];
  const message = `The file of ${id} ${version} must be named ${wanted}: rename it, or correct "id" or "version".`;
  return [{ pointer: '', code: 'file-name', message }];
}
