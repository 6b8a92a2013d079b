import type { Collection, CollectionSpec, Store, Stored } from '../../src/storage/port';

/** One request to a store: `write` for those that change it. */
export interface StoreRequest {
  readonly collection: string;
  readonly operation: keyof Collection<Stored>;
  readonly write: boolean;
}

/**
 * A real store with something in front of it: `before` runs ahead of every request and may hold it back, or throw as a
 * process that dies there would.
 */
export function interposed(store: Store, before: (request: StoreRequest) => Promise<void> | void): Store {
  return {
    ...store,
    async dropPart(part) {
      await before({ collection: 'parts', operation: 'remove', write: true });
      await store.dropPart(part);
    },
    collection<Doc extends Stored>(spec: CollectionSpec<Doc>, part?: string): Collection<Doc> {
      const inner = store.collection(spec, part);
      const ask = async (operation: keyof Collection<Stored>) => {
        const write = operation === 'insert' || operation === 'update' || operation === 'remove';
        await before({ collection: spec.name, operation, write });
      };
      return {
        insert: async (document) => (await ask('insert'), inner.insert(document)),
        get: async (id) => (await ask('get'), inner.get(id)),
        find: async (filter, options) => (await ask('find'), inner.find(filter, options)),
        count: async (filter) => (await ask('count'), inner.count(filter)),
        countBy: async (filter, field) => (await ask('countBy'), inner.countBy(filter, field)),
        update: async (id, edit, seen) => (await ask('update'), inner.update(id, edit, seen)),
        remove: async (filter) => (await ask('remove'), inner.remove(filter)),
      };
    },
  };
}
