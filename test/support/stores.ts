import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import { openMongoStore } from '../../src/storage/mongo/open';
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

/**
 * Real files in a temporary folder, as in use but for the wait for the disk at each change.
 *
 * @param like folder of a closed store that this one begins as a copy of
 */
export async function embeddedTestStore(like?: string): Promise<TestStore & { readonly folder: string }> {
  const folder = await temporaryFolder();
  if (like !== undefined) await cp(like, folder, { recursive: true });
  const open = (): Promise<Store> => openEmbeddedStore(folder, { durable: false });
  let store = await open();
  return {
    folder,
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async dispose() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the server of the URI, dropped when the test is done with it. */
export async function mongoTestStore(uri: string): Promise<TestStore & { readonly uri: string }> {
  const address = new URL(uri);
  const name = address.pathname.slice(1) || 'lijw';
  address.pathname = `/${name}-${randomBytes(6).toString('hex')}`;
  const own = address.href;
  let store = await openMongoStore(own);
  return {
    uri: own,
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await openMongoStore(own);
      return store;
    },
    async dispose() {
      await store.close();
      const connection = await createConnection(own).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** On the server of MONGODB_URI where one is set, else on the embedded engine: for what has to hold on both. */
export function eitherTestStore(): Promise<TestStore> {
  const uri = process.env.MONGODB_URI;
  return uri === undefined || uri === '' ? embeddedTestStore() : mongoTestStore(uri);
}
