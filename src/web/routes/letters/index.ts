import type { Request, Router } from 'express';
import type { Round } from '../../../assessment/round';
import { translator } from '../../../locales/translate';
import { handle } from '../../handle';
import { languageOf } from '../../language';
import { page, type Outcome, type PageOutcome } from '../../outcome';
import { addressTable } from '../../router';
import type { Services } from '../../services';

/**
 * No more letters, by the link that every letter of a round carries. Programs that look into letters open every link in
 * them, so opening it only asks. Under `/survey`, whose requests are written into no log.
 */
export function letterRoutes(services: Services): Router {
  const router = addressTable();
  const path = '/survey/:code/no-letters/:pass';
  router.get(path, handle(askPage(services)));
  // Mail programs send a POST of their own here (RFC 8058), without having opened the page.
  router.post(path, handle(noMoreLetters(services)));
  return router;
}

function askPage(services: Services) {
  return async (request: Request): Promise<Outcome> => {
    const { invitations } = services.collection.invitations;
    const { round, pass, t } = await asked(request, services);
    if (round === null || !(await invitations.isStopPass(round.id, pass))) return unknownLink(request);
    return page('letters/stop', { title: t('invitations:stop.title'), action: request.path });
  };
}

function noMoreLetters(services: Services) {
  return async (request: Request): Promise<Outcome> => {
    const { round, pass, t } = await asked(request, services);
    const { invitations } = services.collection.invitations;
    if (round === null || !(await invitations.noMoreLetters(round.id, pass))) return unknownLink(request);
    const words = { title: t('invitations:stop.doneTitle'), text: t('invitations:stop.done') };
    return page('errors/message', { ...words, address: request.path });
  };
}

async function asked(request: Request, services: Services) {
  const round: Round | null = await services.assessment.rounds.byLinkCode(String(request.params['code']));
  return { round, pass: String(request.params['pass']), t: translator(languageOf(request)) };
}

/** The same whether there was such a letter or not. */
function unknownLink(request: Request): PageOutcome {
  const t = translator(languageOf(request));
  return page(
    'errors/message',
    { title: t('invitations:stop.unknownTitle'), text: t('invitations:stop.unknown') },
    404,
  );
}
