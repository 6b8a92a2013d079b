import { visibleText } from '../shared/plain-text';

/** Stands where words were hidden. */
export const hiddenMark = '[…]';

/** What staff hide of one comment. */
export interface Hiding {
  /** Hidden whole. */
  readonly whole: boolean;
  /** Words to hide, one passage a line. */
  readonly words: string;
}

type Place = readonly [from: number, to: number];

/** The comment as others may read it; null where it is hidden whole. */
export function shownText(text: string, { whole, words }: Hiding): string | null {
  if (whole) return null;
  let shown = '';
  let at = 0;
  for (const [from, to] of placesOf(text, words)) {
    shown += text.slice(at, from) + hiddenMark;
    at = to;
  }
  return shown + text.slice(at);
}

/** The first passage that the comment does not have; null where it has all of them. */
export function passageNotFound(text: string, words: string): string | null {
  return passagesOf(words).find((passage) => !expressionOf(passage).test(text)) ?? null;
}

/** Whether `after` would show a reader something that `before` hides. */
export function showsMore(text: string, before: Hiding, after: Hiding): boolean {
  if (after.whole) return false;
  if (before.whole) return true;
  const hidden = placesOf(text, after.words);
  return placesOf(text, before.words).some(([from, to]) => !hidden.some(([start, end]) => start <= from && to <= end));
}

export function passagesOf(words: string): readonly string[] {
  return words.split('\n').map(visibleText).filter((passage) => passage !== ''); // prettier-ignore
}

/**
 * Where the passages stand, in order; what touches, or has only blanks between it, is one place.
 *
 * A passage begins at the beginning of a word and goes on to the end of its last word, in capitals or not: „Nowak” hides
 * „Nowakowi” and „NOWAK” too, since Polish names change their ends.
 */
function placesOf(text: string, words: string): readonly Place[] {
  const found = passagesOf(words)
    .flatMap((passage) => [...text.matchAll(expressionOf(passage))])
    .map((match): Place => [match.index, match.index + match[0].length])
    .sort(([a], [b]) => a - b);
  const places: Place[] = [];
  for (const [from, to] of found) {
    const last = places.at(-1);
    if (last !== undefined && text.slice(last[1], from).trim() === '') {
      places[places.length - 1] = [last[0], Math.max(last[1], to)];
    } else places.push([from, to]);
  }
  return places;
}

function expressionOf(passage: string): RegExp {
  const letter = '[\\p{L}\\p{M}\\p{N}]';
  const words = passage.split(' ').map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const start = new RegExp(`^${letter}`, 'u').test(passage) ? `(?<!${letter})` : '';
  const end = new RegExp(`${letter}$`, 'u').test(passage) ? `${letter}*` : '';
  return new RegExp(`${start}${words.join('\\s+')}${end}`, 'giu');
}
