import { csvRecords } from '../shared/csv-records';
import type { Problem } from '../shared/errors';
import { decodeUtf8 } from '../shared/utf8';
import type { Place } from './place';
import { readTerc, tercColumns, type TercRow } from './terc';

/** The register of the whole country has some 300 kB. */
export const largestTercFile = 1_000_000;

export interface TercReading {
  /** By code; none where anything is wrong. */
  readonly places: readonly Place[];
  /** Everything that is wrong, each with its line. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a file of the official register: CSV in UTF-8, with or without a byte order mark, with the columns of
 * `tercColumns` in any order and others beside them. A file with any problem gives no places.
 */
export function readTercFile(bytes: Uint8Array): TercReading {
  const decoded = decodeUtf8(bytes);
  if ('line' in decoded) {
    const message = `The file is not UTF-8; from line ${decoded.line} on it looks like ${decoded.looksLike}. Save it as UTF-8.`;
    return refused({ code: 'terc-not-utf8', line: decoded.line, message });
  }
  const { records, problems } = csvRecords(decoded.text);
  if (problems.length > 0) return { places: [], problems };
  const [header, ...body] = records;
  if (header === undefined || body.length === 0) {
    return refused({ code: 'csv-empty', line: 1, message: 'The file has no rows.' });
  }
  const names = header.cells.map((cell) => cell.trim());
  const missing = tercColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const columns = missing.join(', ');
    return refused({
      ...{ code: 'column-missing', line: header.line, column: columns },
      message: `The file has no column ${columns}.`,
    });
  }
  const at = tercColumns.map((column) => [column, names.indexOf(column)] as const);
  // What a spreadsheet leaves out at the end of a row is empty.
  const rows = body.map(
    ({ cells }) => Object.fromEntries(at.map(([column, cell]) => [column, (cells[cell] ?? '').trim()])) as TercRow,
  );
  const read = readTerc(
    rows,
    body.map(({ line }) => line),
  );
  return read.problems.length > 0 ? { places: [], problems: read.problems } : read;
}

function refused(problem: Problem): TercReading {
  return { places: [], problems: [problem] };
}
