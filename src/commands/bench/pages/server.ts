import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { compose } from '../../../compose';
import { readConfig } from '../../../config';
import { seedPublications } from '../../../demo/publish';
import { seedAssessments } from '../../../demo/seed';
import { installationKeyOf } from '../../../installation-key';
import { demoProgramme, seedProgrammeDemo } from '../../../demo/programme';
import { compressPages } from '../../../web/compression';

/** What the bench asks the process that serves: bytes to be served as they are. */
export interface ConstantAnswer {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

/** What it says once it listens: the ports of the application and of the constant routes. */
export interface Listening {
  readonly application: number;
  readonly constant: number;
}

/**
 * A process of its own that serves the application over the demo's data, and beside it an Express application whose
 * routes answer with constant bytes behind the same compression. `DATA_DIR` is removed by whoever started it.
 */
async function main(): Promise<void> {
  const config = readConfig({
    ...process.env,
    NODE_ENV: 'production',
    MONGODB_URI: '',
    LOG_LEVEL: 'silent',
    JOBS_AT_ONCE: '0',
  });
  const application = await compose(config, [demoProgramme]);
  await seedAssessments(application.store, application.instruments, await installationKeyOf(config));
  await seedProgrammeDemo(application.store);
  await seedPublications(application);
  const constants = express();
  constants.disable('x-powered-by');
  constants.disable('etag');
  constants.use(compressPages());
  process.on('message', (asked: ConstantAnswer | 'cpu') => {
    if (asked === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.((user + system) / 1000);
      return;
    }
    const { path, type, body } = asked;
    constants.get(path, (_request, response) => void response.type(type).send(body));
    process.send?.('ready');
  });
  const listening: Listening = {
    application: await listen(createServer((request, response) => void application.app(request, response))),
    constant: await listen(createServer((request, response) => void constants(request, response))),
  };
  process.on('disconnect', () => void application.close().then(() => process.exit(0)));
  process.send?.(listening);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

void main();
