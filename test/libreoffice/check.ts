import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { codebook, editionCsv, editionSheets, editionXlsx } from '../../src/reports/files';
import { csvText } from '../../src/reports/csv/csv-text';
import { lijw, lijwPeople, reportDocument } from '../support/report';

/**
 * Opens the workbook and the CSV files of a generated report in LibreOffice and reads back what it took them for: numbers
 * as numbers, words with their letters, formulas as text. Needs LibreOffice, so it is no part of the tests. Run:
 *
 *     npx tsx test/libreoffice/check.ts [path of soffice]
 */
const soffice = process.argv[2] ?? 'soffice';

/** A cell as LibreOffice keeps it in its flat XML. */
interface OfficeCell {
  readonly type: string;
  readonly value: string;
  readonly text: string;
  readonly formula: boolean;
}

async function open(folder: string, file: string, filter: readonly string[] = []): Promise<OfficeCell[][][]> {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  await promisify(execFile)(
    soffice,
    [`-env:UserInstallation=${profile}`, '--headless', ...filter, '--convert-to', 'fods', '--outdir', folder, file],
    { timeout: 120_000 },
  );
  const xml = await readFile(file.replace(/\.\w+$/, '.fods'), 'utf8');
  return [...xml.matchAll(/<table:table [^>]*>([\s\S]*?)<\/table:table>/g)].map(([, table = '']) =>
    [...table.matchAll(/<table:table-row[^>]*>([\s\S]*?)<\/table:table-row>/g)].map(([, row = '']) =>
      [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(
        ([, attributes = '', body = '']) => {
          const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
          const cell = {
            type: attribute('office:value-type'),
            value: attribute('office:value'),
            text: wordsOf(body),
            formula: attributes.includes('table:formula'),
          };
          const repeated = Math.min(200, Number(attribute('table:number-columns-repeated') || 1));
          return Array.from({ length: repeated }, () => cell);
        },
      ),
    ),
  );
}

/** Blanks as one, as a reader sees them. */
function wordsOf(xml: string): string {
  const text = xml.replace(/<text:s\/>/g, ' ').replace(/<[^>]+>/g, '');
  return text
    .replace(/&(amp|lt|gt|quot|apos);/g, entity)
    .replace(/\s+/g, ' ')
    .trim();
}

function entity(_all: string, name: string): string {
  return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name] ?? '';
}

async function main(): Promise<void> {
  const groups = { officials: 14, councillors: 7, authorities: 3, 'municipal-units': 6, ngo: 22, informal: 4 };
  const document = reportDocument(lijw, [
    { respondents: lijwPeople(31, 2.6, groups), agreed: { 'P1.1': 2.5 } },
    { respondents: lijwPeople(32, 3.2, groups), agreed: { 'P1.1': 3.5 } },
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'lijw-office-'));
  const faults: string[] = [];
  let cells = 0;
  try {
    const workbook = join(folder, 'report.xlsx');
    await writeFile(workbook, await editionXlsx(document, 'pl'));
    const opened = await open(folder, workbook);
    for (const [at, { name, columns, rows }] of editionSheets(document, 'pl').entries()) {
      for (const [line, row] of [columns.map(({ text }) => text), ...rows].entries()) {
        for (const [place, value] of row.entries()) {
          if (value === null) continue;
          const found = opened[at]?.[line]?.[place];
          const text = typeof value === 'object' ? value.text : value;
          const right =
            typeof text === 'number'
              ? found?.type === 'float' && Number(found.value) === text
              : found?.type === 'string' && found.text.replace(/\s+/g, ' ').trim() === text.replace(/\s+/g, ' ').trim();
          cells += 1;
          if (!right || found?.formula)
            faults.push(`${name}, ${line + 1}/${place + 1}: ${text} was read as ${JSON.stringify(found)}`);
        }
      }
    }
    // Semicolon, quotation mark, UTF-8, from the first line, Polish, numbers and dates recognised: what Excel does in Poland.
    const polish = ['--infilter=CSV:59,34,76,1,,1045,false,true'];
    const csv = join(folder, 'figures.csv');
    await writeFile(csv, editionCsv(document, 'pl'));
    const [table = []] = await open(folder, csv, polish);
    const mean = table[0]?.findIndex(({ text }) => text.endsWith('średnia')) ?? -1;
    const figures = table
      .slice(1)
      .flatMap((row) => row[mean] ?? [])
      .filter(({ text }) => text !== '');
    if (figures.length < 100) faults.push(`figures.csv: ${figures.length} means were found`);
    for (const { type, text } of figures) if (type !== 'float') faults.push(`figures.csv: ${text} is no number`);
    cells += figures.length;
    const words = join(folder, 'words.csv');
    const tricky = ['=1+1', '+48 61', '@SUM(A1)', 'Zażółć gęślą jaźń'];
    await writeFile(words, csvText('pl', [['Słowa'], ...tricky.map((word) => [word])]));
    const [read = []] = await open(folder, words, polish);
    for (const [at, word] of tricky.entries()) {
      const found = read[at + 1]?.[0];
      cells += 1;
      if (found?.type !== 'string' || found.formula || !found.text.endsWith(word)) {
        faults.push(`words.csv: ${word} was read as ${JSON.stringify(found)}`);
      }
    }
    const codes = join(folder, 'codes.csv');
    await writeFile(codes, codebook(document, 'pl'));
    const [lines = []] = await open(folder, codes, polish);
    if (
      !lines.some((row) =>
        row.some(({ text }) => text === 'Współtworzenie strategii i programów realizacji polityk publicznych'),
      )
    ) {
      faults.push('codes.csv: the name of P1.3 was not found');
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  for (const fault of faults.slice(0, 20)) console.error(fault);
  console.log(`${cells} cells were read by LibreOffice, ${faults.length} not as they are meant.`);
  if (faults.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
