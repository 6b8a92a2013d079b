import type { Application, Request, RequestHandler, Response } from 'express';
import { isRefusal } from '../shared/errors';
import { parseCookie } from 'cookie';
import { handle, htmlOf, type Handler } from './handle';
import { languageCookieName, languageOf } from './language';

/** How long a page that is the same for everybody is kept; what other processes change shows after it, at most. */
const keptFor = 1_000;
const mostPages = 500;

interface Kept {
  /** null: no page, or one that is not for everybody. */
  readonly html: Promise<string | null>;
  /** By the machine's steady clock, in milliseconds. */
  readonly until: number;
}

const pagesOf = new WeakMap<Application, Map<string, Kept>>();

/**
 * `handle` for a page that is the same for everybody who asks for this address in this language: many who come at once
 * share one. The handler sees a request without cookies (but the language's) and without a sign-in, so that nothing of
 * one person can be in it. In production only; elsewhere each is made anew.
 */
export function handleShared(handler: Handler): RequestHandler {
  const alone = handle(handler);
  return async (request, response, next) => {
    const pages = pagesOf.get(request.app);
    const html = pages === undefined ? null : await sharedPage(pages, request, handler);
    if (html === null) await alone(request, response, next);
    else sendForEverybody(html, response);
  };
}

/** A page that others get as well is still in no cache but ours. */
export function sendForEverybody(html: string | Buffer, response: Response): void {
  response.set('Cache-Control', 'no-store');
  response.type('html').send(html);
}

/**
 * The same for a page that tells whoever has been here before what is theirs: it is shared by those who send no cookie
 * but the language's. Whoever sends one gets a page made for them.
 */
export function handleSharedByStrangers(handler: Handler): RequestHandler {
  const [alone, shared] = [handle(handler), handleShared(handler)];
  return (request, response, next) => (isStranger(request) ? shared : alone)(request, response, next);
}

function isStranger({ headers }: Request): boolean {
  return Object.keys(parseCookie(headers.cookie ?? '')).every((name) => name === languageCookieName);
}

/** Keeps shared pages from now on, and forgets them with every request that may change something. */
export function keepSharedPages(app: Application): RequestHandler {
  const pages = new Map<string, Kept>();
  pagesOf.set(app, pages);
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      // At once, for what is being made now, and when it is done.
      pages.clear();
      for (const end of ['finish', 'close']) response.on(end, () => pages.clear());
    }
    next();
  };
}

function sharedPage(pages: Map<string, Kept>, request: Request, handler: Handler): Promise<string | null> {
  const key = JSON.stringify(sharedAddress(request));
  const now = performance.now();
  const known = pages.get(key);
  if (known !== undefined && known.until > now) return known.html;
  if (pages.size >= mostPages) pages.clear();
  const html = pageForEverybody(request, handler);
  pages.set(key, { html, until: now + keptFor });
  // A failure is told to whoever asked, and is not kept.
  html.catch(() => pages.delete(key));
  return html;
}

/** What tells one shared page from another: the site as it was asked for, the language and the address. */
export function sharedAddress(request: Request): readonly unknown[] {
  return [request.protocol, request.headers.host, languageOf(request), request.originalUrl];
}

/** The page that everybody gets; null where the handler shows none, or one that is not for everybody. */
export async function pageForEverybody(asked: Request, handler: Handler): Promise<string | null> {
  const request = withoutPerson(asked);
  const outcome = await handler(request);
  if (isRefusal(outcome) || outcome.kind !== 'page' || outcome.status !== 200) return null;
  return (outcome.cookies ?? outcome.refresh) ? null : htmlOf(outcome, request);
}

function withoutPerson(request: Request): Request {
  const headers = { ...request.headers, cookie: `${languageCookieName}=${languageOf(request)}` };
  delete headers.authorization;
  return Object.create(request, { headers: { value: headers } }) as Request;
}
