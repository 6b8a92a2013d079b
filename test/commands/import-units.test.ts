import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importUnitsCommand } from '../../src/commands/import-units';
import { ProblemsFound } from '../../src/shared/errors';
import { createTerritoryRegister } from '../../src/territory/register';
import { embeddedTestStore, type TestStore } from '../support/stores';

const header = 'WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA';
let data: TestStore;
let folder: string;

beforeEach(async () => {
  data = await embeddedTestStore();
  folder = mkdtempSync(join(tmpdir(), 'lijw-terc-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await data.dispose();
});

/** Imports these lines; the codes of the problems where there are any. */
async function importOf(...lines: readonly string[]): Promise<readonly string[]> {
  const file = join(folder, 'terc.csv');
  writeFileSync(file, [header, ...lines].join('\r\n'));
  const territory = createTerritoryRegister(data);
  const command = importUnitsCommand(() => Promise.resolve({ territory, close: () => Promise.resolve() }));
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await command.run({ values: {}, positionals: [file] });
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsFound)) throw error;
    return error.problems.map(({ code }) => code);
  } finally {
    written.mockRestore();
  }
}

test('empty rows, short rows and blanks in the middle of a file do not refuse it', async () => {
  const lines = ['02;99;;;przykładowy;powiat;2026-01-01', '', ';;;;;;', '02;99;01;1;Zmyślona', '   ', ''];
  expect(await importOf(...lines)).toEqual([]);
  const codes = (await createTerritoryRegister(data).all()).map(({ code }) => code);
  expect(codes.filter((code) => code.startsWith('02'))).toEqual(['0299', '029901']);
});

test('a file with very many faults tells the first ones and how many more there are; nothing is imported', async () => {
  const lines = Array.from({ length: 200 }, (_, index) => `02;99;0x;1;Gmina ${index};gmina;2026-01-01`);
  const problems = await importOf('02;99;;;przykładowy;powiat;2026-01-01', ...lines);
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe('more-problems');
  expect(await createTerritoryRegister(data).all()).toHaveLength(257);
});

test('a file that a spreadsheet has saved is one problem', async () => {
  const lines = ['2;99;;;przykładowy;powiat', '2;99;1;1;Zmyślona;gmina miejska', '2;99;2;2;Zmyślona;gmina wiejska'];
  expect(await importOf(...lines)).toEqual(['terc-zeros-lost']);
});
