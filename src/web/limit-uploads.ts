import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { translator } from '../locales/translate';
import { send } from './handle';
import { languageOf } from './language';
import { page } from './outcome';

/** Files of one person that may be on their way at once: each is held in memory whole. */
const mostAtOnce = 2;
/** Files that one person may send in ten minutes. */
const most = 40;

/** Keeps one signed-in person's files from filling the memory. Stands before the bodies are read. */
export function limitUploads(): RequestHandler {
  const sent = new RateLimiterMemory({ points: most, duration: 600 });
  const underWay = new Map<string, number>();
  return async (request, response, next) => {
    const person = request.session.signIn?.accountId;
    if (person === undefined || !request.is('multipart/form-data')) {
      next();
      return;
    }
    const now = underWay.get(person) ?? 0;
    const within = now < mostAtOnce && (await sent.consume(person).then(() => true, isOver));
    if (!within) {
      const t = translator(languageOf(request));
      const [title, text] = [t('common:errors.tooManyFiles.title'), t('common:errors.tooManyFiles.text')];
      send(page('errors/message', { title, text }, 429), request, response);
      return;
    }
    underWay.set(person, (underWay.get(person) ?? 0) + 1);
    response.once('close', () => underWay.set(person, (underWay.get(person) ?? 1) - 1));
    next();
  };
}

function isOver(refused: unknown): boolean {
  if (refused instanceof RateLimiterRes) return false;
  throw refused;
}
