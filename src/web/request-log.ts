import type { RequestHandler } from 'express';
import { pino, type Logger } from 'pino';
import type { Clock } from '../shared/clock';
import { dayOf } from '../shared/clock';
import type { WebConfig } from './config';

/**
 * The web log. Survey pages promise anonymity (method §5), so their lines carry the method, the pattern of the address
 * (never the address itself), the status and the day: no network address, no token, no browser, no hour. The other
 * lines carry the path and the moment as well, and no network address either.
 */
export interface WebLogs {
  readonly general: Logger;
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

export function isSurveyPath(path: string): boolean {
  return path === '/survey' || path.startsWith('/survey/');
}

/** The private link of a registration opens it, so no log may hold it. */
function withoutSecrets(path: string): string {
  return path.replace(/^\/registrations\/[^/]+/, '/registrations/…');
}

/** One line a request, once it has been answered. Routes are registered with full patterns, so the route is known. */
export function logRequests(logs: WebLogs): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request;
    const started = process.hrtime.bigint();
    response.on('finish', () => {
      const route = (request.route as { path?: unknown } | undefined)?.path;
      const { statusCode: status } = response;
      if (isSurveyPath(path)) {
        logs.survey.info({ method, route: typeof route === 'string' ? route : '/survey/*', status });
      } else {
        const ms = Number((process.hrtime.bigint() - started) / 1_000_000n);
        logs.general.info({ method, path: withoutSecrets(path), status, ms });
      }
    });
    next();
  };
}
