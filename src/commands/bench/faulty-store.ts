import type { Collection, CollectionSpec, Store, Stored } from '../../storage/port';
import { Failure } from '../../shared/errors';

/** Stands for a process that was killed: everything that it still asks for dies. */
export class Killed extends Error {}

/**
 * What happens to one request of a store: `killed` before it was made, `refused` by the store, or its reply `lost` after
 * it was made; null: nothing.
 */
export type Fault = 'killed' | 'refused' | 'lost' | null;

/** A real store whose requests fail as `next` says, each asked once. After `killed` nothing is done any more. */
export function faultyStore(store: Store, next: (write: boolean) => Fault): Store {
  let dead = false;

  async function ask<Result>(write: boolean, request: () => Promise<Result>): Promise<Result> {
    if (dead) throw new Killed();
    const fault = next(write);
    dead = fault === 'killed';
    if (fault === 'killed') throw new Killed();
    if (fault === 'refused') throw new Failure('store-failed', 'The store refuses.');
    const reply = await request();
    if (fault === 'lost') throw new Failure('store-unreachable', 'The reply was lost.');
    return reply;
  }

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
