import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import type { Store } from '../../src/storage/port';

/** A store of a test's own, with nothing in it. */
export interface TestStore {
  /** The store as it is open now. */
  readonly store: Store;
  /** Closes the store and opens it again over the same data, as a restart of the program would. */
  reopen(): Promise<Store>;
  /** Closes the store and removes all its data. */
  dispose(): Promise<void>;
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'lijw-store-'));
}

/** Real files in a temporary folder. */
export async function embeddedTestStore(): Promise<TestStore & { readonly folder: string }> {
  const folder = await temporaryFolder();
  let store = await openEmbeddedStore(folder);
  return {
    folder,
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await openEmbeddedStore(folder);
      return store;
    },
    async dispose() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
