import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from './errors';

/** One row of a CSV file. */
export interface CsvRecord {
  /** 1-based line the row begins on; a quoted cell may hold further lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type Delimiter = ',' | ';' | '\t';

export interface CsvRecords {
  /** Of which kind the file is, told from its first line. */
  readonly delimiter: Delimiter;
  /** All rows, the header too; rows without any content are left out. */
  readonly records: readonly CsvRecord[];
  readonly problems: readonly Problem[];
}

/**
 * Splits CSV into rows and cells: parted by commas, semicolons or tabs, LF, CR or CRLF, quoted cells with delimiters,
 * doubled quotes and line breaks in them. A first line `sep=;`, as Excel writes and reads it, names the delimiter. Empty
 * cells at the end of every row, which spreadsheets leave, are cut off. A quote that does not stand at the ends of its cell is a letter like others. A cell that is never
 * closed is a problem; the rows before it are read.
 *
 * @param asked the delimiter, where the caller knows better than the first line
 */
export function csvRecords(text: string, asked?: Delimiter): CsvRecords {
  // One kind of line break keeps the line numbers true, also inside quoted cells.
  const all = text.replace(/\r\n?/g, '\n');
  const [hint = '', named] = /^\s*"?sep=([,;\t])"?[,;\t ]*(?=\n|$)/i.exec(all) ?? [];
  // The line with the delimiter stays as an empty one, so that all others keep their numbers.
  const lines = hint.replace(/[^\n]/g, '') + all.slice(hint.length);
  const delimiter = (named as Delimiter | undefined) ?? asked ?? delimiterOf(lines);
  const records: CsvRecord[] = [];
  const problems: Problem[] = [];
  let lastLine = 0;
  try {
    parse(lines, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines: end }) => {
        lastLine = end;
        const breaks = cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
        if (cells.some((cell) => cell.trim() !== '')) records.push({ line: end - breaks, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const unclosed = error.code === 'CSV_QUOTE_NOT_CLOSED';
    problems.push({
      line: firstFilledLine(lines, lastLine + 1),
      code: unclosed ? 'quote-not-closed' : 'bad-csv',
      message: unclosed
        ? 'A quote opened in this row is never closed, so the rest of the file could not be read: close or remove it.'
        : `The file cannot be read as CSV from here on: ${error.message}`,
    });
  }
  return { delimiter, records: withoutEmptyColumns(records), problems };
}

/** The delimiter that the first filled line has most of, outside quotes. */
function delimiterOf(text: string): Delimiter {
  const [header = ''] = text.trimStart().split('\n', 1);
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = ([',', ';', '\t'] as const).map((sign) => ({ sign, count: bare.split(sign).length - 1 }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

/** Without the last columns of the header and the last cells of rows, as far as there is nothing in any of them. */
function withoutEmptyColumns(records: readonly CsvRecord[]): readonly CsvRecord[] {
  const widest = records.reduce((most, { cells }) => Math.max(most, filledLength(cells)), 0);
  const width = Math.min(records[0]?.cells.length ?? 0, widest);
  return records.map(({ line, cells }) => ({ line, cells: cells.slice(0, Math.max(width, filledLength(cells))) }));
}

function filledLength(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

function firstFilledLine(text: string, from: number): number {
  const rest = text.split('\n').slice(from - 1);
  return (
    from +
    Math.max(
      0,
      rest.findIndex((line) => line !== ''),
    )
  );
}

/** A cell as quoted in a message. */
export function shortened(cell: string): string {
  return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);
}
