/** Tables of the report as plain data: what a page, a print and a test read. */
export interface Table {
  readonly caption: string;
  /** Headings over several columns, above `columns`; left out where there are none. */
  readonly spans?: readonly { readonly text: string; readonly columns: number }[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

export interface Column {
  readonly text: string;
  readonly numeric: boolean;
}

export interface Row {
  /** The row's heading, in the first column. */
  readonly heading: string;
  /** `total` stands out, `part` is set in under the row above. */
  readonly kind?: 'total' | 'part';
  /** One for each column but the first; none: the heading stands over all columns. */
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly text: string;
  /** The figure as rounded in `text`; null where the cell shows none. */
  readonly value: number | null;
  /** Right-aligned. */
  readonly numeric: boolean;
  /** `hidden`: hidden to protect anonymity, which must not look like `missing`. */
  readonly kind?: 'hidden' | 'missing';
}

export const textCell = (text: string): Cell => ({ text, value: null, numeric: false });
export const numberCell = (text: string, value: number): Cell => ({ text, value, numeric: true });
export const absentCell = (text: string, hidden: boolean): Cell => ({
  text,
  value: null,
  numeric: true,
  kind: hidden ? 'hidden' : 'missing',
});
