import { csvRecords, type Delimiter } from '../../../shared/csv-records';
import { searchable } from '../../../shared/plain-text';

/** One line of a list, its cells told apart. */
export interface ListRow {
  /** 1-based line of the text. */
  readonly line: number;
  /** What stands where addresses do: none, one, or several in one cell. */
  readonly addresses: readonly ListAddress[];
  /** What stands where groups do; '' where nothing does. */
  readonly group: string;
  /** All cells, for telling what was read. */
  readonly cells: readonly string[];
}

/** `"Kowalska, Anna" <a@example.org>`, its parts told apart but not checked. */
export interface ListAddress {
  readonly address: string;
  /** '' where there is none. It is never stored. */
  readonly name: string;
}

export interface ListRows {
  readonly rows: readonly ListRow[];
  /** Whether the first line was taken for names of columns. */
  readonly header: boolean;
  /** The line from which on the list cannot be read, since a quotation mark is not closed there; null: read whole. */
  readonly brokenFrom: number | null;
}

/** Words that name a column, as `searchable` writes them. */
const addressWords = /^(adres(y)?( |$)|adresat|e ?mail|mail|poczta|address(es)?$|kontakt$)/;
const groupWords = /^(grupa|grupy|kod grupy|rola|typ|kto$|group|role$)/;

/**
 * Finds lines and cells in a list. Cells may be parted by semicolons, commas or tabs, whichever most lines have;
 * columns are known by the words of a first line or by what stands in them, so any order does.
 *
 * @param isGroup whether a cell names a group
 */
export function listRows(text: string, isGroup: (cell: string) => boolean): ListRows {
  const { records, problems } = csvRecords(text, delimiterOf(text));
  const table = records.map(({ line, cells }) => ({ line, cells: cells.flatMap(cellsIn) }));
  const header = hasHeader(table, isGroup);
  const body = header ? table.slice(1) : table;
  const names = header ? (table[0]?.cells ?? []).map(columnWord) : [];
  const addressColumn = named(names, addressWords) ?? fullest(body, (cell) => cell.includes('@'));
  const groupColumn =
    named(names, groupWords) ?? fullest(body, (cell, column) => column !== addressColumn && isGroup(cell));
  return {
    header,
    brokenFrom: problems[0]?.line ?? null,
    rows: body.map(({ line, cells }) => {
      const found = cells.filter((cell) => cell.includes('@')).map(addressIn);
      const instead = addressColumn === null ? '' : visible(cells[addressColumn]);
      const others = cells.filter((cell, column) => !cell.includes('@') && column !== addressColumn && isGroup(cell));
      const inColumn = groupColumn === null ? '' : visible(cells[groupColumn]);
      return {
        line,
        cells: cells.map(visible),
        // Without an @ it is no address, and the fault says so of what stands in its place.
        addresses: found.length > 0 ? found : instead === '' ? [] : [{ address: instead, name: '' }],
        group: inColumn === '' || inColumn.includes('@') ? visible(others[0]) : inColumn,
      };
    }),
  };
}

function visible(cell = ''): string {
  return cell.replace(/\s+/g, ' ').trim();
}

/** The sign that most lines have outside quotation marks: one odd line must not decide for all. */
function delimiterOf(text: string): Delimiter {
  const lines = text.split(/\r\n?|\n/).map((line) => line.replace(/"[^"]*"/g, ''));
  const signs = [';', '\t', ','] as const;
  const counts = signs.map((sign) => ({ sign, count: lines.filter((line) => line.includes(sign)).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

/** A cell with an address may still hold what another sign parts: several addresses, or the group. */
function cellsIn(cell: string): string[] {
  if (!cell.includes('@')) return [cell];
  const parts = [...cell.matchAll(/(?:"[^"]*"|<[^>]*>|[^;,\t"<]|["<])+/g)].map(([part]) => part.trim());
  return parts.filter((part) => part !== '');
}

function addressIn(cell: string): ListAddress {
  const [, name, inside] = /^(.*)<([^<>]*)>\s*$/s.exec(cell) ?? [];
  if (inside === undefined) return { address: visible(cell).replace(/^mailto:/i, ''), name: '' };
  return { address: visible(inside).replace(/^mailto:/i, ''), name: visible(name?.replaceAll('"', ' ')) };
}

/** No address and no group in the first line, though there are addresses below it; or words that name columns. */
function hasHeader(
  [first, ...rest]: readonly { readonly cells: readonly string[] }[],
  isGroup: (cell: string) => boolean,
): boolean {
  if (first === undefined || first.cells.some((cell) => cell.includes('@'))) return false;
  const words = first.cells.map(columnWord);
  if (words.some((word) => addressWords.test(word) || groupWords.test(word))) return true;
  return rest.some(({ cells }) => cells.some((cell) => cell.includes('@'))) && !first.cells.some(isGroup);
}

function columnWord(cell: string): string {
  return searchable(cell)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function named(words: readonly string[], wanted: RegExp): number | null {
  const column = words.findIndex((word) => wanted.test(word));
  return column < 0 ? null : column;
}

/** The column in which most cells are of this kind. */
function fullest(
  rows: readonly { readonly cells: readonly string[] }[],
  isOne: (cell: string, column: number) => boolean,
): number | null {
  const counts = new Map<number, number>();
  for (const { cells } of rows) {
    cells.forEach((cell, column) => {
      if (isOne(cell, column)) counts.set(column, (counts.get(column) ?? 0) + 1);
    });
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most?.[0] ?? null;
}
