import type { Problem } from '../shared/errors';
import { placeCode, type Place, type PlaceKind } from './place';

/** A row of the official file, by its columns. */
export type TercRow = Readonly<Record<'WOJ' | 'POW' | 'GMI' | 'RODZ' | 'NAZWA' | 'NAZWA_DOD', string>>;
export const tercColumns = ['WOJ', 'POW', 'GMI', 'RODZ', 'NAZWA', 'NAZWA_DOD'] as const;

/** Town (4) and rural area (5) are the two parts of one urban-rural gmina. */
const gminaKinds: Readonly<Record<string, PlaceKind>> = {
  1: 'urban-gmina',
  2: 'rural-gmina',
  3: 'urban-rural-gmina',
  4: 'urban-rural-gmina',
  5: 'urban-rural-gmina',
};
/** Districts of Warsaw and of some other cities: no units. */
const partsOfCities = ['8', '9'];

/**
 * Reads rows of TERC into places, by code. A city with county rights is one place, though its rows name a powiat and a
 * gmina or only a powiat with its districts, as of Poznań. Rows without any content are passed over.
 *
 * @param lines 1-based line of each row in its file, for the problems
 */
export function readTerc(
  rows: readonly TercRow[],
  lines: readonly number[] = rows.map((_, index) => index + 2),
): { readonly places: readonly Place[]; readonly problems: readonly Problem[] } {
  const lostZeros = withoutZeros(rows, lines);
  if (lostZeros !== null) return { places: [], problems: [lostZeros] };
  const places = new Map<string, Place>();
  const powiatsOfGminas = new Map<string, { readonly gmina: string; readonly line: number }>();
  const seen = new Map<string, number>();
  const problems: Problem[] = [];
  for (const [index, row] of rows.entries()) {
    if (tercColumns.every((column) => row[column].trim() === '')) continue;
    const line = lines[index] ?? 0;
    const fault = faultOf(row);
    if (fault !== null) {
      problems.push({ code: 'terc-row-malformed', line, ...fault });
      continue;
    }
    const whole = [row.WOJ, row.POW, row.GMI, row.RODZ].join('');
    const first = seen.get(whole);
    if (first !== undefined) {
      problems.push({ code: 'terc-row-twice', line, message: `The same code stands on line ${first} already.` });
      continue;
    }
    seen.set(whole, line);
    const [powiat, name] = [row.WOJ + row.POW, row.NAZWA.trim()];
    if (row.POW === '') continue;
    if (row.GMI === '') {
      const kind = row.NAZWA_DOD.startsWith('miasto') ? 'city-with-county-rights' : 'powiat';
      places.set(powiat, { code: powiat, name, kind });
      continue;
    }
    const kind = gminaKinds[row.RODZ];
    if (kind === undefined) continue;
    const code = placeCode(powiat + row.GMI);
    if ((places.get(code)?.kind ?? kind) !== kind && code !== powiat) {
      const message = `The gmina ${code} has rows of different kinds, of which one must be wrong.`;
      problems.push({ code: 'terc-kinds-differ', line, column: 'RODZ', message });
      continue;
    }
    if (code !== powiat) places.set(code, { code, name, kind });
    if (!powiatsOfGminas.has(powiat)) powiatsOfGminas.set(powiat, { gmina: powiat + row.GMI, line });
  }
  for (const [powiat, { gmina, line }] of powiatsOfGminas) {
    if (places.has(powiat)) continue;
    const message = `The powiat ${powiat} has no row of its own, though the gmina ${gmina} belongs to it.`;
    problems.push({ code: 'terc-powiat-missing', line, message });
  }
  return { places: [...places.values()].sort((one, other) => (one.code < other.code ? -1 : 1)), problems };
}

function faultOf({
  WOJ,
  POW,
  GMI,
  RODZ,
  NAZWA,
  NAZWA_DOD,
}: TercRow): { column: keyof TercRow; message: string } | null {
  const twoDigits = /^\d{2}$/;
  if (!twoDigits.test(WOJ)) return { column: 'WOJ', message: 'A voivodeship has two digits.' };
  if (POW === '' && GMI === '') return null;
  if (!twoDigits.test(POW)) return { column: 'POW', message: 'A powiat has two digits.' };
  if (NAZWA.trim() === '') return { column: 'NAZWA', message: 'The name is missing.' };
  if (GMI === '') {
    if (/^(powiat|miasto)/.test(NAZWA_DOD)) return null;
    return { column: 'NAZWA_DOD', message: 'It must say whether this is a powiat or a city with the rights of one.' };
  }
  if (!twoDigits.test(GMI)) return { column: 'GMI', message: 'A gmina has two digits.' };
  if (RODZ in gminaKinds || partsOfCities.includes(RODZ)) return null;
  return { column: 'RODZ', message: `There is no kind "${RODZ}"; the kinds are 1 to 5, 8 and 9.` };
}

/** Spreadsheets turn 02 into 2: one cause, which would otherwise be a problem of every row. */
function withoutZeros(rows: readonly TercRow[], linesOf: readonly number[]): Problem | null {
  const columns = ['WOJ', 'POW', 'GMI'] as const;
  const isShort = (row: TercRow): boolean => columns.some((column) => /^\d$/.test(row[column]));
  const lines = rows.flatMap((row, index) => (isShort(row) ? [linesOf[index] ?? 0] : []));
  const [first] = lines;
  // One or two such codes are slips of a hand; their own lines say it better.
  if (first === undefined || lines.length < 3) return null;
  return {
    code: 'terc-zeros-lost',
    line: first,
    message:
      `The codes have lost their leading zeros in ${lines.length} rows, as when a spreadsheet saves the file ` +
      '(2 stands for 02). Use the file as the statistical office gives it, or import these columns as text.',
  };
}
