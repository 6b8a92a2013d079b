import type { Request } from 'express';

/**
 * Public address of the site without a slash at its end: the one place that makes absolute addresses. It is the one
 * that is set; without one, the host that the browser asked for, which `requireSoundHost` has let through.
 */
export function siteAddress(request: Request, baseUrl: string | null): string {
  return baseUrl ?? `${request.protocol}://${request.get('Host') ?? 'localhost'}`;
}

/** Name of the application's setting that says whether its public address begins with https. */
export const publicHttps = 'public https';

/** Whether the browser talks by https, to us or to a proxy before us. */
export function cameSafely(request: Request): boolean {
  return request.secure || request.app.get(publicHttps) === true;
}

/** Whether https is promised but was not seen, so that no session can begin: the proxy's word is not trusted. */
export function httpsUnseen(request: Request): boolean {
  return cameSafely(request) && !request.secure;
}

/** What was asked for, as an address of this site: a second slash at its start would name another host. */
export function ownPath(request: Request): string {
  const path = request.originalUrl.replace(/^[a-z][a-z0-9+.-]*:[/\\]*[^/\\?#]*/i, '');
  return path.replace(/^[/\\]*/, '/');
}
