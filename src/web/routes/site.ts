import type { Request, Router } from 'express';
import { translator } from '../../locales/translate';
import { handle } from '../handle';
import { languageOf } from '../language';
import { page, type Outcome } from '../outcome';
import { addressTable } from '../router';
import { siteAddress } from '../site-address';

/** The day on which the accessibility statement was last looked through: by 31 March each year, and after big changes. */
const statementMadeOn = '2026-11-25';
/** The day of the last change that touched what the statement says. */
const updatedOn = '2026-11-25';

/** What the footer of every page leads to. Who runs the installation comes from its settings (`app.locals`). */
export function siteRoutes(baseUrl: string | null): Router {
  const router = addressTable();
  router.get('/privacy', handle(privacyPage));
  router.get('/accessibility', handle(accessibilityPage(baseUrl)));
  return router;
}

function privacyPage(request: Request): Outcome {
  const t = translator(languageOf(request));
  const cookies = [
    ['draft', 'draft'],
    ['lang', 'lang'],
    ['staff', 'staff'],
    ['signed-in-before', 'before'],
  ].map(([name, key]) => ({
    name,
    use: t(`site:privacy.cookie.${key}`),
    time: t(`site:privacy.cookie.${key}Time`),
  }));
  return page('site/privacy', { title: t('site:privacy.title'), cookies });
}

function accessibilityPage(baseUrl: string | null) {
  return (request: Request): Outcome => {
    const title = translator(languageOf(request))('site:accessibility.title');
    return page('site/accessibility', {
      ...{ title, updatedOn, madeOn: statementMadeOn },
      site: siteAddress(request, baseUrl),
    });
  };
}
