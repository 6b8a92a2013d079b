import type { ErrorRequestHandler, Request } from 'express';
import type { MisuseKind } from '../../../collection/misuse-counts';
import { takesAnswers } from '../../../assessment/round';
import type { Services } from '../../services';

/** Counts what comes to a survey and is turned away before a page of it is asked for; other addresses count nothing. */
export async function countMisuse({ assessment, collection }: Services, path: string, kind: MisuseKind): Promise<void> {
  const code = /^\/survey\/([^/]{1,64})(\/|$)/.exec(path)?.[1];
  const round = code === undefined ? null : await assessment.rounds.byLinkCode(code.toLowerCase());
  if (round !== null && takesAnswers(round)) collection.misuse.add(round.id, kind);
}

/** Bodies that no page sends. */
export function countTooLarge(services: Services): ErrorRequestHandler {
  return async (error: unknown, request: Request, _response, next) => {
    if ((error as { status?: unknown } | null)?.status === 413) await countMisuse(services, request.path, 'too-large');
    next(error);
  };
}
