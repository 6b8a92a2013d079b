import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { Failure, ProblemsFound, type Problem } from '../shared/errors';
import type { TerritoryRegister } from '../territory/register';
import { readTerc, tercColumns, type TercRow } from '../territory/terc';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent import-units -- FILE

Takes gminas and powiats from a file of the official TERC register, so that people can choose them as the seat of their
organisation. Places that are there are renamed where the file names them otherwise; nothing is taken away. Until the
first import the register that comes with the program is used.

FILE is CSV in UTF-8 with the columns ${tercColumns.join(';')} (others are ignored), as
the statistical office gives it. Town (RODZ 4) and rural area (RODZ 5) of one gmina are joined into one; parts of cities
(RODZ 8 and 9) are left out, and a city with county rights is one place. The data are found as the application finds them. With the embedded store the application
has to be stopped meanwhile.

Output: {"powiats": 31, "cities": 4, "gminas": 222, "added": 257, "changed": 0}

Example:
  $ npm run --silent import-units -- TERC_Urzedowy.csv
`;

const options = {} as const;

/** The register, and how to let go of its store afterwards. */
export interface OpenTerritory {
  readonly territory: TerritoryRegister;
  close(): Promise<void>;
}

export function importUnitsCommand(open: () => Promise<OpenTerritory>): Command<typeof options> {
  return {
    help,
    options,
    async run({ positionals }) {
      const [file, ...more] = positionals;
      if (file === undefined || more.length > 0) {
        throw new Failure('bad-option', 'Give one file: import-units -- FILE. See --help.');
      }
      const { places, problems } = readTerc(rowsOf(file, await readFile(file)));
      if (problems.length > 0) throw new ProblemsFound(firstProblems(problems).map((one) => ({ ...one, file })));
      const opened = await open();
      try {
        const result = await opened.territory.import(places);
        const powiats = places.filter(({ kind }) => kind === 'powiat').length;
        const cities = places.filter(({ kind }) => kind === 'city-with-county-rights').length;
        const counts = { powiats, cities, gminas: places.length - powiats - cities, ...result };
        process.stdout.write(`${JSON.stringify(counts)}\n`);
        return 0;
      } finally {
        await opened.close();
      }
    },
  };
}

/** Throws `ProblemsFound` where the file is no such table; nothing is imported then. */
function rowsOf(file: string, bytes: Buffer): TercRow[] {
  const refuse = (code: string, message: string, line?: number): never => {
    throw new ProblemsFound([{ file, code, message, ...(line === undefined ? {} : { line }) }]);
  };
  let rows: Partial<TercRow>[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    rows = parse(text, { bom: true, delimiter: ';', columns: true, relax_column_count: true, trim: true });
  } catch (error) {
    const line = (error as { lines?: unknown }).lines;
    const words = error instanceof TypeError ? 'it is not UTF-8' : (error as Error).message;
    return refuse('csv-malformed', `The file cannot be read: ${words}.`, typeof line === 'number' ? line : undefined);
  }
  const missing = tercColumns.filter((column) => rows[0] !== undefined && !(column in rows[0]));
  if (rows.length === 0) return refuse('csv-empty', 'The file has no rows.');
  if (missing.length > 0) return refuse('column-missing', `The file has no column ${missing.join(', ')}.`, 1);
  // What a spreadsheet leaves out at the end of a row is empty.
  return rows.map((row) => Object.fromEntries(tercColumns.map((column) => [column, row[column] ?? ''])) as TercRow);
}

/** More than these help nobody: the first ones are mended, then the file is tried again. */
const mostProblems = 20;

function firstProblems(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - mostProblems;
  if (more <= 0) return problems;
  const message = `${more} more problems were found; these are the first ${mostProblems}.`;
  return [...problems.slice(0, mostProblems), { code: 'more-problems', message }];
}
