import { pipeline } from 'node:stream/promises';
import { parse as parser, type Options } from 'csv-parse';
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
 * cells at the end of every row, which spreadsheets leave, are cut off. A quote that does not stand at the ends of its
 * cell is a letter like others. A cell that is never closed is a problem; the rows before it are read.
 *
 * @param asked the delimiter, where the caller knows better than the first line
 */
export function csvRecords(text: string, asked?: Delimiter): CsvRecords {
  // One kind of line break keeps the line numbers true, also inside quoted cells.
  const { delimiter, rest } = beginningOf(text.replace(/\r\n?/g, '\n'), asked);
  const records: CsvRecord[] = [];
  const problems: Problem[] = [];
  let lastLine = 0;
  try {
    parse(
      rest,
      optionsFor(delimiter, (record, end) => {
        lastLine = end;
        records.push(record);
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const unclosed = error.code === 'CSV_QUOTE_NOT_CLOSED';
    problems.push({
      line: firstFilledLine(rest, lastLine + 1),
      code: unclosed ? 'quote-not-closed' : 'bad-csv',
      message: unclosed
        ? 'A quote opened in this row is never closed, so the rest of the file could not be read: close or remove it.'
        : `The file cannot be read as CSV from here on: ${error.message}`,
    });
  }
  return { delimiter, records: withoutEmptyColumns(records), problems };
}

/**
 * As `csvRecords`, of a text that comes in pieces and is never in memory whole: rows are handed over as they are read,
 * with their empty cells.
 *
 * @throws CsvError where `csvRecords` would find a problem
 */
export async function csvRecordsOf(
  pieces: AsyncIterable<string>,
  each: (record: CsvRecord) => void,
): Promise<Delimiter> {
  const source = withOneLineBreak(pieces);
  let start = '';
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    start += next.value;
    if (/\S[^\n]*\n/.test(start)) break;
  }
  const { delimiter, rest } = beginningOf(start);
  async function* all() {
    yield rest;
    yield* source;
  }
  await pipeline(all, parser(optionsFor(delimiter, each)));
  return delimiter;
}

async function* withOneLineBreak(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  let held = '';
  for await (const piece of pieces) {
    const text = held + piece;
    // Whether a line feed follows is seen with the next piece.
    held = text.endsWith('\r') ? '\r' : '';
    yield (held === '' ? text : text.slice(0, -1)).replace(/\r\n?/g, '\n');
  }
  if (held !== '') yield '\n';
}

/** Which delimiter a text has whose first filled line is there, and the text without a line that only names it. */
function beginningOf(text: string, asked?: Delimiter): { readonly delimiter: Delimiter; readonly rest: string } {
  const [hint = '', named] = /^\s*"?sep=([,;\t])"?[,;\t ]*(?=\n|$)/i.exec(text) ?? [];
  // The line with the delimiter stays as an empty one, so that all others keep their numbers.
  const rest = hint.replace(/[^\n]/g, '') + text.slice(hint.length);
  return { delimiter: (named as Delimiter | undefined) ?? asked ?? delimiterOf(rest), rest };
}

function optionsFor(delimiter: Delimiter, each: (record: CsvRecord, end: number) => void): Options {
  return {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (cells: string[], { lines: end }) => {
      const breaks = cells.reduce(
        (count, cell) => (cell.includes('\n') ? count + cell.split('\n').length - 1 : count),
        0,
      );
      if (cells.some((cell) => cell.trim() !== '')) each({ line: end - breaks, cells }, end);
      return null;
    },
  };
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

/** Number of cells up to the last one with something in it. */
export function filledLength(cells: readonly string[]): number {
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
