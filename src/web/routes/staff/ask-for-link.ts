import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import isEmail from 'validator/lib/isEmail';
import { linkMinutes, hashOfSecret } from '../../../accounts/one-time-link';
import { translator } from '../../../locales/translate';
import { isRefusal } from '../../../shared/errors';
import { browserWords } from '../../browser-words';
import { readCookie } from '../../cookies';
import { rawForm, rawText } from '../../forms/raw';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, redirect, withCookie, type Outcome } from '../../outcome';
import { statusOfRefusal } from '../../refusals';
import type { Services } from '../../services';
import { proofCookie } from './begin-session';

/** The two links that people ask for themselves, by the end of the address. */
export const asked = { 'by-link': 'sign-in', forgotten: 'reset' } as const;
export type AskPath = keyof typeof asked;

/** Holds the secret of a browser that has asked for a link: the link works in this browser only. */
const browserCookie = 'link-browser';

/** The secret of this browser; null where it has none that we could have given. */
export function browserSecret(request: Request): string | null {
  const secret = readCookie(request, browserCookie);
  return secret !== null && /^[\w-]{43}$/.test(secret) ? secret : null;
}

export function askPage(services: Services, path: AskPath): Handler {
  return (request) => show(request, services, path, { done: request.query['asked'] === '1' });
}

/** Whether there is an account with the address is looked up later, when its letter is written. */
export function askForLink(services: Services, path: AskPath): Handler {
  return async (request) => {
    const email = rawText(rawForm(request.body), 'email').trim();
    const language = languageOf(request);
    const t = translator(language);
    const faulty = (text: string, status: number) => show(request, services, path, { email, error: text, status });
    if (services.mail.post === null) return show(request, services, path, { status: 422 });
    if (!isEmail(email)) return faulty(t('accounts:ask.malformed'), 422);
    const secret = browserSecret(request) ?? randomBytes(32).toString('base64url');
    const browser = { mark: hashOfSecret(secret), words: browserWords(request.get('User-Agent')) };
    const from = { address: request.ip ?? '', proof: readCookie(request, proofCookie), language };
    const result = await services.oneTimeLinks.ask(asked[path], email, browser, from);
    if (isRefusal(result)) {
      return faulty(t(`refusals:${result.refused}`, result.details), statusOfRefusal(result.refused));
    }
    const cookie = { name: browserCookie, value: secret, path: '/staff/sign-in', days: 1 };
    return withCookie(redirect(`/staff/sign-in/${path}?asked=1`), cookie);
  };
}

function show(
  request: Request,
  services: Services,
  path: AskPath,
  shown: { readonly done?: boolean; readonly email?: string; readonly error?: string; readonly status?: number },
): Outcome {
  const { status, ...rest } = shown;
  const t = translator(languageOf(request));
  const address = `/staff/sign-in/${path}`;
  return page(
    'staff/sign-in/ask',
    {
      title: t(`accounts:ask.${path}.${shown.done ? 'done' : 'title'}`),
      lead: t(`accounts:ask.${path}.lead`, { count: linkMinutes[asked[path]] }),
      button: t(`accounts:ask.${path}.button`),
      errors: shown.error === undefined ? [] : [{ text: shown.error, href: '#email' }],
      byLetter: services.mail.post !== null,
      ...{ address, action: address, minutes: linkMinutes[asked[path]] },
      ...rest,
    },
    status,
  );
}
