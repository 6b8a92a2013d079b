import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../config';
import { openEmbeddedStore } from '../../storage/embedded/open';
import { openMongoStore } from '../../storage/mongo/open';
import type { Store } from '../../storage/port';

/**
 * The store that is measured: the database of MONGODB_URI where that is set (an empty one: nothing is removed from it),
 * else SQLite in a folder of its own, which goes with `close`.
 */
export async function openBenchStore(): Promise<Store> {
  const { mongodbUri } = readConfig(process.env);
  if (mongodbUri !== null) return openMongoStore(mongodbUri);
  const folder = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
  const store = await openEmbeddedStore(folder);
  return {
    ...store,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
