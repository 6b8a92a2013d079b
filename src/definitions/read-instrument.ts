import { ProblemsFound, type Problem } from '../shared/errors';
import { checkInstrument } from './check/check-instrument';
import { checkSchemaDocument, isSchemaDocument } from './check/schema-document';
import { hashOf } from './hash';
import type { Instrument } from './instrument';
import { readDefinition, readDefinitionNow, type ReadDefinition } from './read-definition';

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
  return findingsOf(await readDefinition(file));
}

/** `checkFile` for the start of the program, which waits for nothing else. */
export function checkFileNow(file: string): FileFindings {
  return findingsOf(readDefinitionNow(file));
}

function theInstrument(file: string, { checked, problems }: FileFindings): CheckedInstrument {
  if (problems.length > 0) throw new ProblemsFound(problems);
  if (checked !== null) return checked;
  const message = 'This is a JSON Schema, not an instrument: name an instrument file.';
  throw new ProblemsFound([{ file, pointer: '', code: 'not-an-instrument', message }]);
}

/** What a file that was read turned out to be, if it is to be an instrument. */
export function findingsOf({ value, problems: ofFile, place }: ReadDefinition): FileFindings {
  const isSchema = isSchemaDocument(value);
  const ofContent = value === undefined ? [] : isSchema ? checkSchemaDocument(value) : checkInstrument(value);
  const problems = [...ofFile, ...place(ofContent)];
  const checked = problems.length > 0 || isSchema ? null : { instrument: value as Instrument, hash: hashOf(value) };
  return { checked, problems };
}
