import type { Request, Router } from 'express';
import { translator } from '../../locales/translate';
import { dayOf } from '../../shared/clock';
import { type Handler } from '../handle';
import { languageOf } from '../language';
import { page, redirect } from '../outcome';
import { addressTable } from '../router';
import { handleShared } from '../shared-pages';
import type { Services } from '../services';
import { startModel } from './programme/start-page';

export function homeRoutes(services: Services): Router {
  const router = addressTable();
  router.get('/', handleShared(home(services)));
  return router;
}

/**
 * The front page: the programme that runs now, or the index alone where no programme is installed. With `?code=` (the
 * form of both) it goes on to that survey.
 */
function home(services: Services): Handler {
  return async (request: Request) => {
    const language = languageOf(request);
    const t = translator(language);
    const typed = request.query['code'];
    const code = typeof typed === 'string' ? linkCodeIn(typed) : undefined;
    if (code) return redirect(`/survey/${encodeURIComponent(code)}`);
    const errors = code === '' ? [{ text: t('common:home.respondent.missing'), href: '#code' }] : [];
    const programme = services.programmes.current(dayOf(services.clock()));
    if (programme === null) return page('home', { title: t('common:home.title'), errors });
    return page('programme/start', { ...(await startModel(services, programme, language)), errors });
  };
}

/** The code alone, where somebody has pasted the whole link or typed the code in groups or capitals. */
function linkCodeIn(typed: string): string {
  const plain = typed.trim().toLowerCase();
  const [, code] = /\/survey\/([^/?#]+)/.exec(plain) ?? [];
  return (
    code ??
    (
      plain
        .split(/[?#]/)[0]
        ?.split('/')
        .findLast((part) => part !== '') ?? ''
    ).replaceAll(/\s/g, '')
  );
}
