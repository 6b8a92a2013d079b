import { askedThrough, type StoreRequest } from '../../src/commands/bench/asked-store';
import type { Store } from '../../src/storage/port';

/**
 * A real store with something in front of it: `before` runs ahead of every request and may hold it back, or throw as a
 * process that dies there would.
 */
export function interposed(store: Store, before: (request: StoreRequest) => Promise<void> | void): Store {
  return askedThrough(store, async (asked, request) => {
    await before(asked);
    return request();
  });
}
