import { Failure } from '../../shared/errors';
import type { Change, Filter, FindOptions, Stored } from '../port';
import type { DocumentSchema } from './document-schema';
import type { RecordChange, Scalar, Selection, Test } from './engine';
import { encodeKey, keysOf } from './keys';
import { toStored } from './plain-json';

/**
 * Turns what callers ask for into what engines do, and refuses what would not mean the same on both. A request that
 * cannot be right is a fault of the caller's code: `Failure('storage-misuse')`.
 */
export function misuse(message: string): Failure {
  return new Failure('storage-misuse', message);
}

const orders = new Set(['$eq', '$ne', '$lt', '$lte', '$gt', '$gte']);

export function readFilter<Doc extends Stored>(filter: Filter<Doc>, schema: DocumentSchema): Test[] {
  return Object.entries(filter as Record<string, unknown>).flatMap(([given, condition]): Test[] => {
    const path = storedPath(given, schema);
    if (isScalar(condition)) return [{ path, operator: '$eq', value: scalar(condition) }];
    // `{ round: undefined }` must never come to mean "any round".
    if (typeof condition !== 'object' || Array.isArray(condition)) {
      throw misuse(`The condition on "${given}" is neither a scalar nor an object of operators.`);
    }
    const operators = Object.entries(condition as Record<string, unknown>);
    if (operators.length === 0) throw misuse(`The condition on "${given}" has no operator.`);
    return operators.map(([operator, value]): Test => {
      if (operator === '$exists' && typeof value === 'boolean') return { path, operator, value };
      if (operator === '$in' && Array.isArray(value) && value.every(isScalar)) {
        return { path, operator, value: value.map(scalar) };
      }
      if (orders.has(operator) && isScalar(value) && (value !== null || operator === '$eq' || operator === '$ne')) {
        return { path, operator: operator as '$eq', value: scalar(value) };
      }
      throw misuse(`The condition on "${given}" uses ${operator} in a way that the store does not know.`);
    });
  });
}

export function readSelection<Doc extends Stored>(
  filter: Filter<Doc>,
  options: FindOptions<Doc>,
  schema: DocumentSchema,
): Selection {
  for (const amount of [options.limit, options.skip]) {
    if (amount !== undefined && !(Number.isInteger(amount) && amount >= 0)) {
      throw misuse('limit and skip are whole numbers from 0 up.');
    }
  }
  const sort = (options.sort ?? []).map(([field, direction]) => {
    return [storedPath(field, schema), direction === 'ascending' ? 1 : -1] as const;
  });
  const last = sort.at(-1);
  const complete = last === undefined || sort.some(([path]) => path === '_id');
  return {
    tests: readFilter(filter, schema),
    // The tie-break runs the way of the last field, so that an index serves both directions.
    ...(last === undefined ? {} : { sort: complete ? sort : [...sort, ['_id', last[1]] as const] }),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.skip === undefined ? {} : { skip: options.skip }),
  };
}

/** Checks every part of the change against the schema and returns it in stored form. */
export function readChange<Doc extends Stored>(change: Change<Doc>, schema: DocumentSchema): RecordChange {
  const set = Object.entries(change.set ?? {}).map(([path, value]): [string, unknown] => {
    if (value === undefined) throw misuse(`The change sets "${path}" to undefined: use unset.`);
    schema.checkValue(keysOf(path), value);
    return [storedPath(path, schema), toStored(value)];
  });
  const unset = (change.unset ?? []).map((path) => {
    schema.checkUnset(keysOf(path));
    return storedPath(path, schema);
  });
  const inc = Object.entries(change.inc ?? {}).map(([path, amount]): [string, number] => {
    schema.checkIncrement(keysOf(path), amount);
    return [storedPath(path, schema), amount];
  });
  const push = Object.entries(change.push ?? {}).map(([path, value]): [string, unknown] => {
    schema.checkValue([...keysOf(path), '0'], value);
    return [storedPath(path, schema), toStored(value)];
  });
  const paths = [...set, ...inc, ...push].map(([path]) => path).concat(unset);
  for (const [index, path] of paths.entries()) {
    if (path === '_id') throw misuse('A document keeps its id: a change cannot set it.');
    const clash = paths.find((other, at) => at !== index && `${path}.`.startsWith(`${other}.`));
    if (clash !== undefined) throw misuse(`The change touches "${clash}" twice.`);
  }
  return {
    set: Object.fromEntries(set),
    unset,
    inc: Object.fromEntries(inc),
    push: Object.fromEntries(push),
  };
}

export function isEmpty(change: RecordChange): boolean {
  return [change.set, change.unset, change.inc, change.push].every((part) => Object.keys(part).length === 0);
}

function storedPath(path: string, schema: DocumentSchema): string {
  const keys = keysOf(path);
  const [field = ''] = keys;
  if (path === 'id') return '_id';
  if (!schema.fields.has(field) || field === 'id') throw misuse(`"${path}" begins with no field of the collection.`);
  return keys.map(encodeKey).join('.');
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function scalar(value: Scalar): Scalar {
  return toStored(value) as Scalar;
}
