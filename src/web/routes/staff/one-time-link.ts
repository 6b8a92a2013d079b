import type { Request } from 'express';
import { signInOf } from '../../../accounts/account';
import type { OpenedLink } from '../../../accounts/one-time-links';
import { linkPath } from '../../../accounts/link-letters';
import { formatDate, formatTime } from '../../../locales/formats';
import { translator } from '../../../locales/translate';
import { dayOf } from '../../../shared/clock';
import { isRefusal } from '../../../shared/errors';
import { rawForm, rawText } from '../../forms/raw';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, redirect, withCookie, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { httpsUnseen } from '../../site-address';
import { browserSecret } from './ask-for-link';
import { beginSession } from './begin-session';

/** What a link of a letter opens. It only asks: programs that look into letters open every link in them. */
export function oneTimeLinkPage(services: Services): Handler {
  return async (request) => {
    const opened = await openedBy(request, services);
    return 'kind' in opened ? opened : show(request, opened);
  };
}

/** Uses a link up: signs in by it, or sets the password that it was asked for and signs in with that. */
export function useOneTimeLink(services: Services): Handler {
  return async (request) => {
    const opened = await openedBy(request, services);
    if ('kind' in opened) return opened;
    const { link, account } = opened;
    const t = translator(languageOf(request));
    // Without https no session can begin, and the link must not be used up for nothing.
    if (httpsUnseen(request)) return show(request, opened, t('staff:signIn.httpsUnseen'));
    const { accounts, oneTimeLinks, sessions } = services;
    if (link.purpose === 'sign-in') {
      if (!(await oneTimeLinks.use(link))) return deadLink(request);
      return withCookie(redirect('/staff'), await beginSession(request, services, signInOf(account), 'sign-in.link'));
    }
    const form = rawForm(request.body);
    const password = rawText(form, 'password');
    if (password !== rawText(form, 'again')) return show(request, opened, t('accounts:password.differ'), 'again');
    const changed = await accounts.replacePassword(account, password, () => oneTimeLinks.use(link));
    if (isRefusal(changed)) {
      if (changed.refused === 'link-invalid') return deadLink(request);
      return show(request, opened, t(`refusals:${changed.refused}`, changed.details));
    }
    await sessions.endAll(account.id);
    const cookie = await beginSession(request, services, changed.signIn, `sign-in.${link.purpose}`);
    return withCookie(redirect(`/staff/account?done=password-${changed.strength}`), cookie);
  };
}

async function openedBy(request: Request, services: Services): Promise<OpenedLink | Outcome> {
  const opened = await services.oneTimeLinks.open(String(request.params['token']), browserSecret(request));
  if (opened === null) return deadLink(request);
  return opened.isHere ? opened : elsewhere(request, opened);
}

/** The same whether there was such a link or not, and whatever became of it. */
function deadLink(request: Request): Outcome {
  const t = translator(languageOf(request));
  const link = { href: '/staff/sign-in', text: t('accounts:link.dead.toSignIn') };
  return page(
    'errors/message',
    { title: t('accounts:link.dead.title'), text: t('accounts:link.dead.text'), link, address: '/staff/sign-in' },
    404,
  );
}

/** Somebody else may have the letter: only the browser that asked may go on. */
function elsewhere(request: Request, { link }: OpenedLink): Outcome {
  const language = languageOf(request);
  const t = translator(language);
  const askedAt = new Date(link.askedAt);
  const text = t('accounts:link.elsewhere.text', {
    browser: link.browser?.words || t('accounts:browser.unknown'),
    day: formatDate(dayOf(askedAt), language),
    time: formatTime(askedAt, language),
  });
  const again = link.purpose === 'reset' ? 'forgotten' : 'by-link';
  const next = { href: `/staff/sign-in/${again}`, text: t('accounts:link.elsewhere.again') };
  return page(
    'errors/message',
    { title: t('accounts:link.elsewhere.title'), text, link: next, address: '/staff/sign-in' },
    403,
  );
}

function show(
  request: Request,
  { link, account }: OpenedLink,
  error?: string,
  field: 'password' | 'again' = 'password',
): Outcome {
  const t = translator(languageOf(request));
  const action = linkPath(String(request.params['token']));
  return page('staff/sign-in/link', {
    title: t(`accounts:link.${link.purpose}.title`),
    lead: t(`accounts:link.${link.purpose}.lead`, { user: account.user, name: account.name || account.user }),
    button: t(`accounts:link.${link.purpose}.button`),
    errors: error === undefined ? [] : [{ text: error, href: `#${field}` }],
    fault: error === undefined ? {} : { [field]: error },
    ...{ action, address: action, user: account.user, setsPassword: link.purpose !== 'sign-in' },
  });
}
