import type { Request, Router } from 'express';
import type { Language } from '../../../locales/translate';
import type { Programme } from '../../../programme/document/programme';
import { handle, type Handler } from '../../handle';
import { languageOf } from '../../language';
import { notFound, page, type Outcome } from '../../outcome';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { progressModel, recordsModel, seenByPublic } from './progress-pages';
import { startModel } from './start-page';

/** What everybody may see of programmes: what each is, and how far it has come, without names of units. */
export function programmeRoutes(services: Services): Router {
  const router = addressTable();
  const one = withProgramme(services);

  router.get(
    '/programmes/:programme',
    handle(
      one(async (_request, programme, language) =>
        page('programme/start', await startModel(services, programme, language)),
      ),
    ),
  );
  router.get(
    '/programmes/:programme/progress',
    handle(
      one(async (_request, programme, language) =>
        page('programme/progress', await progressModel(services, programme, language, 'public')),
      ),
    ),
  );
  router.get(
    '/programmes/:programme/progress/:activity',
    handle(
      one(async (request, programme, language) => {
        const model = await recordsModel(services, programme, request, language, 'public', seenByPublic);
        return model ? page('programme/records', model) : notFound();
      }),
    ),
  );
  return router;
}

function withProgramme(services: Services) {
  return (handler: (request: Request, programme: Programme, language: Language) => Promise<Outcome>): Handler =>
    (request) => {
      const programme = services.programmes.get(String(request.params['programme']));
      return programme ? handler(request, programme, languageOf(request)) : notFound();
    };
}
