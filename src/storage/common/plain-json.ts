import { Failure } from '../../shared/errors';
import { decodeKey, encodeKey } from './keys';

/** MongoDB refuses documents nested deeper than 100. */
const deepest = 90;

/**
 * A stored copy of a value: plain JSON with encoded keys. Undefined properties are left out, as JSON does; halves of
 * surrogate pairs become U+FFFD, since BSON cannot hold them. Throws `Failure('document-invalid')` on what JSON has no
 * word for (dates, NaN, functions), rather than storing something else in its place.
 */
export function toStored(value: unknown, pointer = '', depth = 0): unknown {
  if (depth > deepest) throw invalid(pointer, `is nested deeper than ${deepest} levels`);
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.replace(/\p{Surrogate}/gu, '\uFFFD');
    case 'number':
      if (!Number.isFinite(value)) throw invalid(pointer, 'is not a finite number');
      return value === 0 ? 0 : value; // JSON has -0, BSON's integers do not
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) {
        return Array.from(value, (item: unknown, index) => toStored(item, `${pointer}/${index}`, depth + 1));
      }
      if (isPlain(value)) {
        return Object.fromEntries(
          Object.entries(value)
            .filter(([, field]) => field !== undefined)
            .map(([key, field]) => [
              encodeKey(toStored(key) as string),
              toStored(field, `${pointer}/${key}`, depth + 1),
            ]),
        );
      }
  }
  throw invalid(pointer, `is not plain JSON (${typeof value})`);
}

/** A caller's own copy of a stored value. */
export function fromStored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromStored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [decodeKey(key), fromStored(field)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (as under jest) have an Object.prototype of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function invalid(pointer: string, what: string): Failure {
  return new Failure('document-invalid', `The value at "${pointer}" ${what}, so it cannot be stored.`);
}
