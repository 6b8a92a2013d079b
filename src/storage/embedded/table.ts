import { Failure } from '../../shared/errors';
import type { StoredRecord, Table, TablePlan, Test } from '../common/engine';
import { changed } from './change';
import { equalityIndex } from './equality-index';
import type { Log } from './log';
import { fits, inOrder } from './match';

/**
 * A table in memory, every change of which goes to its log. Each change is decided and made in memory within one turn
 * of the event loop, which is what makes it atomic; it is acknowledged when the log has it on the disk. Readers wait
 * for the log too, so that nobody acts on what a power cut could still take back.
 */
export function openTable(plan: TablePlan, records: Map<string, StoredRecord>, log: Log): Table {
  const uniqueKeys = Object.entries(plan.unique).map(([name, fields]) => ({
    name,
    fields,
    owners: new Map<string, string>(),
  }));
  const firstFields = [...Object.values(plan.unique), ...plan.indexes].flatMap(([field]) => field ?? []);
  const index = equalityIndex(new Set(firstFields.filter((field) => field !== '_id')));

  for (const record of records.values()) {
    const broken = brokenKey(record);
    if (broken !== null) {
      throw new Failure(
        'duplicate-key',
        `The stored documents of "${plan.name}" break its unique key "${broken}" (document ${record._id}).`,
      );
    }
    register(record);
  }

  function brokenKey(record: StoredRecord): string | null {
    const broken = uniqueKeys.find(({ fields, owners }) => {
      const key = keyOf(record, fields);
      const owner = key === null ? undefined : owners.get(key);
      return owner !== undefined && owner !== record._id;
    });
    return broken?.name ?? null;
  }

  function register(record: StoredRecord): void {
    index.add(record);
    for (const { fields, owners } of uniqueKeys) {
      const key = keyOf(record, fields);
      if (key !== null) owners.set(key, record._id);
    }
  }

  function unregister(record: StoredRecord): void {
    index.drop(record);
    for (const { fields, owners } of uniqueKeys) {
      const key = keyOf(record, fields);
      if (key !== null) owners.delete(key);
    }
  }

  /** Puts a record (null: none) in the place of the one with this id and returns how to undo that. */
  function put(id: string, record: StoredRecord | null): () => void {
    const before = records.get(id) ?? null;
    const exchange = (from: StoredRecord | null, to: StoredRecord | null): void => {
      if (from) unregister(from);
      if (to) {
        register(to);
        records.set(id, to);
      } else {
        records.delete(id);
      }
    };
    exchange(before, record);
    return () => exchange(record, before);
  }

  function select(tests: readonly Test[]): StoredRecord[] {
    const [id] = tests.flatMap((test) => (test.path === '_id' && test.operator === '$eq' ? [test.value] : []));
    const ids = id === undefined ? index.candidates(tests) : [String(id)];
    const candidates = ids === null ? [...records.values()] : [...ids].flatMap((one) => records.get(one) ?? []);
    return candidates.filter((record) => fits(record, tests));
  }

  return {
    dropOldIndexes: () => Promise.resolve(),
    makeIndexes: () => Promise.resolve(),
    async insert(record) {
      const duplicate = records.has(record._id) ? 'id' : brokenKey(record);
      if (duplicate !== null) {
        // The one that stands in the way may not be safe yet, and might still come to nothing.
        await log.settled();
        return duplicate;
      }
      await log.append(record, put(record._id, record));
      return null;
    },
    async find({ tests, sort, skip = 0, limit = Infinity }) {
      const found = select(tests);
      const ordered = sort ? inOrder(found, sort) : found;
      await log.settled();
      return ordered.slice(skip, skip + limit);
    },
    async count(tests) {
      const { length } = select(tests);
      await log.settled();
      return length;
    },
    async update(id, change, tests) {
      const record = records.get(id);
      if (!record || !fits(record, tests)) {
        await log.settled();
        return null;
      }
      const result = changed(record, change);
      const broken = brokenKey(result);
      if (broken !== null) {
        throw new Failure('duplicate-key', `The change would break the unique key "${broken}" of "${plan.name}".`);
      }
      const undo = put(id, result);
      // What is unset goes from the file at once, like what is removed.
      await (change.unset.length > 0 ? log.rewrite(undo) : log.append(result, undo));
      return result;
    },
    async replace(record, version) {
      const before = records.get(record._id);
      if (before?._v !== version) return false;
      const broken = brokenKey(record);
      if (broken !== null) {
        throw new Failure('duplicate-key', `A migration would break the unique key "${broken}" of "${plan.name}".`);
      }
      await log.append(record, put(record._id, record));
      return true;
    },
    async remove(tests) {
      const found = select(tests);
      if (found.length === 0) {
        await log.settled();
        return 0;
      }
      const undo = found.map((record) => put(record._id, null));
      await log.rewrite(() => undo.forEach((one) => one()));
      return found.length;
    },
  };
}

/** One text for the values of a key's fields; null if one of them is absent, which leaves the record unbound. */
function keyOf(record: StoredRecord, fields: readonly string[]): string | null {
  const values = fields.map((field) => record[field]);
  return values.includes(undefined) ? null : JSON.stringify(values);
}
