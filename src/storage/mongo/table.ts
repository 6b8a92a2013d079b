import { randomInt } from 'node:crypto';
import { Schema, type Connection, type Model, type mongo } from 'mongoose';
import type { Found, Outcome, Plain, Table, TablePlan, Test } from '../common/engine';
import { brokenIndex, type Ask } from './failures';
import { withOwnKeys, withStoredKeys } from './keys';

/** A document as MongoDB has it; `_r` grows with every change, which tells whether it is still as it was read. */
interface StoredRecord {
  readonly _id: string;
  readonly _r: number;
}

type Query = mongo.Filter<StoredRecord>;

/**
 * A table as a MongoDB collection. No transactions and no sessions, so a server without a replica set will do: every
 * change is one insert, one conditional replacement or one removal.
 */
export function openTable(plan: TablePlan, connection: Connection, askServer: Ask): Table {
  const model = modelOf(plan, connection);
  // What was checked before it comes here goes to the driver as it is.
  const records = model.collection as unknown as mongo.Collection<StoredRecord>;
  let prepared: Promise<void> | null = null;

  async function prepare(): Promise<void> {
    await model.createCollection();
    const wanted = new Set(indexesOf(plan).map(({ name }) => name));
    const present = (await model.listIndexes()) as { readonly name: string }[];
    // Others are the office's own.
    const old = present.filter(({ name }) => /^(unique|find):/.test(name) && !wanted.has(name));
    for (const { name } of old) await model.collection.dropIndex(name);
    await model.createIndexes();
  }

  const ask: Ask = (request) =>
    askServer(async () => {
      prepared ??= prepare();
      await prepared.catch((error: unknown) => {
        prepared = null;
        throw error;
      });
      return request();
    });

  async function unlessBroken<Result>(
    request: () => Promise<Result>,
    broken: (key: string) => Result,
  ): Promise<Result> {
    try {
      return await request();
    } catch (error) {
      const index = brokenIndex(error);
      if (index === null) throw error;
      return broken(index.startsWith('_id') ? 'id' : (index.split(':')[1] ?? index));
    }
  }

  return {
    insert: (document) =>
      ask(() =>
        unlessBroken<Outcome>(
          async () => {
            // Drawn, so that one that was removed and stored anew is not taken for the one that was seen before.
            const state = randomInt(2 ** 31);
            await records.insertOne(recordOf(document, state));
            return { state };
          },
          (key) => ({ breaks: key }),
        ),
      ),
    find: ({ tests, sort, limit = 0 }) =>
      ask(async () => {
        const order = Object.fromEntries(sort.map(([field, direction]) => [storedField(field), direction]));
        const found = await records.find(queryOf(tests), { sort: order, limit }).toArray();
        return found.map(foundOf);
      }),
    count: (tests) => ask(() => records.countDocuments(queryOf(tests))),
    countBy: (tests, field) =>
      ask(async () => {
        const groups = await records
          .aggregate<{ readonly _id: unknown; readonly n: number }>([
            { $match: queryOf(tests) },
            { $group: { _id: `$${storedField(field)}`, n: { $sum: 1 } } },
          ])
          .toArray();
        return groups.map(({ _id: value, n }) => [value, n] as const);
      }),
    replace: ({ state }, document) =>
      ask(() =>
        unlessBroken<Outcome | 'changed'>(
          async () => {
            const seen = state as number;
            const filter = { _id: document.id, _r: seen };
            const { matchedCount } = await records.replaceOne(filter, recordOf(document, seen + 1));
            return matchedCount === 1 ? { state: seen + 1 } : 'changed';
          },
          (key) => ({ breaks: key }),
        ),
      ),
    remove: (tests) => ask(async () => (await records.deleteMany(queryOf(tests))).deletedCount),
  };
}

/** The name of the MongoDB collection. */
export function collectionName(collection: string, part: string | null): string {
  return part === null ? collection : `${collection}.${part}`;
}

function modelOf(plan: TablePlan, connection: Connection): Model<StoredRecord> {
  // Values were checked before they come here: mongoose must neither change them nor add anything of its own.
  const schema = new Schema<StoredRecord>(
    { _id: uncast(String), _r: uncast(Number) },
    { strict: false, strictQuery: false, id: false, versionKey: false, minimize: false, autoCreate: false },
  );
  for (const { name, fields, unique } of indexesOf(plan)) {
    schema.index(Object.fromEntries(fields.map((field) => [field, 1 as const])), { name, unique });
  }
  const name = collectionName(plan.name, plan.part);
  return connection.model<StoredRecord>(name, schema, name, { overwriteModels: true });
}

function uncast(type: unknown): object {
  return { type, cast: false };
}

/** Index names hold their fields, so that an index whose fields have changed is another index. */
function indexesOf({ unique, indexes }: TablePlan) {
  return [
    ...Object.entries(unique).map(([key, given]) => {
      const fields = given.map(storedField);
      return { name: `unique:${key}:${fields.join(',')}`, fields, unique: true };
    }),
    ...indexes.map((given) => {
      // The id completes the order of every search.
      const fields = [...new Set([...given.map(storedField), '_id'])];
      return { name: `find:${fields.join(',')}`, fields, unique: false };
    }),
  ];
}

function storedField(field: string): string {
  return field === 'id' ? '_id' : field;
}

function recordOf({ id, ...fields }: Plain, revision: number): StoredRecord {
  return { _id: id, _r: revision, ...(withStoredKeys(fields) as object) };
}

function foundOf({ _id: id, _r: state, ...fields }: StoredRecord): Found {
  return { document: { id, ...(withOwnKeys(fields) as object) }, state };
}

/** In the plainest words, `{ _id: 'x' }`, by which every server knows that one look at one index is enough. */
function queryOf(tests: readonly Test[]): Query {
  const query: Record<string, unknown> = {};
  for (const { field, operator, value } of tests) {
    const name = storedField(field);
    // Equality stands alone: a field is asked for by a value or by operators.
    query[name] = operator === '$eq' ? value : { ...(query[name] as object | undefined), [operator]: value };
  }
  return query;
}
