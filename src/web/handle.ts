import { pipeline } from 'node:stream/promises';
import { create as contentDisposition } from 'content-disposition';
import type { Request, RequestHandler, Response } from 'express';
import { hasWords, isLanguage, translator } from '../locales/translate';
import { isRefusal, type Refusal } from '../shared/errors';
import { cookieHeader } from './cookies';
import { languageOf, languageLinks } from './language';
import { page, type FileBody, type FileOutcome, type Outcome, type PageModel, type PageOutcome } from './outcome';
import { statusOfRefusal } from './refusals';

/** Looks at a request and decides what happens. A refusal that it returns unhandled becomes a page of its own. */
export type Handler = (request: Request) => Outcome | Refusal | Promise<Outcome | Refusal>;

/** The one place where outcomes become HTTP. */
export function handle(handler: Handler): RequestHandler {
  return async (request, response, next) => {
    const outcome = await handler(request);
    if (isRefusal(outcome)) send(refusedPage(request, outcome), request, response);
    else if (outcome.kind === 'not-found') next();
    else send(outcome, request, response);
  };
}

export function send(outcome: Exclude<Outcome, { kind: 'not-found' }>, request: Request, response: Response): void {
  if ('cookies' in outcome) {
    for (const cookie of outcome.cookies ?? []) response.append('Set-Cookie', cookieHeader(cookie, request));
  }
  // Answers, sign-ins and figures must not stay in the browser's or a proxy's cache.
  response.set('Cache-Control', 'no-store');
  if ('validator' in outcome) {
    // Weak: the same content may come compressed.
    response.set({ 'Cache-Control': 'public, no-cache', ETag: `W/"${outcome.validator}"` });
  }
  switch (outcome.kind) {
    case 'page':
      if (outcome.refresh) response.set('Refresh', `${outcome.refresh.seconds}; url=${outcome.refresh.path}`);
      response.status(outcome.status).render(outcome.view, pageLocals(outcome.model, request));
      return;
    case 'redirect':
      if (outcome.secretAddress) response.set('Referrer-Policy', 'no-referrer');
      response.redirect(303, outcome.path);
      return;
    case 'file':
      response.type(outcome.type);
      response.set('Content-Disposition', contentDisposition(outcome.name, dispositionOf(outcome)));
      sendBody(outcome.body, response);
      return;
    case 'json':
      if (outcome.type !== undefined) response.type(outcome.type);
      response.status(outcome.status).json(outcome.body);
      return;
  }
}

/** A page as it is sent, in the language of the request. */
export function htmlOf({ view, model }: PageOutcome, request: Request): Promise<string> {
  return new Promise((resolve, reject) => {
    request.app.render(view, pageLocals(model, request), (error, html) =>
      (error as Error | null) === null ? resolve(html) : reject(error),
    );
  });
}

/** What is removed while it is sent ends the connection: half a file must not look whole. */
function sendBody(body: FileBody, response: Response): void {
  if (typeof body === 'string' || Buffer.isBuffer(body)) response.send(body);
  else void pipeline(body, response).catch(() => response.destroy());
}

/** What every layout reads beside the page's own model. */
function pageLocals(model: PageModel, request: Request): Record<string, unknown> {
  const language = isLanguage(model['language']) ? model['language'] : languageOf(request);
  const staffPage = request.path.startsWith('/staff');
  return { ...model, language, staffPage, languageLinks: languageLinks(request, language, model) };
}

function refusedPage(request: Request, { refused, details }: Refusal): Outcome & { kind: 'page' } {
  const language = languageOf(request);
  const t = translator(language);
  const key = hasWords(language, `refusals:${refused}`) ? `refusals:${refused}` : 'refusals:general';
  const title = t('common:errors.refused.title');
  return page('errors/message', { title, text: t(key, details) }, statusOfRefusal(refused));
}

/** A plain name for old programs stands beside the real one. */
function dispositionOf({ name, inline }: FileOutcome): { readonly type: string; readonly fallback: string } {
  return { type: inline === true ? 'inline' : 'attachment', fallback: name.replace(/[^\x20-\x7e]|["\\/]/g, '_') };
}
