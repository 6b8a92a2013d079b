import type { Request, RequestHandler } from 'express';
import { handle, type Handler } from './handle';
import { pageForEverybody, sendForEverybody, sharedAddress } from './shared-pages';

/** As many as are kept, the ones that were asked for last: some 30 MB of reports. */
const mostPages = 50;

/**
 * `handle` for a page that is the same for everybody and stays as it is while what it shows does: it is made once.
 *
 * @param contentOf names all that the page shows beside its address and language, or says null where there is none; asked
 *   of the store at every request, so that what another process has withdrawn is shown by nobody any more
 */
export function handleLasting(
  contentOf: (request: Request) => Promise<string | null>,
  handler: Handler,
): RequestHandler {
  const alone = handle(handler);
  const pages = new Map<string, Promise<Buffer | null>>();

  async function pageOf(request: Request, content: string): Promise<Buffer | null> {
    const key = JSON.stringify([...sharedAddress(request), content]);
    const page = pages.get(key) ?? made(request);
    // The last one in the order of insertion is the one that goes last.
    pages.delete(key);
    pages.set(key, page);
    for (const oldest of pages.keys()) {
      if (pages.size <= mostPages) break;
      pages.delete(oldest);
    }
    // A failure is told to whoever asked, and is not kept; nor is what is no page.
    page.then(
      (html) => html ?? pages.delete(key),
      () => pages.delete(key),
    );
    return page;
  }

  async function made(request: Request): Promise<Buffer | null> {
    const html = await pageForEverybody(request, handler);
    return html === null ? null : Buffer.from(html);
  }

  return async (request, response, next) => {
    // Where views are read anew, pages are made anew.
    const content = request.app.enabled('view cache') ? await contentOf(request) : null;
    const html = content === null ? null : await pageOf(request, content);
    if (html === null) await alone(request, response, next);
    else sendForEverybody(html, response);
  };
}
