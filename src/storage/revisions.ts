import type { Collection, Stored } from './port';

/**
 * Sets the fields and raises the revision by one if the document still has the revision that the caller saw; null
 * where it has changed meanwhile or is gone.
 *
 * @param seen the revision, or the whole document as it was read, which saves reading it again
 */
export function updateSeen<Doc extends Stored & { readonly revision: number }>(
  collection: Collection<Doc>,
  id: string,
  seen: number | Doc,
  fields: Partial<Omit<Doc, 'id' | 'revision'>>,
): Promise<Doc | null> {
  const [was, document] = typeof seen === 'number' ? [seen, undefined] : [seen.revision, seen];
  return collection.update(
    id,
    (one) => (one.revision === was ? { ...one, ...fields, revision: was + 1 } : null),
    document,
  );
}
