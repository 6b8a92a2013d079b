/** Operators inside one another. */
export const deepest = 10;
/** Operators, sources and literals of one rule, a list literal being one. */
export const mostNodes = 200;
/** Elements of a list, in a rule or among given values. */
export const longestList = 1000;

/** Whether a value, or anything inside it, is a list of more than `longestList` elements. Any depth, one look each. */
export function hasTooLongList(value: unknown): boolean {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const part = waiting.pop();
    if (Array.isArray(part) && part.length > longestList) return true;
    pushParts(waiting, part);
  }
  return false;
}

/** How a list that is too long is to be mended; `count` is its length where that is known. */
export function tooLongList(count?: number): string {
  const here = count === undefined ? '' : `; this one has ${count}`;
  return `A list may have at most ${longestList} elements${here}: shorten it.`;
}

/** Adds those parts of a list or object that have parts themselves. */
export function pushParts(waiting: unknown[], value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    if (typeof part === 'object' && part !== null) waiting.push(part);
  }
}
