import { refuse, type Refusal } from '../shared/errors';
import { searchable } from '../shared/plain-text';
import { commonWords, rowsOfKeys } from './common-words';

export const shortestPassword = 12;
export const longestPassword = 200;

export type PasswordRefusal = Refusal<
  'password-too-short' | 'password-too-long' | 'password-own-words' | 'password-common' | 'password-repetitive'
>;

/** `good`: holds out if somebody gets hold of the stored hashes, too. `enough`: may be used; longer would be better. */
export type Strength = 'enough' | 'good';

/** Characters that have to be left once all that is easily guessed is taken out. */
const leastLeft = 6;
const goodLength = 18;

/**
 * Whether a password may be used, and how well it holds. There are no rules of composition: what counts is what is left
 * of it without the person's own words, the words that most passwords are made of, rows of keys and repetitions.
 *
 * @param own what others know of the person: user, name, e-mail, names of units
 */
export function judgePassword(password: string, own: readonly string[]): Strength | PasswordRefusal {
  const length = Array.from(password).length;
  if (length < shortestPassword) return refuse('password-too-short', { shortest: shortestPassword, length });
  if (length > longestPassword) return refuse('password-too-long', { longest: longestPassword, length });
  const text = searchable(password);
  // Each step leaves marks of what it took, so that what is left does not close up to new words.
  const plain = withoutRows(withoutRepetition(text));
  if (leftOf(plain) < leastLeft) return refuse('password-repetitive');
  const impersonal = without(plain, ownWords(own));
  if (leftOf(impersonal) < leastLeft) return refuse('password-own-words');
  const rest = without(impersonal, commonWords);
  if (leftOf(rest) < leastLeft) return refuse('password-common');
  return leftOf(rest) >= goodLength ? 'good' : 'enough';
}

const taken = ' ';

/** Characters that are neither taken out nor spaces or signs between words. */
function leftOf(text: string): number {
  return Array.from(text.replace(/[^\p{L}\p{N}]/gu, '')).length;
}

function ownWords(own: readonly string[]): string[] {
  return own.flatMap((text) => searchable(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
}

/** Longer words first: a short one inside must not break them up. Years and small numbers behind a word go with it. */
function without(text: string, words: readonly string[]): string {
  const found = [...words].sort((one, other) => other.length - one.length);
  return found.reduce((rest, word) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return rest.replace(new RegExp(`${escaped}\\d{0,4}`, 'gu'), taken);
  }, text);
}

/** „aaaa” and „abcabcabc” are worth what is repeated, once. */
function withoutRepetition(text: string): string {
  return text.replace(/(.+?)\1{2,}/gu, `$1${taken}`).replace(/(.{4,})\1+/gu, `$1${taken}`);
}

function withoutRows(text: string): string {
  const rows = rowsOfKeys.flatMap((row) => [row, Array.from(row).reverse().join('')]);
  const characters = Array.from(text);
  const out = characters.map(() => false);
  for (let from = 0; from + 4 <= characters.length; from += 1) {
    const four = characters.slice(from, from + 4).join('');
    if (rows.some((row) => row.includes(four))) out.fill(true, from, from + 4);
  }
  return characters.map((character, index) => (out[index] ? taken : character)).join('');
}
