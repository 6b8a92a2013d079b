import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node';
import type { Sheet, SheetColumn, SheetFormat, SheetValue } from './sheet';

/** As the reader's own language writes numbers: a workbook holds the number, not its words. */
const formats: Readonly<Record<Exclude<SheetFormat, 'text'>, string>> = {
  points: '+0.00;-0.00;0.00',
  percent: '0" %"',
  0: '0',
  1: '0.0',
  2: '0.00',
  3: '0.000',
  4: '0.0000',
};
const ink = '#1c2430';
const grey = '#5b6470';

/** A workbook, a sheet each; headings stay in sight. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeExcelFile(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      data: [
        columns.map(headingCell),
        ...rows.map((row) => row.map((value, at) => cellOf(value, columns[at]))),
      ] as SheetData,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
    })),
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBuffer();
}

function headingCell({ text, format }: SheetColumn): Cell {
  return {
    ...{ value: text, type: String, fontWeight: 'bold', textColor: ink, backgroundColor: '#f6f4ef', wrap: true },
    ...{ alignVertical: 'bottom', align: format === 'text' ? 'left' : 'right' },
    ...{ bottomBorderColor: ink, bottomBorderStyle: 'thin' },
  };
}

/** Texts are texts whatever they begin with: none becomes a formula. */
function cellOf(value: SheetValue, column: SheetColumn | undefined): Cell {
  const format = column?.format ?? 'text';
  if (value === null) return null;
  if (typeof value === 'number') {
    return format === 'text'
      ? { value, type: Number, align: 'left', alignVertical: 'top' }
      : { value, type: Number, format: formats[format], alignVertical: 'top' };
  }
  if (typeof value === 'string') {
    return { value, type: String, wrap: (column?.width ?? 0) >= 40, alignVertical: 'top', align: 'left' };
  }
  return {
    ...{ value: value.text, type: String, textColor: grey, alignVertical: 'top' },
    ...{ align: format === 'text' ? 'left' : 'right', ...(value.absent === 'hidden' ? { fontStyle: 'italic' } : {}) },
  };
}
