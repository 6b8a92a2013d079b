import type { Scalar, StoredRecord, Test } from '../common/engine';

/**
 * Filters and order with MongoDB's meaning: an array fits if one of its elements does, a missing field is as good as
 * null, and `$lt` and its like compare values of one type only.
 */
export function fits(record: StoredRecord, tests: readonly Test[]): boolean {
  return tests.every((test) => fitsOne(record, test));
}

function fitsOne(record: StoredRecord, test: Test): boolean {
  const found = valuesAt(record, test.path.split('.'));
  if (test.operator === '$exists') return found.some((value) => value !== undefined) === test.value;
  const values = found.flatMap((value): unknown[] =>
    Array.isArray(value) ? [value, ...(value as unknown[])] : [value],
  );
  switch (test.operator) {
    case '$eq':
      return values.some((value) => (value ?? null) === test.value);
    case '$ne':
      return values.every((value) => (value ?? null) !== test.value);
    case '$in':
      return values.some((value) => test.value.includes((value ?? null) as Scalar));
    case '$lt':
      return values.some((value) => order(value, test.value, (difference) => difference < 0));
    case '$lte':
      return values.some((value) => order(value, test.value, (difference) => difference <= 0));
    case '$gt':
      return values.some((value) => order(value, test.value, (difference) => difference > 0));
    case '$gte':
      return values.some((value) => order(value, test.value, (difference) => difference >= 0));
  }
}

function order(value: unknown, limit: Scalar, holds: (difference: number) => boolean): boolean {
  return value !== null && typeof value === typeof limit && holds(compare(value, limit));
}

/** All values that a path leads to; `undefined` stands for a place that is not there. */
export function valuesAt(value: unknown, keys: readonly string[]): unknown[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [value];
  if (Array.isArray(value)) {
    const elements: unknown[] = value;
    const inside = elements.filter((element) => typeof element === 'object' && element !== null);
    const at = /^\d+$/.test(key) && Number(key) < elements.length ? valuesAt(elements[Number(key)], rest) : [];
    return [...at, ...inside.flatMap((element) => valuesAt(element, keys))];
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [undefined];
  return valuesAt((value as Record<string, unknown>)[key], rest);
}

export function inOrder(
  records: StoredRecord[],
  sort: readonly (readonly [path: string, direction: 1 | -1])[],
): StoredRecord[] {
  const keys = sort.map(([path, direction]) => ({ keys: path.split('.'), direction }));
  return records.sort((one, other) => {
    for (const { keys: path, direction } of keys) {
      const difference = compare(valuesAt(one, path)[0], valuesAt(other, path)[0]);
      if (difference !== 0) return difference * direction;
    }
    return 0;
  });
}

/** Values of different types stand in this order: nothing, numbers, texts, objects, arrays, booleans. */
function rankOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'object') return Array.isArray(value) ? 4 : 3;
  return { number: 1, string: 2, boolean: 5 }[typeof value as 'number' | 'string' | 'boolean'];
}

function compare(one: unknown, other: unknown): number {
  const ranks = rankOf(one) - rankOf(other);
  if (ranks !== 0) return ranks;
  if (one === other || typeof one === 'object' || one === undefined) return 0;
  return (one as string) < (other as string) ? -1 : 1;
}
