import type { Problem } from '../../shared/errors';
import { listIn, objectIn } from './outline';
import { below } from './pointer';

/** Sorted by where they are, so that an author can go through a file from top to bottom. */
export function inDocumentOrder(document: unknown, problems: readonly Problem[]): Problem[] {
  if (problems.length === 0) return [];
  const order = new Map<string, number>();
  const visit = (value: unknown, pointer: string): void => {
    order.set(pointer, order.size);
    const parts = Array.isArray(value) ? listIn(value).entries() : Object.entries(objectIn(value) ?? {});
    for (const [key, part] of parts) visit(part, below(pointer, key));
  };
  visit(document, '');
  return problems.toSorted((one, other) => (order.get(one.pointer ?? '') ?? 0) - (order.get(other.pointer ?? '') ?? 0));
}
