import { createConnection, type Connection } from 'mongoose';
import { openStore } from '../common/store';
import type { Store } from '../port';
import { asking, openFailure } from './failures';
import { openTable } from './table';

export interface MongoOptions {
  /** How long to wait for the server at the start, in milliseconds. */
  readonly waitFor?: number;
  /** How long one request may take before it fails with `store-unreachable`, in milliseconds. */
  readonly requestLimit?: number;
  /** Told, in an English sentence, that the server is waited for. */
  readonly notice?: (message: string) => void;
}

/**
 * Opens a MongoDB database (4.4 or newer; a single server is enough) as a store, on a connection of its own. A write is
 * acknowledged by a majority of the servers, from their journals; a read sees nothing that is less safe than that.
 * Throws `Failure('store-unreachable')` when no server answers in time or it does not let us in. Later on the driver
 * finds a server again by itself.
 */
export async function openMongoStore(uri: string, options: MongoOptions = {}): Promise<Store> {
  const { requestLimit = 5_000 } = options;
  const connection = await connect(uri, requestLimit, options);

  const ask = asking(requestLimit);
  const database = () => connection.getClient().db(connection.name);
  const partsNow = async () => {
    const all = await database().listCollections({}, { nameOnly: true }).toArray();
    return all.flatMap(({ name }) => (name.includes('.') ? [{ name, part: name.slice(name.indexOf('.') + 1) }] : []));
  };

  return openStore({
    table: (plan) => openTable(plan, connection, ask),
    dropPart: (part) =>
      ask(async () => {
        const own = (await partsNow()).filter((one) => one.part === part);
        for (const { name } of own) await database().dropCollection(name);
      }),
    parts: () => ask(async () => [...new Set((await partsNow()).map(({ part }) => part))].sort()),
    tidy: () => Promise.resolve(),
    read: () =>
      ask(async () => {
        await database().collection('checks').findOne({});
      }),
    write: () =>
      ask(async () => {
        await database()
          .collection('checks')
          .updateOne({ kind: 'write' }, { $set: { kind: 'write' } }, { upsert: true });
      }),
    close: () => connection.close(),
  });
}

/** Tries until the server answers or the time is over. What is wrong with the address or the password ends it at once. */
async function connect(uri: string, requestLimit: number, { waitFor = 0, notice }: MongoOptions): Promise<Connection> {
  const until = Date.now() + waitFor;
  for (;;) {
    const connection = createConnection();
    try {
      return await connection.openUri(uri, {
        serverSelectionTimeoutMS: requestLimit,
        connectTimeoutMS: requestLimit,
        // A connection on which a server stands still is given up, so that the driver makes a new one.
        socketTimeoutMS: requestLimit,
        writeConcern: { w: 'majority', journal: true },
        readConcernLevel: 'majority',
        bufferCommands: false,
        autoCreate: false,
        autoIndex: false,
      });
    } catch (error) {
      await connection.close(true).catch(() => undefined);
      const { name } = error as Error;
      if (!/ServerSelection|Network|Timeout/.test(name) || Date.now() >= until) throw openFailure(error);
      const seconds = Math.ceil((until - Date.now()) / 1000);
      notice?.(`${openFailure(error).message} Waiting for it, ${seconds} seconds at most.`);
      // A refused connection fails at once: not more than one try a second.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
