import { createConnection } from 'mongoose';
import { openStore } from '../common/store';
import type { Store } from '../port';
import { openFailure } from './failures';
import { modelOf } from './model';
import { openTable } from './table';

/**
 * Opens a MongoDB database (4.4 or newer; a single server is enough) as a store, on a connection of its own. A write is
 * acknowledged by a majority of the servers, from their journals; a read sees nothing that is less safe than that.
 * Throws `Failure('store-unreachable')` when no server answers within ten seconds (or
 * what `serverSelectionTimeoutMS` in the address says) or it does not let us in.
 */
export async function openMongoStore(uri: string): Promise<Store> {
  const connection = createConnection();
  try {
    await connection.openUri(uri, {
      ...(/[?&]serverSelectionTimeoutMS=/i.test(uri) ? {} : { serverSelectionTimeoutMS: 10_000 }),
      writeConcern: { w: 'majority', journal: true },
      readConcernLevel: 'majority',
      bufferCommands: false,
      autoCreate: false,
      autoIndex: false,
    });
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw openFailure(error);
  }
  const requests = new Set<Promise<unknown>>();

  /** Keeps track of what is under way, since closing a connection breaks it off. */
  function tracked<Result>(request: Promise<Result>): Promise<Result> {
    requests.add(request);
    const done = (): unknown => requests.delete(request);
    request.then(done, done);
    return request;
  }

  return openStore({
    table: (plan) => openTable(plan, modelOf(connection, plan), tracked),
    async close() {
      await Promise.allSettled(requests);
      await connection.close();
    },
  });
}
