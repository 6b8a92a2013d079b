import type { Collection, CollectionSpec, Store, Stored } from './port';

/** Says whether anything has changed, for all processes, without reading it. */
export interface ChangeMark {
  /** Another text after every change; read it before what is read under it. */
  current(): Promise<string>;
}

interface Mark extends Stored {
  readonly changes: number;
}

export const changeMarksSpec: CollectionSpec<Mark> = {
  name: 'change-marks',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'changes'],
    properties: { id: { type: 'string' }, changes: { type: 'integer', minimum: 1 } },
  },
};

/**
 * The store, and a mark that goes on after every change to its collections made through it (parts are left out). The
 * mark follows the change: whoever stops between the two leaves an old mark on new data, so what is kept under a mark is
 * kept for a short time only (`keptWhileUnchanged`).
 *
 * @param name of the mark: who shares it sees each other's changes
 * @param marked the collections that it is about; left out: all
 */
export function markingChanges(
  store: Store,
  name: string,
  marked?: readonly Pick<CollectionSpec<Stored>, 'name'>[],
): { readonly store: Store; readonly mark: ChangeMark } {
  const marks = store.collection(changeMarksSpec);

  async function goOn(): Promise<void> {
    const next = (one: Mark): Mark => ({ ...one, changes: one.changes + 1 });
    if ((await marks.update(name, next)) !== null) return;
    if (!(await marks.insert({ id: name, changes: 1 })).inserted) await marks.update(name, next);
  }
  /** What was changed is changed: a mark that cannot follow must not say otherwise. */
  const changed = async <Result>(result: Result, hasChanged: boolean): Promise<Result> => {
    if (hasChanged) await goOn().catch(() => undefined);
    return result;
  };

  const markingStore: Store = {
    ...store,
    collection<Doc extends Stored>(spec: CollectionSpec<Doc>, part?: string): Collection<Doc> {
      const inner = store.collection(spec, part);
      if (part !== undefined || marked?.every((one) => one.name !== spec.name)) return inner;
      return {
        ...inner,
        insert: async (document) => {
          const result = await inner.insert(document);
          return changed(result, result.inserted);
        },
        update: async (id, edit, seen) => {
          const result = await inner.update(id, edit, seen);
          return changed(result, result !== null);
        },
        remove: async (filter) => {
          const result = await inner.remove(filter);
          return changed(result, result > 0);
        },
      };
    },
  };
  return {
    store: markingStore,
    mark: { current: async () => String((await marks.get(name))?.changes ?? 0) },
  };
}

/** Goes on with each of them. */
export function jointMark(marks: readonly ChangeMark[]): ChangeMark {
  return { current: async () => (await Promise.all(marks.map((mark) => mark.current()))).join(' ') };
}

/** Longest that anything is kept, in milliseconds, should a mark have been lost. */
const keptFor = 10_000;
const mostKept = 50;

/**
 * Work on what lies in the store, done anew only after a change. Many who ask at once share it; a failure is not kept.
 *
 * @param keyOf a text that is the same for the same inputs and for no others
 */
export function keptWhileUnchanged<Inputs extends readonly unknown[], Result>(
  mark: ChangeMark,
  keyOf: (...inputs: Inputs) => string,
  work: (...inputs: Inputs) => Promise<Result>,
): (...inputs: Inputs) => Promise<Result> {
  const kept = new Map<string, { readonly mark: string; readonly until: number; readonly result: Promise<Result> }>();
  return async (...inputs) => {
    const key = keyOf(...inputs);
    const now = await mark.current();
    const known = kept.get(key);
    if (known?.mark === now && known.until > performance.now()) return known.result;
    const result = work(...inputs);
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, { mark: now, until: performance.now() + keptFor, result });
    result.catch(() => kept.delete(key));
    return result;
  };
}
