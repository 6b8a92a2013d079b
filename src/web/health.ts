import type { RequestHandler } from 'express';
import { isStoreFailure } from '../shared/errors';

/** How long the store may take to answer, in milliseconds. */
const longestWait = 3_000;

/**
 * Whether the program can do its work: 200, or 503 when the store cannot be asked or its last write failed and a new try
 * fails too. Plain words, or JSON for those who ask for it: `{ "ok": true }`, `{ "ok": false, "code", "message" }`, where
 * `code` is that of the store's failure. Nothing of it is logged: the request that met the failure was.
 */
export function health(store: { check(): Promise<void> }): RequestHandler {
  return async (_request, response) => {
    const trouble = await troubleOf(store);
    response.set('Cache-Control', 'no-store').status(trouble === null ? 200 : 503);
    response.format({
      text: () =>
        response.send(trouble === null ? 'ok' : `The data store cannot be used (${trouble.code}). ${trouble.message}`),
      json: () => response.json(trouble === null ? { ok: true } : { ok: false, ...trouble }),
    });
  };
}

async function troubleOf(store: { check(): Promise<void> }): Promise<{ code: string; message: string } | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), longestWait);
  });
  try {
    const answer = await Promise.race([store.check(), late]);
    return answer === 'late' ? { code: 'store-slow', message: 'It has not answered in time.' } : null;
  } catch (error) {
    // Where the files lie is nobody's business who asks from outside.
    return isStoreFailure(error)
      ? { code: error.code, message: 'The log of the program says why.' }
      : { code: 'store-failed', message: 'It failed in a way that is not known.' };
  } finally {
    clearTimeout(timer);
  }
}
