import type { JSONSchemaType, SchemaObject } from 'ajv';

export { pathTo } from './common/keys';

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
  /**
   * JSON Schema (2020-12) of a document, `id` included. A document that does not fit it, or that has a field which
   * `properties` does not name, is a `Failure('document-invalid')`. Of a change, each value is checked against the
   * schema of its place; what depends on the result (`maxItems`, `maximum` after an increment) is for `expected` to say.
   */
  readonly schema: JSONSchemaType<Doc> | SchemaObject;
  /**
   * Unique keys by name. A key of one field does not bind documents without that field (null is a value like others); a
   * key of several fields is made of required ones, since MongoDB has no portable way to except documents from it.
   */
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
/** What a field is compared by: itself, or, of a list, any of its elements. */
type Compared<Value> = Value extends readonly (infer Element)[]
  ? Extract<Element, Comparable>
  : Extract<Value, Comparable>;
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

/**
 * All named fields must fit. `null` matches an absent field too; `$ne` anything that `Value` does not match; the order
 * of `$lt` and its like is that of numbers or of texts by their characters' codes, and fits values of one type only. A
 * list fits if one of its elements does. Dotted paths reach into nested documents, also those in lists; where a key is
 * data, write the path with `pathTo`, since the key may hold a dot. A condition that is undefined is a failure.
 */
export type Filter<Doc> = { readonly [Field in keyof Doc]?: Condition<Compared<Doc[Field]>> | null } & {
  readonly [path: `${string}.${string}`]: Condition<Comparable>;
};

/** Without `sort` the order means nothing; with it, equals are in the order of their ids. Absent and null come first. */
export interface FindOptions<Doc> {
  readonly sort?: readonly (readonly [keyof Doc & string, 'ascending' | 'descending'])[];
  readonly limit?: number;
  readonly skip?: number;
}

/**
 * Changes to one document; every part is applied in one atomic step, and no two parts may touch the same place. Paths
 * are those of filters; objects on the way to a place are made where they are missing, `inc` of a missing number starts
 * from 0, `push` on a missing list makes it. What cannot be done is a `Failure('change-does-not-fit')`.
 */
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
  /**
   * Removes all that fit and says how many. In the embedded engine the removed data is gone from its files too once this
   * resolves, and so is what `unset` takes out of a document. MongoDB frees the place and overwrites it in its own time.
   */
  remove(filter: Filter<Doc>): Promise<number>;
}
