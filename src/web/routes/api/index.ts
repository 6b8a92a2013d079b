import type { RequestHandler, Router } from 'express';
import { editionSchema } from '../../../reports/edition/edition-schema';
import { handle } from '../../handle';
import { json } from '../../outcome';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { siteAddress } from '../../site-address';
import { apiDescription, editionSchemaPath } from './description';
import { editionDocument, editionFigures, editionList, knowing, listParameters } from './editions';
import { problem } from './problem';

/** The interface for programs: published editions, read only. */
export function apiRoutes(services: Services): Router {
  const router = addressTable();
  const { installation } = services.publishing;
  router.use('/api', forEverybody());
  router.get('/api/v1/editions', handle(knowing(listParameters, editionList(services))));
  router.get('/api/v1/editions/:unit/:report/:number', handle(knowing([], editionDocument(services))));
  router.get('/api/v1/editions/:unit/:report/:number/figures', handle(knowing([], editionFigures(services))));
  router.get(editionSchemaPath, handle(knowing([], () => json(editionSchema))));
  router.get(
    '/api/v1/openapi.json',
    handle(knowing([], (request) => json(apiDescription(siteAddress(request, services.baseUrl), installation)))),
  );
  router.use(
    '/api',
    handle(() => problem(404, 'There is no such call. GET /api/v1/openapi.json describes all of them.')),
  );
  return router;
}

/** Pages of other sites may read what is published. */
function forEverybody(): RequestHandler {
  return (_request, response, next) => {
    response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    next();
  };
}
