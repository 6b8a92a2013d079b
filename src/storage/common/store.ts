import { Failure } from '../../shared/errors';
import type { Collection, CollectionSpec, Store, Stored } from '../port';
import { openCollection } from './collection';
import type { Engine } from './engine';
import { misuse } from './requests';

/** The store that the domain sees, over one engine. */
export function openStore(engine: Engine): Store {
  const opened = new Map<string, { spec: unknown; collection: unknown }>();
  let closing: Promise<void> | null = null;

  function assertOpen(): void {
    if (closing !== null) throw new Failure('store-closed', 'The store has been closed.');
  }

  return {
    collection<Doc extends Stored>(spec: CollectionSpec<Doc>): Collection<Doc> {
      assertOpen();
      const known = opened.get(spec.name);
      // Two declarations of one table would each check by their own rules.
      if (known && known.spec !== spec) throw misuse(`The collection "${spec.name}" is declared twice.`);
      if (known) return known.collection as Collection<Doc>;
      const collection = openCollection(spec, engine, assertOpen);
      opened.set(spec.name, { spec, collection });
      return collection;
    },
    close: () => (closing ??= engine.close()),
  };
}
