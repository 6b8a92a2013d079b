import type { RequestHandler } from 'express';
import { translator } from '../locales/translate';
import { send } from './handle';
import { languageOf } from './language';
import { page } from './outcome';

/**
 * Refuses forms that another site sends in a signed-in person's name. The browser itself says where a request comes
 * from (`Sec-Fetch-Site`; older ones `Origin`), so no form needs a token: no form expires while somebody thinks about
 * an answer, nothing has to be stored for a respondent before the first answer, and it works without JavaScript.
 * Cookies are SameSite=Lax besides. A client that sends neither header is no browser and carries nobody's cookies.
 */
export function requireSameOrigin(baseUrl: string | null): RequestHandler {
  const ourOrigin = baseUrl === null ? null : new URL(baseUrl).origin;
  return (request, response, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) {
      next();
      return;
    }
    const site = request.get('Sec-Fetch-Site');
    const origin = request.get('Origin');
    const here = `${request.protocol}://${request.get('Host') ?? ''}`;
    const allowed =
      site === undefined
        ? origin === undefined || origin === here || origin === ourOrigin
        : site === 'same-origin' || site === 'none';
    if (allowed) {
      next();
      return;
    }
    const t = translator(languageOf(request));
    send(
      page(
        'errors/message',
        { title: t('common:errors.crossSite.title'), text: t('common:errors.crossSite.text') },
        403,
      ),
      request,
      response,
    );
  };
}
