import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../locales/translate';

export type CsvValue = string | number | null;

/** For spreadsheets set to Polish (or to English): byte order mark, separator, decimal sign, no formulas from names. */
export function csvText(language: Language, lines: readonly (readonly CsvValue[])[]): string {
  const polish = language === 'pl';
  const cell = (value: CsvValue) =>
    typeof value === 'number'
      ? { value: polish ? String(value).replace('.', ',') : String(value), number: true }
      : value;
  return stringify(
    lines.map((line) => line.map((value) => cell(value))),
    {
      bom: true,
      delimiter: polish ? ';' : ',',
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: {
        // A negative figure begins with a sign, but is no formula.
        object: (value) => ({ value: (value as { value: string }).value, escape_formulas: false }),
      },
    },
  );
}
