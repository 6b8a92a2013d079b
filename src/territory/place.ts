/** What a place of the register is; a unit of self-government (JST) is always one of these. */
export const placeKinds = [
  'urban-gmina',
  'rural-gmina',
  'urban-rural-gmina',
  'powiat',
  'city-with-county-rights',
] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** A gmina, a powiat, or a city with the rights of a powiat, which is both and one place. */
export interface Place {
  /** As `placeCode` writes it: four digits of a powiat or a city, six of a gmina. */
  readonly code: string;
  /** As the register has it: „Chodzież” (a town and the gmina around it may share one), „chodzieski”. */
  readonly name: string;
  readonly kind: PlaceKind;
  /** The last imported register has it no more: it keeps its name where something refers to it, and is offered nowhere. */
  readonly gone?: true;
}

const tercCode = /^\d{4}(\d{2,3})?$/;
/** Powiats with these numbers are cities, everywhere in the country; 99, which no powiat has, is left to invented ones. */
const isCity = (powiat: number): boolean => powiat >= 61 && powiat < 90;

/**
 * The one code by which everything refers to a place, whatever form of it was typed: the seventh digit of a gmina's TERC
 * code changes when it gains a town, and a city with county rights is both a gmina and a powiat. 3001011 and 300101 →
 * 300101; 306401, 3064011 and 3064 → 3064. A code that is none of TERC, as invented units have, stays, in capitals.
 */
export function placeCode(typed: string): string {
  const code = typed.trim();
  if (!tercCode.test(code)) return code.toUpperCase();
  return isCity(Number(code.slice(2, 4))) ? code.slice(0, 4) : code.slice(0, 6);
}

/** The powiat that a place lies in, or that it is; null for a code that is none of TERC. */
export function powiatOf(code: string): string | null {
  return tercCode.test(code) ? code.slice(0, 4) : null;
}

/** The voivodeship of a place, two digits. */
export const voivodeshipOf = ({ code }: Place): string => code.slice(0, 2);
