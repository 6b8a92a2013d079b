import type { Problem } from '../shared/errors';

/** A gmina of the TERC register. */
export interface Gmina {
  /** First six digits of its TERC code: the part that stays when a village becomes a town. */
  readonly code: string;
  readonly name: string;
  readonly kind: 'urban' | 'rural' | 'urban-rural';
  /** First four digits of the code. */
  readonly powiat: string;
}

/** A powiat, or a city with the rights of one. */
export interface Powiat {
  /** Four digits. */
  readonly code: string;
  readonly name: string;
  readonly isCity: boolean;
}

export interface Territory {
  readonly powiats: readonly Powiat[];
  readonly gminas: readonly Gmina[];
}

/** A row of the official file, by its columns. */
export type TercRow = Readonly<Record<'WOJ' | 'POW' | 'GMI' | 'RODZ' | 'NAZWA' | 'NAZWA_DOD', string>>;
export const tercColumns = ['WOJ', 'POW', 'GMI', 'RODZ', 'NAZWA', 'NAZWA_DOD'] as const;

/**
 * Reads rows of TERC. RODZ 1 is an urban gmina, 2 a rural one, 3 an urban-rural one; 4 and 5 are the town and the rural
 * area of one urban-rural gmina, so they are joined; 8 and 9 are parts of cities and no units.
 *
 * @param firstLine 1-based line of the first row in its file, for the problems.
 */
export function readTerc(rows: readonly TercRow[], firstLine = 2): Territory & { readonly problems: Problem[] } {
  const powiats = new Map<string, Powiat>();
  const gminas = new Map<string, Gmina>();
  const problems: Problem[] = [];
  for (const [index, row] of rows.entries()) {
    const problem = (column: keyof TercRow, message: string): void =>
      void problems.push({ code: 'terc-row-malformed', line: firstLine + index, column, message });
    if (!/^\d{2}$/.test(row.WOJ)) {
      problem('WOJ', 'A voivodeship has two digits.');
      continue;
    }
    if (row.POW === '') continue;
    if (!/^\d{2}$/.test(row.POW)) {
      problem('POW', 'A powiat has two digits.');
      continue;
    }
    const powiat = row.WOJ + row.POW;
    if (row.NAZWA.trim() === '') {
      problem('NAZWA', 'The name is missing.');
      continue;
    }
    if (row.GMI === '') {
      powiats.set(powiat, { code: powiat, name: row.NAZWA.trim(), isCity: row.NAZWA_DOD.startsWith('miasto') });
      continue;
    }
    if (!/^\d{2}$/.test(row.GMI)) {
      problem('GMI', 'A gmina has two digits.');
      continue;
    }
    if (['8', '9'].includes(row.RODZ)) continue;
    const kind = ({ 1: 'urban', 2: 'rural', 3: 'urban-rural', 4: 'urban-rural', 5: 'urban-rural' } as const)[row.RODZ];
    if (kind === undefined) {
      problem('RODZ', `There is no kind "${row.RODZ}"; the kinds are 1 to 5, 8 and 9.`);
      continue;
    }
    const code = powiat + row.GMI;
    gminas.set(code, { code, name: row.NAZWA.trim(), kind, powiat });
  }
  for (const { code, powiat } of gminas.values()) {
    if (powiats.has(powiat)) continue;
    const message = `The gmina ${code} belongs to the powiat ${powiat}, which has no row of its own.`;
    problems.push({ code: 'terc-powiat-missing', message });
  }
  const byCode = (one: { code: string }, other: { code: string }): number => (one.code < other.code ? -1 : 1);
  return { powiats: [...powiats.values()].sort(byCode), gminas: [...gminas.values()].sort(byCode), problems };
}
