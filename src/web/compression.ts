import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler } from 'express';
import expressStaticGzip from 'express-static-gzip';
import { assetsFolder } from './assets';

/** Built files: each lies compressed beside itself (scripts/build), and its name changes with its content. */
export function serveAssets(): RequestHandler {
  return expressStaticGzip(assetsFolder, {
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    index: false,
    serveStatic: { maxAge: '365d', immutable: true, index: false },
  });
}

/**
 * Pages and other text, compressed as they are sent.
 *
 * The size of a compressed page tells what is in it to somebody who can put words of their own beside a secret and
 * watch the line many times (BREACH). Here nobody can: another site's requests carry no cookie of ours but for a plain
 * visit (`SameSite`), forms are accepted from our own pages only (`same-origin.ts`), there are no tokens in forms, and
 * what opens a session or a draft lives in cookies. Pages with somebody's answers or their code repeat nothing of the
 * address that they were asked for by (`test/web/survey/whose-page.test.ts`).
 */
export function compressPages(): RequestHandler {
  return compression({
    threshold: 1024,
    level: 6,
    // Quality 4 costs as much time as gzip and makes pages a tenth smaller.
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}
