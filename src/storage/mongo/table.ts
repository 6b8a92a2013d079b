import { Failure } from '../../shared/errors';
import type { RecordChange, StoredRecord, Table, TablePlan, Test } from '../common/engine';
import { brokenIndex, readFailure } from './failures';
import { indexesOf, isOurs, type RecordModel } from './model';

type Query = Parameters<RecordModel['find']>[0];

/**
 * A table as a MongoDB collection. No transactions and no sessions, so a server without a replica set will do: every
 * change is one insert, one conditional update or one removal.
 */
export function openTable(
  plan: TablePlan,
  model: RecordModel,
  tracked: <Result>(request: Promise<Result>) => Promise<Result>,
): Table {
  const indexes = indexesOf(plan);

  async function ask<Result>(request: () => Promise<Result>): Promise<Result> {
    try {
      return await tracked(request());
    } catch (error) {
      throw readFailure(error);
    }
  }

  function brokenKey(error: unknown): string | null {
    const index = brokenIndex(error);
    if (index === null) return null;
    if (index.startsWith('_id')) return 'id';
    return indexes.find(({ name }) => name === index)?.key ?? index;
  }

  async function change<Result>(request: () => Promise<Result>): Promise<Result> {
    return ask(async () => {
      try {
        return await request();
      } catch (error) {
        const broken = brokenKey(error);
        if (broken === null) throw error;
        const message = `The change would break the unique key "${broken}" of "${plan.name}".`;
        throw new Failure('duplicate-key', message, { cause: error });
      }
    });
  }

  return {
    dropOldIndexes: () =>
      ask(async () => {
        await model.createCollection();
        const wanted = new Set(indexes.map(({ name }) => name));
        const present = (await model.listIndexes()) as { readonly name: string }[];
        for (const { name } of present) {
          if (isOurs(name) && !wanted.has(name)) await model.collection.dropIndex(name);
        }
      }),
    makeIndexes: () => ask(() => model.createIndexes()),
    insert: (record) =>
      ask(async () => {
        try {
          await model.insertMany([record], { lean: true });
          return null;
        } catch (error) {
          const broken = brokenKey(error);
          if (broken === null) throw error;
          return broken;
        }
      }),
    find: ({ tests, sort = [], skip = 0, limit = 0 }) =>
      ask(() =>
        model.find(queryOf(tests)).sort(Object.fromEntries(sort)).skip(skip).limit(limit).lean<StoredRecord[]>().exec(),
      ),
    count: (tests) => ask(() => model.countDocuments(queryOf(tests)).exec()),
    update: (id, recordChange, tests) =>
      change(() =>
        model
          .findOneAndUpdate(
            queryOf([{ path: '_id', operator: '$eq', value: id }, ...tests]),
            operatorsOf(recordChange),
            {
              returnDocument: 'after',
            },
          )
          .lean<StoredRecord>()
          .exec(),
      ),
    replace: (record, version) =>
      change(async () => {
        const { matchedCount } = await model.replaceOne({ _id: record._id, _v: version }, record).exec();
        return matchedCount === 1;
      }),
    remove: (tests) => ask(async () => (await model.deleteMany(queryOf(tests)).exec()).deletedCount),
  };
}

function queryOf(tests: readonly Test[]): Query {
  const conditions = tests.map(({ path, operator, value }) => ({ [path]: { [operator]: value } }));
  return (conditions.length === 0 ? {} : { $and: conditions }) as Query;
}

function operatorsOf({ set, unset, inc, push }: RecordChange): Record<string, Record<string, unknown>> {
  const operators = {
    $set: set,
    $unset: Object.fromEntries(unset.map((path) => [path, ''])),
    $inc: inc,
    // $each, so that pushing a list pushes one element.
    $push: Object.fromEntries(Object.entries(push).map(([path, value]) => [path, { $each: [value] }])),
  };
  return Object.fromEntries(Object.entries(operators).filter(([, places]) => Object.keys(places).length > 0));
}
