import { Failure } from '../../shared/errors';

/** MongoDB refuses documents nested deeper than 100. */
const deepest = 90;

/**
 * A copy of a value as plain JSON. Undefined properties are left out, as JSON does; halves of surrogate pairs become
 * U+FFFD, since BSON cannot hold them. Throws `Failure('document-invalid')` on what JSON has no word for (dates, NaN,
 * functions), rather than storing something else in its place.
 */
export function plainCopy(value: unknown, pointer = '', depth = 0): unknown {
  if (depth > deepest) throw invalid(pointer, `is nested deeper than ${deepest} levels`);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw invalid(pointer, 'is not a finite number');
    return value === 0 ? 0 : value; // JSON has -0, BSON's integers do not
  }
  if (Array.isArray(value)) {
    return Array.from(value, (item: unknown, index) => plainCopy(item, `${pointer}/${index}`, depth + 1));
  }
  if (typeof value !== 'object' || !isPlain(value)) throw invalid(pointer, `is not plain JSON (${typeof value})`);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.map(([key, field]) => [wellFormed(key), plainCopy(field, `${pointer}/${key}`, depth + 1)]),
  );
}

/** Halves of surrogate pairs become U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (as under jest) have an Object.prototype of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function invalid(pointer: string, what: string): Failure {
  return new Failure('document-invalid', `The value at "${pointer}" ${what}, so it cannot be stored.`);
}
