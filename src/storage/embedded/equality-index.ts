import type { Scalar, StoredRecord, Test } from '../common/engine';

/**
 * Finds the records that can equal a value in a field without looking at all of them. An index serves tests for one
 * scalar other than null in a top-level field.
 */
export interface EqualityIndex {
  add(record: StoredRecord): void;
  drop(record: StoredRecord): void;
  /** Ids of all records that may fit, the fewest that an index gives; null where no index serves. */
  candidates(tests: readonly Test[]): ReadonlySet<string> | null;
}

const none: ReadonlySet<string> = new Set();

export function equalityIndex(fields: ReadonlySet<string>): EqualityIndex {
  const byField = new Map([...fields].map((field) => [field, new Map<Scalar, Set<string>>()] as const));

  return {
    add(record) {
      for (const [field, ids] of byField) {
        for (const value of valuesOf(record[field])) {
          const known = ids.get(value);
          if (known) known.add(record._id);
          else ids.set(value, new Set([record._id]));
        }
      }
    },
    drop(record) {
      for (const [field, ids] of byField) {
        for (const value of valuesOf(record[field])) {
          const known = ids.get(value);
          known?.delete(record._id);
          if (known?.size === 0) ids.delete(value);
        }
      }
    },
    candidates(tests) {
      let best: ReadonlySet<string> | null = null;
      for (const { path, operator, value } of tests) {
        const ids = byField.get(path);
        if (ids === undefined || operator !== '$eq' || value === null) continue;
        const found = ids.get(value) ?? none;
        if (best === null || found.size < best.size) best = found;
      }
      return best;
    },
  };
}

function valuesOf(value: unknown): Scalar[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one): one is Scalar => one !== null && one !== undefined && typeof one !== 'object');
}
