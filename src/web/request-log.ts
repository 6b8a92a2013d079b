import type { Request, RequestHandler } from 'express';
import { pino, type Logger } from 'pino';
import { dayOf, type Clock } from '../shared/clock';
import type { WebConfig } from './config';

/**
 * The web log. What may be written is decided by the route that answered, never by the address as it was typed: a line
 * carries the route's pattern, so no code, no private link and nothing mistyped can get into it. No line carries a
 * network address or a browser.
 *
 * Survey pages promise anonymity: their requests write no line at all, and a failure of theirs carries the day instead
 * of the moment. What no route answered may have been meant for a survey, and is treated like one.
 */
export interface WebLogs {
  readonly general: Logger;
  /** For failures of survey pages. */
  readonly survey: Logger;
}

export function webLogs(clock: Clock, { logLevel, logTo }: Pick<WebConfig, 'logLevel' | 'logTo'>): WebLogs {
  const make = (timestamp: () => string): Logger =>
    pino({ base: null, timestamp, level: logLevel ?? 'info' }, logTo ?? pino.destination(1));
  return {
    general: make(() => `,"time":"${clock().toISOString()}"`),
    survey: make(() => `,"day":"${dayOf(clock())}"`),
  };
}

/** Pattern of the route that answers this request; null where none does, or one of the survey. */
export function openRoute(request: Request): string | null {
  // Routes are registered with full patterns, so the pattern alone says which part of the site it is.
  const pattern = (request.route as { readonly path?: unknown } | undefined)?.path;
  return typeof pattern === 'string' && !pattern.startsWith('/survey') ? pattern : null;
}

/** One line a request, once it has been answered. */
export function logRequests({ general }: WebLogs): RequestHandler {
  return (request, response, next) => {
    const started = process.hrtime.bigint();
    response.on('finish', () => {
      const route = openRoute(request);
      if (route === null) return;
      const ms = Number((process.hrtime.bigint() - started) / 1_000_000n);
      general.info({ method: request.method, route, status: response.statusCode, ms });
    });
    next();
  };
}
