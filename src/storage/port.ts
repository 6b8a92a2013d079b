import type { JSONSchemaType, SchemaObject } from 'ajv';

/**
 * The storage port: all that the domain knows of storage. Two engines implement it (`mongo/`, `embedded/`) and one
 * contract suite holds both to it. There are no transactions: a race is decided by a unique key at insert or by one
 * `update`, never by a read and then a write. Every promise that resolves has been made durable first.
 *
 * What the engine cannot do is a `Failure` whose code begins with `store-` (`isStoreFailure`): nothing of it was
 * acknowledged, and the same request may succeed later.
 */
export interface Store {
  /**
   * The collection of this declaration; where the declaration says `inParts`, the one of this part (1 to 64 letters,
   * digits and hyphens). A part comes into being with its first document.
   */
  collection<Doc extends Stored>(spec: CollectionSpec<Doc>, part?: string): Collection<Doc>;
  /**
   * What `countBy` says of the collection in each of these parts, by part, as one request: for lists of many open rounds.
   * A part that is not there may be absent.
   */
  countByInParts<Doc extends Stored>(
    spec: CollectionSpec<Doc>,
    parts: readonly string[],
    filter: Filter<Doc>,
    field: keyof Doc & string,
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>>;
  /** Removes all collections of a part; in the embedded engine nothing of them is in its files any more. */
  dropPart(part: string): Promise<void>;
  /** The parts that there are, in the order of their names. */
  parts(): Promise<string[]>;
  /**
   * Takes out of the files what was removed or replaced, and from those of parts the order in which things came. The
   * store does it by itself at most a minute after a change; MongoDB does its own.
   */
  tidy(): Promise<void>;
  /** Asks the engine for something: a read, or, where the last write failed, a write. Rejects where it cannot. */
  check(): Promise<void>;
  /** Waits for what is under way, then lets go of files and connections. */
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
   * `properties` does not name, is a `Failure('document-invalid')`.
   */
  readonly schema: JSONSchemaType<Doc> | SchemaObject;
  /** Unique keys by name, made of fields that every document has and that are not null. */
  readonly unique?: Readonly<Record<string, readonly (keyof Doc & string)[]>>;
  /** Fields that `find` filters or sorts by often. */
  readonly indexes?: readonly (readonly (keyof Doc & string)[])[];
  /**
   * For what arrives while a round is open: each round is a part, kept apart from all other data, so that it can be
   * rebuilt at any time, which takes the order of arrival out of the files, and be gone whole in the end.
   */
  readonly inParts?: boolean;
}

type Comparable = string | number | boolean | null;
export type Condition<Value> =
  | Value
  | {
      readonly $in?: readonly Value[];
      readonly $lt?: Value;
      readonly $lte?: Value;
      readonly $gt?: Value;
      readonly $gte?: Value;
    };

/**
 * All named fields must fit. `null` matches an absent field too; `$lt` and its like compare numbers, or texts by their
 * characters' codes, and never fit what is absent. A condition that is undefined is a failure.
 */
export type Filter<Doc> = { readonly [Field in keyof Doc]?: Condition<Extract<Doc[Field], Comparable>> | null };

/** Without `sort` documents come in the order of their ids, as do equals with it. Absent and null come first. */
export interface FindOptions<Doc> {
  readonly sort?: readonly (readonly [keyof Doc & string, 'ascending' | 'descending'])[];
  readonly limit?: number;
}

export type InsertResult = { readonly inserted: true } | { readonly inserted: false; readonly duplicate: string };

export interface Collection<Doc extends Stored> {
  /** Writes a new document; `duplicate` names the unique key (or `id`) that it would have broken. */
  insert(document: Doc): Promise<InsertResult>;
  get(id: string): Promise<Doc | null>;
  find(filter: Filter<Doc>, options?: FindOptions<Doc>): Promise<Doc[]>;
  count(filter: Filter<Doc>): Promise<number>;
  /** How many of those that fit have each value of a field of text; a value that none has is absent. */
  countBy(filter: Filter<Doc>, field: keyof Doc & string): Promise<ReadonlyMap<string, number>>;
  /**
   * Puts in the place of a document what `edit` makes of it, as one step: if another change comes between, `edit` is
   * asked again with its result. Returns the document as it then is; null where there is none, or where `edit` returns
   * null, which leaves it alone. A change that would break a unique key is a `Failure('duplicate-key')`.
   *
   * `seen` saves the reading: the document as `get` or `update` has given it or `insert` has taken it. The first try is
   * made against it; where it has changed since, the document is read after all.
   */
  update(id: string, edit: (document: Doc) => Doc | null, seen?: Doc): Promise<Doc | null>;
  /** Removes all that fit and says how many. */
  remove(filter: Filter<Doc>): Promise<number>;
}
