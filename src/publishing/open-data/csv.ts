import { stringify } from 'csv-stringify/sync';
import type { Column } from './tables';

export type Row = Readonly<Record<string, string | number | null>>;

/** RFC 4180 for programs: UTF-8, comma, decimal point, names in the first line, nothing where there is nothing. */
export function csvOf(columns: readonly Column[], rows: readonly Row[]): string {
  const cell = (value: string | number | null | undefined) =>
    // A negative figure begins with a sign, but is no formula.
    typeof value === 'number' ? { value: String(value) } : (value ?? null);
  return stringify(
    [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ name }) => cell(row[name])))],
    {
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: { object: (value) => ({ value: (value as { value: string }).value, escape_formulas: false }) },
    },
  );
}
