import type { SchemaObject } from 'ajv';
import { Schema, type Connection, type Model, type SchemaDefinition } from 'mongoose';
import type { StoredRecord, TablePlan } from '../common/engine';

export type RecordModel = Model<StoredRecord>;

/** The mongoose model of a table. Its indexes carry the names by which `table.ts` knows broken keys again. */
export function modelOf(connection: Connection, plan: TablePlan): RecordModel {
  const definition: SchemaDefinition = {
    _id: uncast(String),
    _v: uncast(Number),
    ...Object.fromEntries([...plan.fields].map(([field, own]) => [field, typeOf(own)])),
  };
  const schema = new Schema<StoredRecord>(definition, {
    collection: plan.name,
    strict: 'throw',
    strictQuery: 'throw',
    // mongoose adds and takes away nothing of its own.
    id: false,
    versionKey: false,
    minimize: false,
    // Records are read as plain objects, so a field may be called like a method of a mongoose document.
    suppressReservedKeysWarning: true,
  });
  for (const { name, key, fields } of indexesOf(plan)) {
    const keys = Object.fromEntries(fields.map((field) => [field, 1 as const]));
    // Sparse: a document without the field is not bound. (The fields of a key of several are always there.)
    schema.index(keys, key === null ? { name } : { name, unique: true, sparse: fields.length === 1 });
  }
  return connection.model<StoredRecord>(plan.name, schema);
}

interface NamedIndex {
  readonly name: string;
  /** The unique key that it stands for; null where it only makes searching quick. */
  readonly key: string | null;
  readonly fields: readonly string[];
}

/** Whether an index has its name from `indexesOf`; others are the office's own. */
export function isOurs(indexName: string): boolean {
  return /^(unique|find):/.test(indexName);
}

/** Index names hold their fields, so that an index whose fields have changed is another index. */
export function indexesOf(plan: TablePlan): NamedIndex[] {
  const unique = Object.entries(plan.unique).map(([key, fields]) => {
    return { name: `unique:${key}:${fields.join(',')}`, key, fields };
  });
  const others = plan.indexes.map((fields) => {
    // The id completes the order of every sorted search.
    const complete = fields.includes('_id') ? fields : [...fields, '_id'];
    return { name: `find:${complete.join(',')}`, key: null, fields: complete };
  });
  return [...unique, ...others];
}

/**
 * Values were checked against the JSON Schema before they come here: mongoose must not turn them into something else,
 * so nothing is cast, and what is no scalar is left to the schema alone.
 */
function typeOf(schema: SchemaObject): object {
  const declared = schema.type as string | string[] | undefined;
  const types = (Array.isArray(declared) ? declared : [declared]).filter((type) => type !== 'null');
  const type = types.length === 1 ? types[0] : undefined;
  if (type === 'string') return uncast(String);
  if (type === 'number' || type === 'integer') return uncast(Number);
  if (type === 'boolean') return uncast(Boolean);
  return { type: Schema.Types.Mixed };
}

function uncast(type: unknown): object {
  return { type, cast: false };
}
