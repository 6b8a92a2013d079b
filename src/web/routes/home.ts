import { Router, type Request } from 'express';
import { translator } from '../../locales/translate';
import { handle } from '../handle';
import { languageOf } from '../language';
import { page, redirect, type Outcome } from '../outcome';

export function homeRoutes(): Router {
  const router = Router();
  router.get('/', handle(home));
  return router;
}

/** The front page; with `?code=` (its own form) it goes on to that survey. */
function home(request: Request): Outcome {
  const t = translator(languageOf(request));
  const typed = request.query['code'];
  const code = typeof typed === 'string' ? typed.trim().split('/').at(-1)?.toLowerCase() : undefined;
  if (code) return redirect(`/survey/${encodeURIComponent(code)}`);
  const errors = code === '' ? [{ text: t('common:home.respondent.missing'), href: '#code' }] : [];
  return page('home', { title: t('common:home.title'), errors });
}
