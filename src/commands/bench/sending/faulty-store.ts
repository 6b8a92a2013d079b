import type { Collection, CollectionSpec, Store, Stored } from '../../../storage/port';

/** What happens to one change that is asked of a store: nothing of it is done, or its acknowledgement is lost. */
export type Fault = 'refused' | 'unacknowledged' | null;

/** As the code sees a store that is away, or a process that ends there. */
export class FaultStruck extends Error {}

/** A store whose changes fail as `next` says; reads do not. */
export function faultyStore(store: Store, next: () => Fault): Store {
  async function strike<Result>(change: () => Promise<Result>): Promise<Result> {
    const fault = next();
    if (fault === 'refused') throw new FaultStruck();
    const result = await change();
    if (fault === 'unacknowledged') throw new FaultStruck();
    return result;
  }
  return {
    ...store,
    collection<Doc extends Stored>(spec: CollectionSpec<Doc>, part?: string): Collection<Doc> {
      const inner = store.collection(spec, part);
      return {
        ...inner,
        insert: (document) => strike(() => inner.insert(document)),
        update: (id, edit, seen) => strike(() => inner.update(id, edit, seen)),
        remove: (filter) => strike(() => inner.remove(filter)),
      };
    },
  };
}
