import type { Request } from 'express';
import type { Cookie } from './outcome';

/** A cookie that the browser sent, or null. */
export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return decode(value.join('=').trim());
  }
  return null;
}

/** `secure` where the page came by https, so that the cookie never travels in the clear. */
export function cookieHeader({ name, value, path, days }: Cookie, secure: boolean): string {
  const age = value === '' ? 0 : days === undefined ? null : days * 86_400;
  return [
    `${name}=${encodeURIComponent(value)}`,
    `Path=${path}`,
    ...(age === null ? [] : [`Max-Age=${age}`]),
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ].join('; ');
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
