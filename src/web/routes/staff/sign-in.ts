import { promisify } from 'node:util';
import type { Request } from 'express';
import { translator } from '../../../locales/translate';
import { isRefusal } from '../../../shared/errors';
import { readCookie } from '../../cookies';
import { rawForm, rawText } from '../../forms/raw';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, redirect, withCookie, type Outcome } from '../../outcome';
import { statusOfRefusal } from '../../refusals';
import type { Services } from '../../services';
import { httpsUnseen } from '../../site-address';
import { beginSession, proofCookie } from './begin-session';
import { safeNext } from './signed-in';

export function signInPage(services: Services): Handler {
  return async (request) => {
    const { signIn } = request.session;
    const next = safeNext(request.query['next']);
    if (signIn && (await services.accounts.signedIn(signIn))) return redirect(next);
    return show(request, services, { next, anybody: await services.accounts.any() });
  };
}

export function signIn(services: Services): Handler {
  return async (request) => {
    const form = rawForm(request.body);
    const next = safeNext(rawText(form, 'next'));
    const user = rawText(form, 'user');
    if (httpsUnseen(request)) return show(request, services, { next, anybody: true, user });
    const proof = readCookie(request, proofCookie);
    const result = await services.accounts.signIn(user, rawText(form, 'password'), request.ip ?? '', proof);
    if (isRefusal(result)) {
      await services.audit.countRefusedSignIn();
      const text = translator(languageOf(request))(`refusals:${result.refused}`, result.details);
      const anybody = await services.accounts.any();
      return show(request, services, { next, anybody, user, error: text, status: statusOfRefusal(result.refused) });
    }
    return withCookie(redirect(next), await beginSession(request, services, result, 'sign-in.password'));
  };
}

export function signOut(): Handler {
  return async (request) => {
    await promisify(request.session.destroy.bind(request.session))();
    return redirect('/staff/sign-in?bye=1');
  };
}

function show(
  request: Request,
  services: Services,
  shown: {
    readonly next: string;
    readonly anybody: boolean;
    readonly user?: string;
    readonly error?: string;
    readonly status?: number;
  },
): Outcome {
  const { status, ...rest } = shown;
  const t = translator(languageOf(request));
  const error = httpsUnseen(request) ? t('staff:signIn.httpsUnseen') : shown.error;
  return page(
    'staff/sign-in',
    {
      title: t('staff:signIn.title'),
      errors: error === undefined || request.method === 'GET' ? [] : [{ text: error, href: '#user' }],
      address: `/staff/sign-in?${new URLSearchParams({ next: shown.next }).toString()}`,
      bye: request.query['bye'] === '1',
      httpsUnseen: httpsUnseen(request),
      byLetter: services.mail.post !== null,
      ...rest,
    },
    status,
  );
}
