import { parse } from 'csv-parse/sync';
import { readSheet, default as readExcelFile } from 'read-excel-file/node';
import { codebook, editionSheets, editionXlsx } from '../../src/reports/files';
import { buildReport } from '../../src/reports/model';
import { reportInput } from '../../src/reports/report-input';
import { lijw, lijwPeople, reportDocument } from '../support/report';
import { people, ratings, round, twelveAreas } from '../support/scoring';

const groups = {
  'benefit-council': 3,
  officials: 14,
  councillors: 7,
  authorities: 3,
  'municipal-units': 6,
  ngo: 22,
  informal: 4,
};
const document = reportDocument(lijw, [
  { respondents: lijwPeople(31, 2.6, groups), groupSizes: { officials: 18 }, agreed: { 'P1.1': 2.5, 'P1.2': 3 } },
  { respondents: lijwPeople(32, 3.2, groups), groupSizes: { officials: 18 }, agreed: { 'P1.1': 3.5, 'P1.2': 3 } },
]);
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

type Line = Readonly<Record<string, unknown>>;
async function linesOf(workbook: Buffer, sheet: string): Promise<Line[]> {
  const [head = [], ...rows] = await readSheet(workbook, sheet);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [String(name), row[at]])));
}

describe('the workbook', () => {
  const made = editionXlsx(document, 'pl');

  it('has a sheet for each question a person asks', async () => {
    const sheets = await readExcelFile(await made);
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      ...['Podsumowanie', 'Kto wziął udział', 'Oceny', 'Zmiany', 'Różnice', 'Pytania', 'Inne pytania'],
      ...['Oceny uzgodnione', 'Metoda', 'Kody'],
    ]);
  });

  it('gives numbers as numbers, the same as the page writes', async () => {
    const lines = await linesOf(await made, 'Oceny');
    const model = buildReport(reportInput(document), 'pl');
    const tables = model.sections.find(({ id }) => id === 'annex-figures')!.parts.map(({ table }) => table!);
    let compared = 0;
    for (const { caption, rows } of tables) {
      for (const { heading, cells } of rows) {
        const [code = ''] = caption === 'Indeks' ? ['index'] : caption.split('. ');
        const line = lines.find((one) => one['Kod'] === code && one['Oceniający'] === plain(heading));
        for (const [at, name] of ['Początkowa (2024)', 'Powtórna (2025)'].entries()) {
          const [mean, n, sd] = cells.slice(4 * at);
          expect([code, heading, line?.[`${name}: średnia`]]).toEqual([
            code,
            heading,
            mean!.value ?? plain(mean!.text),
          ]);
          if (n!.value !== null && n!.value > 0) expect(line?.[`${name}: n`]).toBe(n!.value);
          if (sd!.value !== null) expect(line?.[`${name}: odchylenie standardowe`]).toBe(sd!.value);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  it('tells what is hidden from what nobody answered, in words', async () => {
    const lines = await linesOf(await made, 'Oceny');
    const values = new Set(
      lines.map((line) => line['Początkowa (2024): średnia']).filter((value) => typeof value !== 'number'),
    );
    expect(values).toContain('ukryto');
    expect(values).toContain('nie ustalono');
    const items = await linesOf(await made, 'Pytania');
    for (const line of items) {
      if (line['N'] === 'ukryto' || line['n'] === 'ukryto')
        expect(line['Dlaczego brak liczby']).toMatch(/anonimowości/);
    }
  });

  it('gives the verdict of a change with all that it rests on', async () => {
    const lines = await linesOf(await made, 'Zmiany');
    const index = lines.find((line) => line['Kod'] === 'index' && line['Oceniający'] === 'Ankieta łącznie')!;
    const { survey } = document.pair!.change.index;
    expect(index).toMatchObject({
      'Zmiana, punkty': survey.points,
      'Zmiana, %': survey.percent,
      'Błąd stand.': survey.se,
      'p po korekcie': survey.adjustedP,
      'Przedział 95 % od': survey.interval![0],
    });
  });

  it('writes the same figures in English', () => {
    const numbers = (language: 'pl' | 'en') =>
      editionSheets(document, language).map(({ rows }) =>
        rows.map((row) => row.map((value) => (typeof value === 'number' ? value : null))),
      );
    expect(numbers('en')).toEqual(numbers('pl'));
  });
});

it('keeps what looks like a formula a text', async () => {
  const instrument = twelveAreas({
    groups: [
      { code: 'officials', name: { pl: '=1+1' }, side: 'administration' },
      { code: 'ngo', name: { pl: '@SUM(A1)' }, side: 'ngo' },
    ],
  });
  const answers = round({ officials: people(6, ratings(3)), ngo: people(6, ratings(2)) }).respondents;
  const workbook = await editionXlsx(reportDocument(instrument, [{ respondents: answers }]), 'pl');
  const lines = await linesOf(workbook, 'Kto wziął udział');
  expect(lines.map((line) => line['Grupa'])).toEqual(['=1+1', '@SUM(A1)']);
});

it('explains every code of the figures, each once', () => {
  const lines: Record<string, string>[] = parse(codebook(document, 'pl'), { bom: true, columns: true, delimiter: ';' });
  const known = new Set(lines.map((line) => line['Kod']));
  for (const { rows, name, columns } of editionSheets(document, 'pl')) {
    const at = columns.findIndex(({ text }) => text === 'Kod');
    if (at < 0 || name === 'Kody') continue;
    for (const row of rows) if (row[at] !== null) expect(known).toContain(row[at]);
  }
  const keys = lines.map((line) => `${line['Rodzaj']} ${line['Kod']} ${line['Należy do']}`);
  expect(new Set(keys).size).toBe(keys.length);
});
