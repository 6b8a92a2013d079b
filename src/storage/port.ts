import type { JSONSchemaType, SchemaObject } from 'ajv';

/**
 * The storage port: all that the domain knows of storage. Two engines implement it (`mongo/`, `embedded/`) and one
 * contract suite holds both to it. There are no transactions: a race is decided by a unique key at insert or by one
 * conditional update, never by a read and then a write. Every promise that resolves has been made durable first.
 */
export interface Store {
  collection<Doc extends Stored>(spec: CollectionSpec<Doc>): Collection<Doc>;
  /** Waits for writes under way, then lets go of files, locks and connections. */
  close(): Promise<void>;
}

/** Every document has a text id of its own making; engines add nothing visible to it. */
export interface Stored {
  readonly id: string;
}

/** What a domain module declares of a collection, once, beside its types. */
export interface CollectionSpec<Doc extends Stored> {
  /** Table name: the plural noun that URLs use, e.g. `rounds`. */
  readonly name: string;
  /** JSON Schema (2020-12) of a document, `id` included; a write that does not fit it is a failure. */
  readonly schema: JSONSchemaType<Doc> | SchemaObject;
  /** Unique keys by name; a key with an absent field does not bind that document. */
  readonly unique?: Readonly<Record<string, readonly (keyof Doc & string)[]>>;
  /** Fields that `find` filters or sorts by often. */
  readonly indexes?: readonly (readonly (keyof Doc & string)[])[];
  /**
   * Version n is reached by the first n migrations; a document carries the version it was written with, and older ones
   * are migrated when read (and written back), newer ones refused.
   */
  readonly migrations?: readonly ((old: Record<string, unknown>) => Record<string, unknown>)[];
}

type Comparable = string | number | boolean | null;
export type Condition<Value> =
  | Value
  | {
      readonly $in?: readonly Value[];
      readonly $ne?: Value | null;
      readonly $lt?: Value;
      readonly $lte?: Value;
      readonly $gt?: Value;
      readonly $gte?: Value;
      readonly $exists?: boolean;
    };

/** All named fields must fit. `null` matches an absent field. Dotted paths reach into nested documents. */
export type Filter<Doc> = { readonly [Field in keyof Doc]?: Condition<Doc[Field]> | null } & {
  readonly [path: `${string}.${string}`]: Condition<Comparable>;
};

export interface FindOptions<Doc> {
  readonly sort?: readonly (readonly [keyof Doc & string, 'ascending' | 'descending'])[];
  readonly limit?: number;
  readonly skip?: number;
}

/** Changes to one document; every part is applied in one atomic step. */
export interface Change<Doc> {
  readonly set?: Partial<Omit<Doc, 'id'>> & { readonly [path: `${string}.${string}`]: unknown };
  readonly unset?: readonly string[];
  readonly inc?: { readonly [path: string]: number };
  readonly push?: { readonly [path: string]: unknown };
}

export type InsertResult = { readonly inserted: true } | { readonly inserted: false; readonly duplicate: string };

export interface Collection<Doc extends Stored> {
  /** Writes a new document; `duplicate` names the unique key (or `id`) that it would have broken. */
  insert(document: Doc): Promise<InsertResult>;
  get(id: string): Promise<Doc | null>;
  find(filter: Filter<Doc>, options?: FindOptions<Doc>): Promise<Doc[]>;
  count(filter: Filter<Doc>): Promise<number>;
  /**
   * Changes the one document that has this id and fits `expected`, as one conditional step, and returns it as it then
   * is; null where none fits. A change that would break a unique key is a `Failure('duplicate-key')`.
   */
  update(id: string, change: Change<Doc>, expected?: Filter<Doc>): Promise<Doc | null>;
  /** Removes all that fit and says how many. Removed data is gone from the engine's files too once this resolves. */
  remove(filter: Filter<Doc>): Promise<number>;
}
