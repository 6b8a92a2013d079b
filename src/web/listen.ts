import type { Server } from 'node:http';
import { Failure } from '../shared/errors';

/** How many ports after the wanted one are tried. */
const tries = 50;

/** Where to listen. */
export interface Listening {
  readonly host: string;
  /** 0 takes any. */
  readonly port: number;
  /** Whether this port and no other will do; otherwise the first free one after it is taken. */
  readonly portIsSet: boolean;
}

/** Gives the port that it listens on; throws `Failure('port-taken')` where there is none. */
export async function listenOnFreePort(server: Server, { host, port: wanted, portIsSet }: Listening): Promise<number> {
  const last = portIsSet ? wanted : Math.min(wanted + tries, 65_535);
  for (let port = wanted; ; port += 1) {
    try {
      return await listen(server, host, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (port >= last) {
        const ports = port === wanted ? `Port ${port} is` : `The ports ${wanted} to ${port} are`;
        throw new Failure('port-taken', `${ports} in use by other programs. Set PORT to a free one.`, { cause: error });
      }
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
