import { distance } from 'fastest-levenshtein';

/** Longer words are compared by their beginning, so that hostile ones cost nothing. */
const compared = 60;

/** The known word that was probably meant, by the fewest single-letter edits (`vissibleIf` is 1 from `visibleIf`), or null where none is close. */
export function likelyMeant(word: string, known: Iterable<string>): string | null {
  const candidates = [...known].slice(0, 2000);
  const close = candidates
    .map((candidate) => ({ candidate, edits: distance(comparable(word), comparable(candidate)) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(Math.min(word.length, candidate.length) / 3)))
    .sort((one, other) => one.edits - other.edits);
  return close[0]?.candidate ?? null;
}

/** Capitals apart. */
function comparable(word: string): string {
  return word.slice(0, compared).toLowerCase();
}

/** ` Did you mean "x"?` or nothing: the end of a message about an unknown name. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const meant = likelyMeant(word, known);
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}
