import type { ErrorRequestHandler, RequestHandler } from 'express';
import { translator } from '../locales/translate';
import { Failure, isStoreFailure } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { send } from './handle';
import { languageOf } from './language';
import { page } from './outcome';
import { openRoute, type WebLogs } from './request-log';

export function missingPage(): RequestHandler {
  return (request, response) => {
    const title = translator(languageOf(request))('common:errors.notFound.title');
    send(page('errors/not-found', { title }, 404), request, response);
  };
}

/** What the body parser refuses: the sender's doing, so not a fault of ours. */
function requestFault(error: unknown): { status: number; words: string } | null {
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return { status, words: 'tooLarge' };
  return typeof status === 'number' && status >= 400 && status < 500 ? { status, words: 'badRequest' } : null;
}

/**
 * A fault: logged under an id that the person sees, so that the two can be brought together without anything else. The
 * line carries codes and the stack's places; messages, which may quote what a respondent sent, only outside the survey.
 */
export function faultPage(logs: WebLogs, ids: Ids): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const t = translator(languageOf(request));
    const known = requestFault(error);
    if (known) {
      const title = t(`common:errors.${known.words}.title`);
      send(
        page('errors/message', { title, text: t(`common:errors.${known.words}.text`) }, known.status),
        request,
        response,
      );
      return;
    }
    const id = ids.shortCode(8);
    const faults = withCauses(error);
    const line = { errorId: id, code: faults.map(codeOf).join(' < '), stack: faults.map(placesOf).join('\n') };
    const route = openRoute(request);
    if (route === null) logs.survey.error(line);
    else logs.general.error({ ...line, route }, faults.map(({ message }) => message).join(' < '));
    if (isStoreFailure(error)) {
      response.set('Retry-After', '10');
      const title = t('common:errors.storeAway.title');
      send(page('errors/message', { title, text: t('common:errors.storeAway.text') }, 503), request, response);
      return;
    }
    send(page('errors/fault', { title: t('common:errors.fault.title'), id }, 500), request, response);
  };
}

/** The error and what it came from. */
function withCauses(error: unknown): Error[] {
  const fault = error instanceof Error ? error : new Error(String(error));
  return fault.cause instanceof Error ? [fault, ...withCauses(fault.cause)] : [fault];
}

/** Our own code, that of Node (ENOSPC), or the kind of error. */
function codeOf(fault: Error): string {
  const { code } = fault as { readonly code?: unknown };
  return fault instanceof Failure || typeof code === 'string' ? String(code) : fault.name;
}

/** The stack without the message above it. */
function placesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
