import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request } from 'express';
import type { Cookie } from './outcome';
import { cameSafely } from './site-address';

/** A cookie that the browser sent, or null. */
export function readCookie(request: Request, name: string): string | null {
  return parseCookie(request.headers.cookie ?? '')[name] ?? null;
}

/** `Secure` where the site is reached by https, so that the cookie never travels in the clear. */
export function cookieHeader({ name, value, path, days }: Cookie, request: Request): string {
  const maxAge = value === '' ? 0 : days === undefined ? undefined : days * 86_400;
  return stringifySetCookie({
    ...{ name, value, path, httpOnly: true, sameSite: 'lax', secure: cameSafely(request) },
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}
