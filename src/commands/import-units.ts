import { readFile } from 'node:fs/promises';
import { Failure, isRefusal, ProblemsFound, type Problem } from '../shared/errors';
import type { TerritoryRegister } from '../territory/register';
import { tercColumns } from '../territory/terc';
import { readTercFile } from '../territory/terc-file';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent import-units -- FILE

Takes gminas and powiats from a file of the official TERC register, so that people can choose them as the seat of their
organisation. Places that are there are renamed where the file names them otherwise. Nothing is taken away: a place that
its voivodeship has no more is marked and offered no longer. The voivodeship that comes with the program stays beside
what is imported. Administrators do the same in the browser, with a look at the changes first.

FILE is CSV in UTF-8 with the columns ${tercColumns.join(';')} (others are ignored), as
the statistical office gives it. Town (RODZ 4) and rural area (RODZ 5) of one gmina are joined into one; parts of cities
(RODZ 8 and 9) are left out, and a city with county rights is one place. The data are found as the application finds them. With the embedded store the application
has to be stopped meanwhile.

Output: {"powiats": 31, "cities": 4, "gminas": 222, "added": 0, "changed": 3, "gone": 0, "back": 0}

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
      const { places, problems } = readTercFile(await readFile(file));
      if (problems.length > 0) throw new ProblemsFound(firstProblems(problems).map((one) => ({ ...one, file })));
      const opened = await open();
      try {
        const { mark } = await opened.territory.look(places);
        const changes = await opened.territory.import(places, mark);
        if (isRefusal(changes)) {
          throw new Failure(
            'register-changed',
            'Somebody else imported at the same moment. Nothing was stored; try again.',
          );
        }
        const powiats = places.filter(({ kind }) => kind === 'powiat').length;
        const cities = places.filter(({ kind }) => kind === 'city-with-county-rights').length;
        const counts = {
          ...{ powiats, cities, gminas: places.length - powiats - cities },
          ...{ added: changes.added.length, changed: changes.renamed.length + changes.rekinded.length },
          ...{ gone: changes.gone.length, back: changes.back.length },
        };
        process.stdout.write(`${JSON.stringify(counts)}\n`);
        return 0;
      } finally {
        await opened.close();
      }
    },
  };
}

/** More than these help nobody: the first ones are mended, then the file is tried again. */
const mostProblems = 20;

function firstProblems(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - mostProblems;
  if (more <= 0) return problems;
  const message = `${more} more problems were found; these are the first ${mostProblems}.`;
  return [...problems.slice(0, mostProblems), { code: 'more-problems', message }];
}
