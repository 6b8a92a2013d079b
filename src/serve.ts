import { createServer } from 'node:http';
import type { Application } from './compose';
import { Failure, ProblemsFound } from './shared/errors';
import { listenOnFreePort, type Listening } from './web/listen';

/**
 * Listens with an application and gives its address. SIGINT, SIGTERM and SIGHUP stop it cleanly: requests under way are
 * finished, the store and the browser let go, exit code 0.
 */
export async function serve(application: Application, listening: Listening): Promise<string> {
  const server = createServer((request, response) => void application.app(request, response));
  const port = await listenOnFreePort(server, listening);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    // Requests under way get a moment; a browser that keeps its connection open must not hold us.
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
    void ended.then(() => application.close()).then(() => process.exit(0), failStart);
  };
  // A terminal and npm may both pass the same Ctrl-C on, so it can come twice.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return `http://localhost:${port}`;
}

/** Says in words why the program cannot go on, and ends it with exit code 1. */
export function failStart(error: unknown): never {
  if (error instanceof ProblemsFound) {
    for (const { file, pointer, message } of error.problems) {
      process.stderr.write(`${[file, pointer].filter(Boolean).join('#')}: ${message}\n`);
    }
  } else {
    process.stderr.write(`${error instanceof Failure ? error.message : String((error as Error).stack)}\n`);
  }
  process.exit(1);
}
