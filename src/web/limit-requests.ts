import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { translator } from '../locales/translate';
import { send } from './handle';
import { languageOf } from './language';
import { page } from './outcome';

/**
 * Most forms one address may send in a minute. A whole office, or a training where everybody answers at once, shares
 * one address, so this only stops a flood. Addresses are counted in memory for that minute and written nowhere.
 */
const mostForms = 3000;

export function limitForms(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: mostForms,
    standardHeaders: false,
    legacyHeaders: false,
    skip: ({ method }) => method === 'GET' || method === 'HEAD',
    handler: (request, response) => {
      const t = translator(languageOf(request));
      const [title, text] = [t('common:errors.tooMany.title'), t('common:errors.tooMany.text')];
      send(page('errors/message', { title, text }, 429), request, response);
    },
  });
}
