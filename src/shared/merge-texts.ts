/**
 * Two people change one text at a time: what each changed of what both began with is put together where the changes do
 * not touch (the three-way merge of diff3, by words). Server and browser decide by the same rule.
 */

/** Part of a text that one side changed: the tokens `from` to `to` of the base became `into`. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly into: readonly string[];
}

/** Where changes touch, both sides' versions of that part; elsewhere what the text becomes. */
type Piece =
  | { readonly both: false; readonly tokens: readonly string[] }
  | { readonly both: true; readonly mine: readonly string[]; readonly theirs: readonly string[] };

/**
 * The text that holds the changes of both; null where they touch, and somebody has to choose. All three as
 * `visibleLines` leaves them.
 *
 * @param base what both began with
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const [from, one, other] = [wordsOf(base), wordsOf(mine), wordsOf(theirs)];
  const pieces = piecesOf(from, one, other);
  if (!pieces.some(({ both }) => both)) return pieces.flatMap((piece) => (piece.both ? [] : piece.tokens)).join('');
  // What one only added stands in the other's text already: an answer that was lost on its way, and sent once more.
  if (isWithin(from, one) && isWithin(one, other)) return theirs;
  if (isWithin(from, other) && isWithin(other, one)) return mine;
  return null;
}

/** Both texts in one: lines that both changed stand one under the other, theirs first. For somebody to go on from. */
export function joinTexts(base: string, mine: string, theirs: string): string {
  const pieces = piecesOf(linesOf(base), linesOf(mine), linesOf(theirs));
  const lines = pieces.flatMap((piece) => (piece.both ? [...piece.theirs, ...piece.mine] : piece.tokens));
  return lines.map((line, at) => (at < lines.length - 1 && !line.endsWith('\n') ? `${line}\n` : line)).join('');
}

/** Whether nothing of the earlier text is gone from the later one: that one only has more. */
export function onlyAdds(earlier: string, later: string): boolean {
  return isWithin(Array.from(earlier), Array.from(later));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\S+|\s/g) ?? [];
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Whether all tokens of the short list stand in the long one, in their order. */
function isWithin(short: readonly string[], long: readonly string[]): boolean {
  let found = 0;
  for (const token of long) if (found < short.length && token === short[found]) found += 1;
  return found === short.length;
}

function piecesOf(base: readonly string[], mine: readonly string[], theirs: readonly string[]): readonly Piece[] {
  const changes = [
    ...changesOf(base, mine).map((change) => ({ ...change, isMine: true })),
    ...changesOf(base, theirs).map((change) => ({ ...change, isMine: false })),
  ].sort((one, other) => one.from - other.from || one.to - other.to);
  const pieces: Piece[] = [];
  let at = 0;
  while (changes.length > 0) {
    const [first] = changes;
    if (first === undefined) break;
    let end = first.to;
    let count = 0;
    // Changes that touch each other, also through a third one, are one region.
    for (const { from, to } of changes) {
      if (count > 0 && from > end) break;
      end = Math.max(end, to);
      count += 1;
    }
    const region = changes.splice(0, count);
    pieces.push({ both: false, tokens: base.slice(at, first.from) });
    const versionOf = (isMine: boolean) =>
      changed(base, first.from, end, region.filter((change) => change.isMine === isMine)); // prettier-ignore
    pieces.push(pieceOf(versionOf(true), versionOf(false), region));
    at = end;
  }
  return [...pieces, { both: false, tokens: base.slice(at) }];
}

function pieceOf(
  mine: readonly string[],
  theirs: readonly string[],
  region: readonly { readonly isMine: boolean }[],
): Piece {
  if (region.every(({ isMine }) => isMine)) return { both: false, tokens: mine };
  if (region.every(({ isMine }) => !isMine)) return { both: false, tokens: theirs };
  return mine.join('') === theirs.join('') ? { both: false, tokens: mine } : { both: true, mine, theirs };
}

/** The tokens `from` to `to` of the base, with these changes made. */
function changed(base: readonly string[], from: number, to: number, changes: readonly Change[]): readonly string[] {
  const made: string[] = [];
  let at = from;
  for (const change of changes) {
    made.push(...base.slice(at, change.from), ...change.into);
    at = change.to;
  }
  return [...made, ...base.slice(at, to)];
}

/** What has to be changed of the base to get the other, in order, by their longest common subsequence. */
function changesOf(base: readonly string[], next: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < base.length && start < next.length && base[start] === next[start]) start += 1;
  let [baseEnd, nextEnd] = [base.length, next.length];
  while (baseEnd > start && nextEnd > start && base[baseEnd - 1] === next[nextEnd - 1]) {
    baseEnd -= 1;
    nextEnd -= 1;
  }
  const common = commonLengths(base.slice(start, baseEnd), next.slice(start, nextEnd));
  const changes: Change[] = [];
  let [i, j] = [start, start];
  while (i < baseEnd || j < nextEnd) {
    const [from, begin] = [i, j];
    while ((i < baseEnd || j < nextEnd) && !(i < baseEnd && j < nextEnd && base[i] === next[j])) {
      const skipsBase = j >= nextEnd || (i < baseEnd && common(i + 1 - start, j - start) >= common(i - start, j + 1 - start)); // prettier-ignore
      if (skipsBase) i += 1;
      else j += 1;
    }
    if (i > from || j > begin) changes.push({ from, to: i, into: next.slice(begin, j) });
    while (i < baseEnd && j < nextEnd && base[i] === next[j]) {
      i += 1;
      j += 1;
    }
  }
  return changes;
}

/** How many tokens the ends of both lists have in common, from these places on. */
function commonLengths(one: readonly string[], other: readonly string[]): (i: number, j: number) => number {
  const width = other.length + 1;
  const table = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const same = one[i] === other[j];
      const longer = Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
      table[i * width + j] = same ? (table[(i + 1) * width + j + 1] ?? 0) + 1 : longer;
    }
  }
  return (i, j) => table[i * width + j] ?? 0;
}
