import type { Filter, FindOptions, Stored } from '../port';
import { misuse } from './declaration';
import type { Scalar, Selection, Test } from './engine';
import { wellFormed } from './plain-json';

/** Turns what callers ask for into what engines do, and refuses what would not mean the same on both. */
export function readFilter<Doc extends Stored>(filter: Filter<Doc>, fields: ReadonlySet<string>): Test[] {
  return Object.entries(filter as Record<string, unknown>).flatMap(([field, condition]): Test[] => {
    if (!fields.has(field)) throw misuse(`"${field}" is no field of the collection.`);
    if (isScalar(condition)) return [{ field, operator: '$eq', value: scalar(condition) }];
    // `{ round: undefined }` must never come to mean "any round".
    if (typeof condition !== 'object' || Array.isArray(condition) || Object.keys(condition).length === 0) {
      throw misuse(`The condition on "${field}" is neither a scalar nor an object of operators.`);
    }
    return Object.entries(condition).map(([operator, value]: [string, unknown]): Test => {
      if (operator === '$in' && Array.isArray(value) && value.every(isValue)) {
        return { field, operator, value: value.map(scalar) };
      }
      if (/^\$[lg]te?$/.test(operator) && isValue(value)) {
        return { field, operator: operator as '$lt', value: scalar(value) };
      }
      throw misuse(`The condition on "${field}" uses ${operator} in a way that the store does not know.`);
    });
  });
}

export function readSelection<Doc extends Stored>(
  filter: Filter<Doc>,
  { sort = [], limit }: FindOptions<Doc>,
  fields: ReadonlySet<string>,
): Selection {
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0)) throw misuse('A limit is a whole number ≥ 0.');
  const order = sort.map(([field, direction]) => {
    if (!fields.has(field)) throw misuse(`"${field}" is no field of the collection.`);
    return [field, direction === 'ascending' ? 1 : -1] as const;
  });
  const complete = order.some(([field]) => field === 'id');
  return {
    tests: readFilter(filter, fields),
    // The tie-break runs the way of the last field, so that an index serves both directions.
    sort: complete ? order : [...order, ['id', order.at(-1)?.[1] ?? 1]],
    ...(limit === undefined ? {} : { limit }),
  };
}

function isScalar(value: unknown): value is Scalar {
  return value === null || isValue(value);
}

function isValue(value: unknown): value is Exclude<Scalar, null> {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function scalar(value: Scalar): Scalar {
  return typeof value === 'string' ? wellFormed(value) : value;
}
