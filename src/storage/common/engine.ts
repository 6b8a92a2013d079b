/** What an engine must do, below what is the same on both (checks of documents and filters: `common/`). */
export interface Engine {
  table(plan: TablePlan): Table;
  /**
   * `countBy` of a collection in each of these parts, in their order; nothing of one that is not there. Where an engine
   * leaves it out, its tables are asked one by one.
   */
  readonly countByInParts?: (
    collection: string,
    parts: readonly string[],
    tests: readonly Test[],
    field: string,
  ) => Promise<readonly ValueCounts[]>;
  dropPart(part: string): Promise<void>;
  parts(): Promise<string[]>;
  tidy(): Promise<void>;
  /** Reads something; rejects where the engine cannot. */
  read(): Promise<void>;
  /** Writes something that matters to nobody; rejects where the engine cannot. */
  write(): Promise<void>;
  close(): Promise<void>;
}

export interface TablePlan {
  readonly name: string;
  readonly part: string | null;
  readonly unique: Readonly<Record<string, readonly string[]>>;
  readonly indexes: readonly (readonly string[])[];
}

/** A document as plain JSON. */
export interface Plain {
  readonly id: string;
  readonly [field: string]: unknown;
}

export type Scalar = string | number | boolean | null;

/** How many documents have each value of a field, whatever it is. */
export type ValueCounts = readonly (readonly [value: unknown, count: number])[];

/** One condition on a top-level field. A document fits when every test holds. */
export type Test =
  | { readonly field: string; readonly operator: '$eq' | '$lt' | '$lte' | '$gt' | '$gte'; readonly value: Scalar }
  | { readonly field: string; readonly operator: '$in'; readonly value: readonly Scalar[] };

export interface Selection {
  readonly tests: readonly Test[];
  /** Field and direction; the last one is always `id`, so that the order is complete. */
  readonly sort: readonly (readonly [field: string, direction: 1 | -1])[];
  readonly limit?: number;
}

/** A document as it was read; `state` tells the engine whether it has changed since. */
export interface Found {
  readonly document: Plain;
  readonly state: unknown;
}

/** What became of a write: the document's state from now on, or the unique key that it would have broken. */
export type Outcome = Pick<Found, 'state'> | { readonly breaks: string };

export interface Table {
  /** Durable once it resolves with its state; `breaks` names the unique key that stands in the way (`id` for the id). */
  insert(document: Plain): Promise<Outcome>;
  /** Documents that the caller may change: nobody else has them. */
  find(selection: Selection): Promise<Found[]>;
  count(tests: readonly Test[]): Promise<number>;
  /** By the value of the field, whatever it is; documents that fit are counted once each. */
  countBy(tests: readonly Test[], field: string): Promise<ValueCounts>;
  /** Puts the document in the place of the found one if that has not changed since; `breaks` names a unique key. */
  replace(found: Found, document: Plain): Promise<Outcome | 'changed'>;
  remove(tests: readonly Test[]): Promise<number>;
}
