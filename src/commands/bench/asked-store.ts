import type { Collection, CollectionSpec, Store, Stored } from '../../storage/port';

/** Makes a request of a store, or does something else in its place. */
export type AskStore = <Result>(write: boolean, request: () => Promise<Result>) => Promise<Result>;

/** A real store of which everything is asked through `ask`. */
export function askedThrough(store: Store, ask: AskStore): Store {
  return {
    ...store,
    dropPart: (part) => ask(true, () => store.dropPart(part)),
    collection<Doc extends Stored>(spec: CollectionSpec<Doc>, part?: string): Collection<Doc> {
      const inner = store.collection(spec, part);
      return {
        insert: (document) => ask(true, () => inner.insert(document)),
        get: (id) => ask(false, () => inner.get(id)),
        find: (filter, options) => ask(false, () => inner.find(filter, options)),
        count: (filter) => ask(false, () => inner.count(filter)),
        countBy: (filter, field) => ask(false, () => inner.countBy(filter, field)),
        update: (id, edit, seen) => ask(true, () => inner.update(id, edit, seen)),
        remove: (filter) => ask(true, () => inner.remove(filter)),
      };
    },
  };
}

/** A store so many milliseconds away, as MongoDB on another machine, with a journal on its disk, may be. */
export function distantStore(store: Store, milliseconds: number): Store {
  return askedThrough(store, async (_write, request) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return request();
  });
}
