import { crc32 } from 'node:zlib';
import type { StoredRecord } from '../common/engine';

/**
 * A table's file: text lines, the first one naming the format. A record's line is the CRC-32 of its JSON in eight hex
 * digits, a blank and the JSON; a later line of the same id replaces an earlier one. A line `-` says that everything
 * before it had reached the disk when it was written: every batch of appended lines begins with one, and so ends what
 * is written whole. A line that cannot be read with no `-` after it is therefore what a crash has torn off, and was
 * never acknowledged; before a `-` it is damage, which must not pass in silence.
 */
const header = 'lijw-table 1';
const mark = '-';

export const headerLine = `${header}\n`;
export const markLine = `${mark}\n`;

export function recordLine(record: StoredRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

export interface TableFile {
  readonly records: Map<string, StoredRecord>;
  /** Lines of records, replaced ones included. */
  readonly lines: number;
  /** Bytes up to the end of the last good line; what follows has been torn off. */
  readonly goodBytes: number;
  /** Whether the last good line is a mark. */
  readonly marked: boolean;
  /** 1-based line number of the damage, if there is any. */
  readonly damage?: { readonly line: number; readonly reason: string };
}

/** Reads a file as far as it is good. `damage` is set only where lines are damaged that had been written safely. */
export function readTableFile(content: Buffer): TableFile {
  const records = new Map<string, StoredRecord>();
  let lines = 0;
  let marked = false;
  let start = 0;
  for (let line = 1; start < content.length; line += 1) {
    const end = content.indexOf('\n', start);
    const text = content.toString('utf8', start, end === -1 ? content.length : end);
    const found = end === -1 ? 'it does not end' : readLine(text, line === 1);
    if (typeof found === 'string') {
      // No record's line ends like a mark, so one is found even where the end of the line before it is damaged.
      const torn = line > 1 && content.indexOf(markLine, start) === -1;
      return { records, lines, goodBytes: start, marked, ...(torn ? {} : { damage: { line, reason: found } }) };
    }
    marked = found === null && line > 1;
    if (found) {
      records.set(found._id, found);
      lines += 1;
    }
    start = end + 1;
  }
  const empty = content.length === 0;
  return { records, lines, goodBytes: start, marked, ...(empty ? { damage: { line: 1, reason: 'it is empty' } } : {}) };
}

/** The record of a line, null for a line without one, or what is wrong with it. */
function readLine(text: string, first: boolean): StoredRecord | null | string {
  if (first) return text === header ? null : `it is not "${header}"`;
  if (text === mark) return null;
  const json = text.slice(9);
  if (text.slice(0, 9) !== `${checksum(json)} `) return 'its checksum does not fit its text';
  try {
    const record = JSON.parse(json) as Partial<StoredRecord>;
    return typeof record._id === 'string' && typeof record._v === 'number' ? (record as StoredRecord) : 'it has no id';
  } catch {
    return 'it is not JSON';
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
