import { Router } from 'express';

/**
 * A table of addresses. Letter case matters: what the rest of the application decides by an address (sessions of the
 * staff, what may be logged) must hold for every address that a route answers.
 *
 * @param start what all of them begin with: a request for anything else is not held against each of them.
 */
export function addressTable(start = '/'): Router {
  const router = Router({ caseSensitive: true });
  router.use((request, _response, next) => {
    if (request.path.startsWith(start)) next();
    else next('router');
  });
  return router;
}
