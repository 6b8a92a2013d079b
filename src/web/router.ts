import { Router } from 'express';

/**
 * A table of addresses. Letter case matters: what the rest of the application decides by an address (sessions of the
 * staff, what may be logged) must hold for every address that a route answers.
 */
export function addressTable(): Router {
  return Router({ caseSensitive: true });
}
