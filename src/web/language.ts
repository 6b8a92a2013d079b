import type { Request, RequestHandler } from 'express';
import { isLanguage, languages, translator, type Language } from '../locales/translate';
import { cookieHeader, readCookie } from './cookies';
import type { Cookie, PageModel } from './outcome';
import { ownPath } from './site-address';

export const languageCookieName = 'lang';

/** Language of a request: what its address asks for, then what was chosen before, then Polish. */
export function languageOf(request: Request): Language {
  const asked = request.query['lang'];
  if (isLanguage(asked)) return asked;
  const remembered = readCookie(request, languageCookieName);
  return isLanguage(remembered) ? remembered : 'pl';
}

export function languageCookie(language: Language): Cookie {
  return { name: languageCookieName, value: language, path: '/', days: 365 };
}

/** Remembers a language that the address asks for. It says nothing of the person but how they read. */
export function rememberLanguage(): RequestHandler {
  return (request, response, next) => {
    const asked = request.query['lang'];
    if (isLanguage(asked)) response.append('Set-Cookie', cookieHeader(languageCookie(asked), request));
    next();
  };
}

export interface LanguageLink {
  readonly code: Language;
  readonly name: string;
  /** null where a button of the page's form leads there. */
  readonly href: string | null;
  readonly current: boolean;
}

/**
 * This page in each language. A page with an unsaved form shows buttons of that form instead (`languageForm`).
 *
 * @param shown its `address` is where the page can be got, if that is not what was asked for (an answer to POST).
 */
export function languageLinks(
  request: Request,
  current: Language,
  { address, languageForm }: Pick<PageModel, 'address' | 'languageForm'>,
): readonly LanguageLink[] {
  if (languageForm) return languages.map((code) => languageLink(code, current, null));
  const isGot = request.method === 'GET' || request.method === 'HEAD';
  const [path = '/', search = ''] = (address ?? (isGot ? ownPath(request) : '/')).split('?');
  return languages.map((code) => {
    const query = new URLSearchParams(search);
    query.set('lang', code);
    return languageLink(code, current, `${path}?${query.toString()}`);
  });
}

function languageLink(code: Language, current: Language, href: string | null): LanguageLink {
  return { code, name: translator(code)(`common:language.${code}`), href, current: code === current };
}
