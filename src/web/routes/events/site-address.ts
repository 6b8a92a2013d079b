import type { Request } from 'express';

/** The site's public address without a slash at its end: the one that is set, otherwise the one the browser used. */
export function siteAddress(request: Request, baseUrl: string | null): string {
  return baseUrl ?? `${request.protocol}://${request.get('Host') ?? 'localhost'}`;
}
