import type { Found, Outcome, Plain, Selection, Table, TablePlan, Test, ValueCounts } from '../common/engine';
import { IndexBroken, TableMissing, type Database } from './database';

/**
 * A table of two columns, the id and the document as JSON, with indexes over fields of the JSON. It has no rowid, which
 * would number the documents in the order of their arrival.
 */
export function openTable(plan: TablePlan, database: Database, changed: () => void): Table {
  const name = tableName(plan.name, plan.part);
  const table = `"${name}"`;
  const indexes = indexesOf(plan, name);
  let prepared = false;

  /** Makes the table and its indexes as the plan has them. false: it is not there, and nobody asked to make it. */
  function prepare(make: boolean): boolean {
    const present = database.all(`SELECT type, name FROM sqlite_schema WHERE tbl_name = ?`, name);
    if (present.length === 0 && !make) return false;
    const have = present.flatMap((one) =>
      one.type === 'index' && !String(one.name).startsWith('sqlite_') ? [String(one.name)] : [],
    );
    const old = have.filter((index) => !indexes.has(index));
    const missing = [...indexes].filter(([index]) => !have.includes(index));
    if (present.length > 0 && old.length + missing.length === 0) return true;
    database.inOneStep(() => {
      database.run(
        `CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      );
      for (const index of old) database.run(`DROP INDEX IF EXISTS "${index}"`);
      for (const [, sql] of missing) database.run(sql);
    });
    return true;
  }

  /** Asks the table, or answers for one that is not there. Another process may have dropped it with its part. */
  async function ask<Result>(request: () => Result | Promise<Result>, without: Result | 'make'): Promise<Result> {
    await Promise.resolve();
    for (;;) {
      prepared ||= prepare(without === 'make');
      if (!prepared) return without as Result;
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof TableMissing)) throw error;
        prepared = false;
      }
    }
  }

  /** Makes a change; the name of the unique key that stands in its way, or null. */
  async function unlessBroken(change: () => void): Promise<string | null> {
    try {
      await database.write(change);
      return null;
    } catch (error) {
      if (!(error instanceof IndexBroken)) throw error;
      return error.message.slice(error.message.lastIndexOf(':') + 1);
    }
  }

  return {
    insert: (document) =>
      ask(async () => {
        const state = JSON.stringify(document);
        const broken = await unlessBroken(() => {
          database.run(`INSERT INTO ${table} VALUES (?, ?)`, document.id, state);
        });
        if (broken === null) {
          changed();
          return { state };
        }
        const same = database.all(`SELECT 1 FROM ${table} WHERE id = ?`, document.id).length > 0;
        return { breaks: same ? 'id' : broken };
      }, 'make'),

    find: (selection) =>
      ask(async () => {
        await database.written();
        const { sql, values } = queryOf(selection);
        return database.all(`SELECT document FROM ${table}${sql}`, ...values).map(foundOf);
      }, []),

    count: (tests) =>
      ask(async () => {
        await database.written();
        const { sql, values } = whereOf(tests);
        return Number(database.all(`SELECT count(*) AS n FROM ${table}${sql}`, ...values)[0]?.n);
      }, 0),

    countBy: (tests, field) =>
      ask(async () => {
        await database.written();
        return valueCounts(database, name, tests, field);
      }, []),

    replace: ({ state }, document) =>
      ask<Outcome | 'changed'>(async () => {
        const next = JSON.stringify(document);
        let replaced = 0;
        const breaks = await unlessBroken(() => {
          const sql = `UPDATE ${table} SET document = ? WHERE id = ? AND document = ?`;
          replaced = database.run(sql, next, document.id, state as string);
        });
        if (breaks !== null) return { breaks };
        if (replaced === 0) return 'changed';
        changed();
        return { state: next };
      }, 'changed'),

    remove: (tests) =>
      ask(async () => {
        const { sql, values } = whereOf(tests);
        const removed = await database.write(() => database.run(`DELETE FROM ${table}${sql}`, ...values));
        if (removed > 0) changed();
        return removed;
      }, 0),
  };
}

/** Throws `TableMissing`. */
function valueCounts(database: Database, table: string, tests: readonly Test[], field: string): ValueCounts {
  const { sql, values } = whereOf(tests);
  const value = expressionOf(field);
  return database
    .all(`SELECT ${value} AS value, count(*) AS n FROM "${table}"${sql} GROUP BY ${value}`, ...values)
    .map((row) => [row.value, Number(row.n)] as const);
}

/** The counts of each of these tables, read at once. */
export function valueCountsInEach(
  database: Database,
  tables: readonly string[],
  tests: readonly Test[],
  field: string,
): readonly ValueCounts[] {
  return tables.map((table) => {
    try {
      return valueCounts(database, table, tests, field);
    } catch (error) {
      if (error instanceof TableMissing) return [];
      throw error;
    }
  });
}

export function tableName(collection: string, part: string | null): string {
  return part === null ? collection : `${collection}/${part}`;
}

/** Index names hold their fields, so that an index whose fields have changed is another index; the key comes last. */
function indexesOf(plan: TablePlan, name: string): ReadonlyMap<string, string> {
  const make = (kind: string, index: string, fields: readonly string[]) =>
    [index, `CREATE ${kind} IF NOT EXISTS "${index}" ON "${name}" (${fields.map(expressionOf).join(', ')})`] as const;
  return new Map([
    ...Object.entries(plan.unique).map(([key, fields]) =>
      make('UNIQUE INDEX', `${name}:${fields.join(',')}:${key}`, fields),
    ),
    ...plan.indexes.map((fields) => make('INDEX', `${name}:${fields.join(',')}`, fields)),
  ]);
}

function foundOf({ document }: Record<string, unknown>): Found {
  return { document: JSON.parse(document as string) as Plain, state: document };
}

function expressionOf(field: string): string {
  return field === 'id' ? 'id' : `json_extract(document, '$.${field}')`;
}

interface Query {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

function queryOf({ tests, sort, limit }: Selection): Query {
  const { sql, values } = whereOf(tests);
  const order = sort.map(([field, direction]) => `${expressionOf(field)} ${direction === 1 ? 'ASC' : 'DESC'}`);
  const most = limit === undefined ? '' : ' LIMIT ?';
  return {
    sql: `${sql} ORDER BY ${order.join(', ')}${most}`,
    values: [...values, ...(limit === undefined ? [] : [limit])],
  };
}

const comparisons = { $eq: '=', $lt: '<', $lte: '<=', $gt: '>', $gte: '>=' } as const;

function whereOf(tests: readonly Test[]): Query {
  const values: (string | number)[] = [];
  const conditions = tests.map((test) => {
    const expression = expressionOf(test.field);
    if (test.operator === '$in') {
      values.push(JSON.stringify(test.value));
      return `${expression} IN (SELECT value FROM json_each(?))`;
    }
    if (test.value === null) return `${expression} IS NULL`;
    // SQLite's JSON has true and false as 1 and 0.
    values.push(typeof test.value === 'boolean' ? Number(test.value) : test.value);
    return `${expression} ${comparisons[test.operator]} ?`;
  });
  return { sql: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, values };
}
