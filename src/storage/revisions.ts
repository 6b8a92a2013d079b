import type { Collection, Stored } from './port';

/**
 * Sets the fields and raises the revision by one if the document still has the revision that the caller saw; null
 * where it has changed meanwhile or is gone.
 */
export function updateSeen<Doc extends Stored & { readonly revision: number }>(
  collection: Collection<Doc>,
  id: string,
  seen: number,
  fields: Partial<Omit<Doc, 'id' | 'revision'>>,
): Promise<Doc | null> {
  return collection.update(id, (one) => (one.revision === seen ? { ...one, ...fields, revision: seen + 1 } : null));
}
