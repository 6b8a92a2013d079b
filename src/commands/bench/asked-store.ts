import type { Collection, CollectionSpec, Store, Stored } from '../../storage/port';

/** One request to a store: `write` for those that change it. */
export interface StoreRequest {
  readonly collection: string;
  readonly operation: keyof Collection<Stored>;
  readonly write: boolean;
}

/** Makes a request of a store, or does something else in its place. */
export type AskStore = <Result>(asked: StoreRequest, request: () => Promise<Result>) => Promise<Result>;

/** A real store of which everything is asked through `ask`; that a part is dropped is a removal from `parts`. */
export function askedThrough(store: Store, ask: AskStore): Store {
  return {
    ...store,
    dropPart: (part) => ask({ collection: 'parts', operation: 'remove', write: true }, () => store.dropPart(part)),
    countByInParts: (spec, parts, filter, field) =>
      ask({ collection: spec.name, operation: 'countBy', write: false }, () =>
        store.countByInParts(spec, parts, filter, field),
      ),
    collection<Doc extends Stored>(spec: CollectionSpec<Doc>, part?: string): Collection<Doc> {
      const inner = store.collection(spec, part);
      const read = (operation: keyof Collection<Stored>) => ({ collection: spec.name, operation, write: false });
      const write = (operation: keyof Collection<Stored>) => ({ collection: spec.name, operation, write: true });
      return {
        insert: (document) => ask(write('insert'), () => inner.insert(document)),
        get: (id) => ask(read('get'), () => inner.get(id)),
        find: (filter, options) => ask(read('find'), () => inner.find(filter, options)),
        count: (filter) => ask(read('count'), () => inner.count(filter)),
        countBy: (filter, field) => ask(read('countBy'), () => inner.countBy(filter, field)),
        update: (id, edit, seen) => ask(write('update'), () => inner.update(id, edit, seen)),
        remove: (filter) => ask(write('remove'), () => inner.remove(filter)),
      };
    },
  };
}

/** A store so many milliseconds away, as MongoDB on another machine, with a journal on its disk, may be. */
export function distantStore(store: Store, milliseconds: number): Store {
  return askedThrough(store, async (_asked, request) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return request();
  });
}
