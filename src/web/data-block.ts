/** What a script of the page reads: JSON that cannot end its element; null where there is nothing to read. */
export function asDataBlock(data: unknown): string | null {
  return data === null ? null : JSON.stringify(data).replaceAll('<', '\\u003c');
}
