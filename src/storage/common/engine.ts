import type { SchemaObject } from 'ajv';

/**
 * What an engine must do, below everything that is the same on both (checks, keys, versions, migrations: `common/`).
 * A record is a document as stored: `_id`, `_v` (the version it was written with) and the document's other fields,
 * plain JSON, its keys encoded by `keys.ts`. Records handed out are not modified by anybody.
 */
export interface Engine {
  table(plan: TablePlan): Table;
  close(): Promise<void>;
}

export interface StoredRecord {
  readonly _id: string;
  readonly _v: number;
  readonly [field: string]: unknown;
}

export interface TablePlan {
  readonly name: string;
  /** Top-level fields (without `id`) and the schema of each, as far as one is declared. */
  readonly fields: ReadonlyMap<string, SchemaObject>;
  readonly unique: Readonly<Record<string, readonly string[]>>;
  readonly indexes: readonly (readonly string[])[];
}

export type Scalar = string | number | boolean | null;

/** One condition on the value at a path (encoded, dotted, `_id` for the id). A record fits when every test holds. */
export type Test =
  | {
      readonly path: string;
      readonly operator: '$eq' | '$ne' | '$lt' | '$lte' | '$gt' | '$gte';
      readonly value: Scalar;
    }
  | { readonly path: string; readonly operator: '$in'; readonly value: readonly Scalar[] }
  | { readonly path: string; readonly operator: '$exists'; readonly value: boolean };

export interface Selection {
  readonly tests: readonly Test[];
  /** Path and direction; the last one is always `_id`, so that the order is complete. */
  readonly sort?: readonly (readonly [path: string, direction: 1 | -1])[];
  readonly limit?: number;
  readonly skip?: number;
}

export interface RecordChange {
  readonly set: Readonly<Record<string, unknown>>;
  readonly unset: readonly string[];
  readonly inc: Readonly<Record<string, number>>;
  readonly push: Readonly<Record<string, unknown>>;
}

export interface Table {
  /** Called before anything else: older documents, and those that migrations make of them, may not fit old keys. */
  dropOldIndexes(): Promise<void>;
  /** Called when all documents are of the present version. */
  makeIndexes(): Promise<void>;
  /** Name of the unique key (`id` for the id) that stands in the way; null once the record is durable. */
  insert(record: StoredRecord): Promise<string | null>;
  find(selection: Selection): Promise<StoredRecord[]>;
  count(tests: readonly Test[]): Promise<number>;
  /** Applies the change to the record with this id that fits, in one step; null where none fits. */
  update(id: string, change: RecordChange, tests: readonly Test[]): Promise<StoredRecord | null>;
  /** Puts the record in the place of the one with its id, if that still has this version. */
  replace(record: StoredRecord, version: number): Promise<boolean>;
  remove(tests: readonly Test[]): Promise<number>;
}
