import { createServer } from 'node:http';
import { compose } from './compose';
import { readConfig } from './config';
import { Failure, ProblemsFound } from './shared/errors';
import { listenOnFreePort } from './web/listen';

/** Starts the application and stops it cleanly; the only file that listens. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const application = await compose(config);
  const server = createServer((request, response) => void application.app(request, response));
  const port = await listenOnFreePort(server, config.port);
  process.stdout.write(`http://localhost:${port}\n`);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    // Requests under way get a moment; a browser that keeps its connection open must not hold us.
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
    void ended.then(() => application.close()).then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): void {
  if (error instanceof ProblemsFound) {
    for (const { file, pointer, message } of error.problems) {
      process.stderr.write(`${[file, pointer].filter(Boolean).join('#')}: ${message}\n`);
    }
  } else {
    process.stderr.write(`${error instanceof Failure ? error.message : String((error as Error).stack)}\n`);
  }
  process.exit(1);
}

main().catch(fail);
