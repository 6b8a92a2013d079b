import type { RandomBytes } from '../shared/ids';

/**
 * Codes that people read aloud, copy from paper and type: of cards, invitations and paper forms. Twelve characters of
 * Crockford's base 32 (no I, L, O, U): eleven by chance, 55 bits, and a check.
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const drawn = 11;
const bitsEach = 5;

/** A code as it is kept in mind and hashed: twelve capitals and digits, without gaps. */
export type Code = string & { readonly isCode: true };

/** A new code that nobody can guess. */
export function newCode(randomBytes: RandomBytes): Code {
  return codeFrom(randomBytes(drawn));
}

/** The code made of the first 11 of these bytes, five bits of each; the same bytes make the same code. */
export function codeFrom(bytes: Buffer): Code {
  const values = valuesOf(bytes, drawn);
  return written([...values, checkOf(values)]) as Code;
}

/** The first `length` of these bytes as numbers of five bits. */
export function valuesOf(bytes: Buffer, length: number): number[] {
  return [...bytes.subarray(0, length)].map((byte) => byte & 31);
}

export function written(values: readonly number[]): string {
  return values.map((value) => alphabet.charAt(value)).join('');
}

/**
 * What somebody has typed or scanned, as values; null where it has not `length` characters of the alphabet. Small
 * letters, gaps and hyphens do not matter, and characters that look alike are read as the one that is in use.
 */
export function readValues(typed: string, length: number): number[] | null {
  const tidy = typed
    .slice(0, 100)
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const values = Array.from(tidy, (character) => alphabet.indexOf(character));
  return values.length === length && !values.includes(-1) ? values : null;
}

/** What somebody has typed or scanned, as a code; null where it is none. */
export function readCode(typed: string): Code | null {
  const values = readValues(typed, drawn + 1);
  if (values === null) return null;
  return checkOf(values.slice(0, drawn)) === values[drawn] ? (written(values) as Code) : null;
}

/** As it is shown: three groups of four, `7K3M-9Q2T-XB4D`. */
export function shownCode(code: Code): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/**
 * Weighs each value by a power of its own of the generator of GF(32) (x⁵ + x² + 1). One wrong character and two
 * neighbours in the wrong order always give another check.
 */
function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value) => timesGenerator(sum ^ value), 0);
}

function timesGenerator(value: number): number {
  const doubled = value << 1;
  return doubled < 1 << bitsEach ? doubled : doubled ^ 0b100101;
}
