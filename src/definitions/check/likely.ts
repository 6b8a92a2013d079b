/** Number of single-letter edits between two words, case apart: `vissibleIf` and `visibleIf` are 1 apart. */
function edits(one: string, other: string): number {
  const a = one.toLowerCase();
  const b = other.toLowerCase();
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that was probably meant, or null where none is close. */
export function likelyMeant(word: string, known: Iterable<string>): string | null {
  const candidates = [...known].slice(0, 2000);
  const close = candidates
    .map((candidate) => ({ candidate, distance: edits(word.slice(0, 60), candidate) }))
    .filter(
      ({ candidate, distance }) => distance <= Math.max(1, Math.floor(Math.min(word.length, candidate.length) / 3)),
    )
    .sort((one, other) => one.distance - other.distance);
  return close[0]?.candidate ?? null;
}

/** ` Did you mean "x"?` or nothing: the end of a message about an unknown name. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const meant = likelyMeant(word, known);
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}
