import { Failure } from '../../shared/errors';
import type { Change, Collection, CollectionSpec, Filter, FindOptions, InsertResult, Stored } from '../port';
import { readDocumentSchema, type DocumentSchema } from './document-schema';
import type { Engine, StoredRecord, TablePlan, Test } from './engine';
import { fromStored, toStored } from './plain-json';
import { isEmpty, misuse, readChange, readFilter, readSelection } from './requests';

/**
 * A collection over an engine's table: checks what is written, keeps ids, versions and encoded keys out of callers'
 * sight, and migrates. Everything here is the same on every engine.
 */
export function openCollection<Doc extends Stored>(
  spec: CollectionSpec<Doc>,
  engine: Engine,
  assertOpen: () => void,
): Collection<Doc> {
  const migrations = spec.migrations ?? [];
  const version = migrations.length;
  const schema = readDocumentSchema(spec.name, spec.schema);
  const table = engine.table(planOf(spec, schema));
  let prepared: Promise<void> | null = null;

  /**
   * Before first use all older documents are migrated, since filters, sorting and unique keys must see them in their
   * new shape. (Reading migrates too: another process may still be writing the older version.)
   */
  async function ready(): Promise<void> {
    assertOpen();
    prepared ??= prepare().catch((error: unknown) => {
      prepared = null;
      throw error;
    });
    await prepared;
    assertOpen();
  }

  async function prepare(): Promise<void> {
    await table.dropOldIndexes();
    const [newer] = await table.find({ tests: [{ path: '_v', operator: '$gt', value: version }], limit: 1 });
    if (newer) throw tooNew(newer);
    for (;;) {
      const older = await table.find({ tests: [{ path: '_v', operator: '$lt', value: version }], limit: 200 });
      if (older.length === 0) break;
      await Promise.all(older.map(current));
    }
    await table.makeIndexes();
  }

  /** The record in the present version; null if it has been removed meanwhile. */
  async function current(record: StoredRecord): Promise<StoredRecord | null> {
    let found: StoredRecord | undefined = record;
    while (found && found._v < version) {
      const migrated = migrate(found);
      if (await table.replace(migrated, found._v)) return migrated;
      [found] = await table.find({ tests: idTest(record._id) });
    }
    if (found && found._v > version) throw tooNew(found);
    return found ?? null;
  }

  function migrate(record: StoredRecord): StoredRecord {
    const document = migrations
      .slice(record._v)
      .reduce((old, migration) => migration(old), toDocument(record) as unknown as Record<string, unknown>);
    if (document.id !== record._id) throw misuse(`A migration of "${spec.name}" has changed the id of a document.`);
    return toRecord(document as unknown as Doc);
  }

  function toRecord(document: Doc): StoredRecord {
    schema.checkDocument(document);
    const { id, ...fields } = toStored(document) as { id: string };
    return { _id: id, _v: version, ...fields };
  }

  function toDocument(record: StoredRecord): Doc {
    const fields = Object.entries(record).filter(([field]) => field !== '_id' && field !== '_v');
    return { id: record._id, ...(fromStored(Object.fromEntries(fields)) as object) } as Doc;
  }

  function tooNew(record: StoredRecord): Failure {
    return new Failure(
      'document-too-new',
      `The collection "${spec.name}" holds a document of version ${record._v}, written by a newer version of the ` +
        `program; this one knows versions up to ${version}. Start the newer program.`,
    );
  }

  async function find(filter: Filter<Doc>, options: FindOptions<Doc> = {}): Promise<Doc[]> {
    const selection = readSelection(filter, options, schema);
    await ready();
    if (selection.limit === 0) return [];
    const records = await Promise.all((await table.find(selection)).map(current));
    return records.filter((record) => record !== null).map(toDocument);
  }

  return {
    async insert(document): Promise<InsertResult> {
      const record = toRecord(document);
      await ready();
      const duplicate = await table.insert(record);
      return duplicate === null ? { inserted: true } : { inserted: false, duplicate };
    },
    async get(id) {
      await ready();
      const [found] = await table.find({ tests: idTest(id) });
      const record = found && (await current(found));
      return record ? toDocument(record) : null;
    },
    find,
    async count(filter) {
      const tests = readFilter(filter, schema);
      await ready();
      return table.count(tests);
    },
    async update(id, change: Change<Doc>, expected: Filter<Doc> = {}) {
      const recordChange = readChange(change, schema);
      const tests = readFilter(expected, schema);
      await ready();
      if (isEmpty(recordChange)) return (await find({ ...expected, id }))[0] ?? null;
      for (;;) {
        const here: Test = { path: '_v', operator: '$eq', value: version };
        const updated = await table.update(id, recordChange, [here, ...tests]);
        if (updated) return toDocument(updated);
        if (version === 0) return null;
        // It may have failed only because the document was of an older version: then it is tried again.
        const [found] = await table.find({ tests: idTest(id) });
        if (!found) return null;
        if (found._v !== version) await current(found);
        else if ((await table.count([...idTest(id), here, ...tests])) === 0) return null;
      }
    },
    async remove(filter) {
      const tests = readFilter(filter, schema);
      await ready();
      return table.remove(tests);
    },
  };
}

function idTest(id: string): Test[] {
  return [{ path: '_id', operator: '$eq', value: id }];
}

function planOf<Doc extends Stored>(spec: CollectionSpec<Doc>, schema: DocumentSchema): TablePlan {
  // Names end up as file names, table names and index names.
  if (!/^[a-z][a-z0-9-]{0,59}$/.test(spec.name)) throw misuse(`"${spec.name}" is no name for a collection.`);
  const fields = new Map([...schema.fields].filter(([field]) => field !== 'id'));
  for (const field of fields.keys()) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(field)) throw misuse(`"${field}" is no name for a field of "${spec.name}".`);
  }
  for (const field of [...Object.values(spec.unique ?? {}), ...(spec.indexes ?? [])].flat()) {
    if (!schema.fields.has(field)) throw misuse(`An index of "${spec.name}" names "${field}", which it has not.`);
  }
  for (const [key, names] of Object.entries(spec.unique ?? {})) {
    const optional = names.find((field) => !schema.required.has(field));
    if (names.length > 1 && optional !== undefined) {
      throw misuse(
        `The unique key "${key}" of "${spec.name}" is of several fields, but "${optional}" is not required.`,
      );
    }
  }
  const stored = (names: readonly string[]): string[] => names.map((name) => (name === 'id' ? '_id' : name));
  const unique = Object.entries(spec.unique ?? {}).map(([key, names]) => [key, stored(names)] as const);
  return { name: spec.name, fields, unique: Object.fromEntries(unique), indexes: (spec.indexes ?? []).map(stored) };
}
