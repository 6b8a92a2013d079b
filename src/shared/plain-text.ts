/**
 * What a reader sees of a text, in one place for forms, commands and definitions. Characters that nobody sees
 * (zero-width space, soft hyphen, joiners, variation selectors …) must not make an empty name look filled, or one name
 * into two.
 */

/** Default-ignorable and format characters (Unicode 16, UAX 44), and the Braille blank, which looks like a space. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu;

/** Whatever parts words, NEL and other controls included. */
const gaps = /[\s\p{Cc}]+/gu;

/** Controls, separators of lines and paragraphs, embeddings, overrides and isolates of direction, broken halves. */
export const forbidden = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Surrogate}\p{Noncharacter_Code_Point}]/u;
export const forbiddenInLines =
  /(?![\t\n\r])[\p{Cc}\u202A-\u202E\u2066-\u2069\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/**
 * A line as it is kept and compared: composed (NFC), without characters that nobody sees, one space between words and
 * none at the ends. '' where there is nothing to see.
 */
export function visibleText(text: string): string {
  return text.normalize('NFC').replace(invisible, '').replace(gaps, ' ').trim();
}

/** A text of several lines as it is kept: as `visibleText`, but with its line breaks and the spaces inside lines. */
export function visibleLines(text: string): string {
  const lines = text.normalize('NFC').replace(/\r\n?/g, '\n').replace(invisible, '').split('\n');
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

export function isBlank(text: string): boolean {
  return visibleText(text) === '';
}

/** Characters that a reader sees, each code point one; spaces at the ends do not count. */
export function visibleLength(text: string): number {
  return Array.from(visibleLines(text)).length;
}

/** Two names with one identity are one name to a reader: capitals, widths and invisible characters apart. */
export function identityOf(text: string): string {
  return visibleText(text.normalize('NFKC')).toLowerCase();
}

/** For looking up what somebody typed: as `identityOf`, and accents do not matter (`Urzędnicy` is `urzednicy`). */
export function searchable(text: string): string {
  return identityOf(text)
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '');
}

/**
 * The first character that no name may hold: a control character (line breaks and tabs too), a line separator, an
 * override of the direction of writing, half a character.
 *
 * @returns its code point as `U+202E`, or null where there is none
 */
export function forbiddenInName(text: string): string | null {
  return codePoint(forbidden.exec(text));
}

/** As `forbiddenInName`, for texts that may have tabs and several lines. */
export function forbiddenInText(text: string): string | null {
  return codePoint(forbiddenInLines.exec(text));
}

function codePoint(found: RegExpExecArray | null): string | null {
  const code = found?.[0].codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The beginning of a text in one line, at most `longest` characters with the „…” that stands for the rest; cut between
 * words where there are any.
 */
export function shortened(text: string, longest: number): string {
  const characters = Array.from(visibleText(text));
  if (characters.length <= longest) return characters.join('');
  const beginning = characters.slice(0, longest - 1).join('');
  // The word that is cut through goes, unless it is longer than a third of all.
  const whole = beginning.replace(/\s+\S*$/u, '');
  const kept = Array.from(whole).length > (2 * longest) / 3 ? whole : beginning;
  return `${kept.replace(/[\s.,;:–-]+$/u, '')}…`;
}
