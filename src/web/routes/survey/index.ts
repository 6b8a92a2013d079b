import type { Request, Router } from 'express';
import { handle } from '../../handle';
import { notFound, redirect, type Outcome } from '../../outcome';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { handleSharedByStrangers } from '../../shared-pages';
import { anewPage, beginAnew } from './begin-anew';
import { checkPage } from './check-answers';
import { chooseGroup, groupPage } from './choose-group';
import { withOpenRound } from './open-round';
import { ownAnswersFile } from './own-answers';
import { questionPage } from './question-page';
import { receiptPage } from './receipt';
import { resumeDraft, resumePage } from './resume';
import { codePage, goOn, takeCode } from './resume-code';
import { autosavePage, savePage } from './save-page';
import { startPage } from './start';
import { submitAnswers } from './submit';
import { beginWithTicket, cardPage, enterCard, ticketLink } from './ticket';

/** An address typed in capitals from its first letter. */
function wholeAddressInCapitals(request: Request): Outcome {
  const typed = String(request.params[0]);
  const code = typed.toLowerCase();
  return request.path === `/survey/${typed}` && code === typed
    ? notFound()
    : redirect(`/survey/${encodeURIComponent(code)}`);
}

/** The respondent's way, from the open link to the receipt. `:code` is the round's link code. */
export function surveyRoutes(services: Services): Router {
  const router = addressTable();
  const open = withOpenRound(services);

  router.get('/survey/:code', handleSharedByStrangers(open(startPage)));
  router.get('/survey/:code/ticket/:ticket', handle(ticketLink(services)));
  router.get('/survey/:code/card', handle(open(cardPage)));
  router.post('/survey/:code/card', handle(open(enterCard)));
  router.post('/survey/:code/begin', handle(open(beginWithTicket)));
  router.get('/survey/:code/resume', handle(open(resumePage, 'begun elsewhere')));
  router.post('/survey/:code/resume', handle(open(resumeDraft, 'begun elsewhere')));
  router.get('/survey/:code/go-on', handle(open(goOn)));
  router.get('/survey/:code/code', handle(open(codePage)));
  router.post('/survey/:code/code', handle(open(takeCode)));
  router.get('/survey/:code/group', handle(open(groupPage)));
  router.post('/survey/:code/group', handle(open(chooseGroup)));
  router.get('/survey/:code/page/:page', handle(open(questionPage)));
  router.post('/survey/:code/page/:page', handle(open(savePage)));
  router.post('/survey/:code/page/:page/save', handle(open(autosavePage)));
  router.get('/survey/:code/anew', handle(open(anewPage)));
  router.post('/survey/:code/anew', handle(open(beginAnew)));
  router.get('/survey/:code/check', handle(open(checkPage)));
  router.get('/survey/:code/answers.txt', handle(open(ownAnswersFile)));
  router.post('/survey/:code/submit', handle(open(submitAnswers)));
  router.get('/survey/:code/receipt', handle(receiptPage(services)));
  router.get(/^\/survey\/([^/]+)\/?$/i, handle(wholeAddressInCapitals));
  return router;
}
