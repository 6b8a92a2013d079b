import { stringify } from 'csv-stringify/sync';
import { refuse, type Refusal } from '../../../shared/errors';
import { decodeUtf8 } from '../../../shared/utf8';
import { unpacksWithin } from './unpacked-size';

/** Most characters of a list: 2,000 people with long names and addresses. */
export const longestList = 200_000;
/** Most bytes of a file with a list. */
export const largestListFile = 1_000_000;
/** Bytes that the parts of a spreadsheet may have once they are unpacked. */
const largestUnpacked = 30_000_000;

export type ListTextRefusal = Refusal<
  'list-empty' | 'list-too-long' | 'list-file-unknown' | 'list-file-damaged' | 'list-file-old'
>;

/** A list as text, one person a line: what a person can look at and mend, whatever it was read from. */
export interface ListText {
  readonly text: string;
  /** What the file turned out to be, where people should look whether it was read right; null where there is no doubt. */
  readonly readAs: 'Windows-1250' | 'ISO 8859-2 (Latin-2)' | 'UTF-16' | 'XLSX' | null;
}

/** A file as text: CSV or plain text in the encodings of Polish offices, or the first sheet of an XLSX with an address. */
export async function listTextOf(file: Buffer): Promise<ListText | ListTextRefusal> {
  if (file.length === 0) return refuse('list-empty');
  if (startsWith(file, [0x50, 0x4b])) return spreadsheetText(file);
  // Excel until 2003, and its passwords.
  if (startsWith(file, [0xd0, 0xcf, 0x11, 0xe0])) return refuse('list-file-old');
  const read = decodeUtf8(file);
  if ('text' in read) return checked({ text: read.text, readAs: null });
  const { looksLike } = read;
  const encoding = { 'UTF-16 LE': 'utf-16le', 'UTF-16 BE': 'utf-16be', 'Windows-1250': 'windows-1250' }[looksLike];
  const text = new TextDecoder(encoding ?? 'iso-8859-2').decode(file);
  const readAs = looksLike.startsWith('UTF-16') ? 'UTF-16' : (looksLike as ListText['readAs']);
  return checked({ text, readAs });
}

/** The same limits for what somebody pasted. */
export function checkedListText(text: string): ListText | ListTextRefusal {
  return checked({ text, readAs: null });
}

function checked(list: ListText): ListText | ListTextRefusal {
  if (list.text.trim() === '') return refuse('list-empty');
  if (list.text.length > longestList) return refuse('list-too-long', { longest: longestList });
  // Of a picture or a program.
  return list.text.includes('\0') ? refuse('list-file-unknown') : list;
}

async function spreadsheetText(file: Buffer): Promise<ListText | ListTextRefusal> {
  if (!unpacksWithin(file, largestUnpacked)) return refuse('list-file-damaged');
  // Only here: it takes its time to load.
  const { default: readSheets } = await import('read-excel-file/node');
  let sheets: Awaited<ReturnType<typeof readSheets>>;
  try {
    sheets = await readSheets(file);
  } catch {
    return refuse('list-file-damaged');
  }
  const cellsOf = ({ data }: (typeof sheets)[number]): string[][] => data.map((row) => row.map(cellText));
  const tables = sheets.map(cellsOf);
  const [first = []] = [...tables.filter((rows) => rows.flat().some((cell) => cell.includes('@'))), ...tables];
  const filled = first.slice(0, first.findLastIndex((row) => row.some((cell) => cell.trim() !== '')) + 1);
  // Empty rows stay, so that line 12 of the text is row 12 of the sheet.
  const lines = filled.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')));
  return checked({ text: stringify(lines, { delimiter: ';' }), readAs: 'XLSX' });
}

/** Of a number, a date or a yes-or-no too: whatever is no address is told as it stands there. */
function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean'
    ? String(cell)
    : cell instanceof Date
      ? cell.toISOString()
      : '';
}

function startsWith(file: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => file[index] === byte);
}
