import type { Context } from '../context';
import { whyWords } from '../context';
import type { Why } from '../figure-rows';

/** One sheet of a workbook as plain data: a line of headings, and values as they are published. */
export interface Sheet {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetValue[])[];
}

export interface SheetColumn {
  readonly text: string;
  /** In characters. */
  readonly width: number;
  /** How its numbers are written; `text` where there are none. */
  readonly format: SheetFormat;
}

/** `points` have their sign; `percent` are whole percents, 21 for 21 %; a number says how many decimals. */
export type SheetFormat = 'text' | 'points' | 'percent' | 0 | 1 | 2 | 3 | 4;

/** null: an empty cell. A figure that is not there says why, and never looks like a zero. */
export type SheetValue = string | number | null | { readonly absent: 'hidden' | 'missing'; readonly text: string };

export const column = (text: string, width: number, format: SheetFormat = 'text'): SheetColumn => ({
  // „kod” is „Kod” in a heading; „n” and „p” are no words.
  ...{ text: plain(text).replace(/^\p{Ll}(?=\p{L})/u, (letter) => letter.toLocaleUpperCase('pl')), width, format },
});

/** A figure, or why there is none. */
export function valueOr(context: Context, value: number | null | undefined, why: Why | null): SheetValue {
  if (value != null) return value;
  return { absent: why === 'hidden' ? 'hidden' : 'missing', text: plain(whyWords(context, why)) };
}

/** Blanks that keep words together on a page only disturb a search in a spreadsheet. */
export function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
