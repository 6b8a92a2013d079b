import type { Router } from 'express';
import { handle } from '../../../handle';
import { addressTable } from '../../../router';
import type { Services } from '../../../services';
import {
  codesFile,
  comparisonSubject,
  figuresFile,
  reportFile,
  resultsPage,
  roundSubject,
  workbookFile,
} from '../results';
import { forStaff } from '../signed-in';
import { agreedAreaPage, agreedPage, saveAgreed } from './agreed';
import { commentPage, saveComment } from './comment';
import { commentsPage, keepComment, publishComments, publishingPage } from './comments';
import { computeResults, computingPage } from './compute';
import { editRoundPage, saveRound } from './edit-round';
import { factSheetPage, factsPage, saveFacts } from './facts';
import { invitationRoutes } from './invitations';
import { meetingPage, removeMeeting, saveMeeting } from './meetings';
import { createRound, newRoundPage } from './new-round';
import { closeRound, closingPage, openingPage, openRound, reopenRound, sealingPage, sealRound } from './open-close';
import { blankPaperFile, posterFile } from './handouts';
import { cardsPage, printCodes, voidSheet } from './cards';
import { batchPage, beginForm, createBatch, paperPage, recountBatch, withBatch } from './paper';
import { checkForm, checkPage, enterForm, typingPage } from './typing';
import { planPage, savePlan } from './plan';
import { previewNext, previewPage } from './preview';
import { recommendationRoutes } from './recommendations';
import { roundPage } from './round-page';
import { withRound, type RoundHandler } from './with-round';

/** Rounds from their making to their results. */
export function roundRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  const round = (handler: RoundHandler) => handle(staff(withRound(handler)));

  router.get('/staff/assessments/:assessment/rounds/new/:name', handle(staff(newRoundPage)));
  router.post('/staff/assessments/:assessment/rounds/new/:name', handle(staff(createRound)));
  router.get('/staff/rounds/:round', round(roundPage));
  router.get('/staff/rounds/:round/edit', round(editRoundPage));
  router.post('/staff/rounds/:round/edit', round(saveRound));
  router.get('/staff/rounds/:round/plan', round(planPage));
  router.post('/staff/rounds/:round/plan', round(savePlan));
  router.get('/staff/rounds/:round/paper', round(paperPage));
  router.post('/staff/rounds/:round/paper', round(createBatch));
  router.get('/staff/rounds/:round/paper/:batch', round(withBatch(batchPage)));
  router.post('/staff/rounds/:round/paper/:batch/count', round(withBatch(recountBatch)));
  router.post('/staff/rounds/:round/paper/:batch/begin', round(withBatch(beginForm)));
  router.get('/staff/rounds/:round/paper/:batch/form', round(withBatch(typingPage)));
  router.post('/staff/rounds/:round/paper/:batch/form', round(withBatch(enterForm)));
  router.get('/staff/rounds/:round/paper/:batch/check/:number', round(withBatch(checkPage)));
  router.post('/staff/rounds/:round/paper/:batch/check/:number', round(withBatch(checkForm)));
  router.get('/staff/rounds/:round/cards', round(cardsPage));
  router.post('/staff/rounds/:round/cards/:group', round(printCodes));
  router.post('/staff/rounds/:round/cards/sheets/:sheet/void', round(voidSheet));
  router.get('/staff/rounds/:round/preview/:group', round(previewPage));
  router.post('/staff/rounds/:round/preview/:group/page/:page', round(previewNext));
  router.get('/staff/rounds/:round/preview/:group/page/:page', round(previewPage));
  router.get('/staff/rounds/:round/handouts/poster.pdf', round(posterFile));
  router.get('/staff/rounds/:round/handouts/poster/:group.pdf', round(posterFile));
  router.get('/staff/rounds/:round/handouts/paper/:group.pdf', round(blankPaperFile));
  router.get('/staff/rounds/:round/open', round(openingPage));
  router.post('/staff/rounds/:round/open', round(openRound));
  router.get('/staff/rounds/:round/close', round(closingPage));
  router.post('/staff/rounds/:round/close', round(closeRound));
  router.post('/staff/rounds/:round/reopen', round(reopenRound));
  router.get('/staff/rounds/:round/seal', round(sealingPage));
  router.post('/staff/rounds/:round/seal', round(sealRound));
  router.get('/staff/rounds/:round/compute', round(computingPage));
  router.post('/staff/rounds/:round/compute', round(computeResults));
  router.get('/staff/rounds/:round/facts', round(factSheetPage));
  router.get('/staff/rounds/:round/facts/:area', round(factsPage));
  router.post('/staff/rounds/:round/facts/:area', round(saveFacts));
  router.get('/staff/rounds/:round/meeting', round(agreedPage));
  router.get('/staff/rounds/:round/meeting/:area', round(agreedAreaPage));
  router.post('/staff/rounds/:round/meeting/:area', round(saveAgreed));
  router.get('/staff/rounds/:round/meetings/new', round(meetingPage));
  router.post('/staff/rounds/:round/meetings/new', round(saveMeeting));
  router.get('/staff/rounds/:round/meetings/:meeting', round(meetingPage));
  router.post('/staff/rounds/:round/meetings/:meeting', round(saveMeeting));
  router.post('/staff/rounds/:round/meetings/:meeting/remove', round(removeMeeting));

  router.get('/staff/rounds/:round/comments', round(commentsPage));
  router.get('/staff/rounds/:round/comments/publish', round(publishingPage));
  router.post('/staff/rounds/:round/comments/publish', round(publishComments));
  router.get('/staff/rounds/:round/comments/:number', round(commentPage));
  router.post('/staff/rounds/:round/comments/:number', round(saveComment));
  router.post('/staff/rounds/:round/comments/:number/keep', round(keepComment));
  router.use(invitationRoutes(services));
  router.use(recommendationRoutes(services));

  router.get('/staff/rounds/:round/results', round(resultsPage(roundSubject)));
  router.get('/staff/rounds/:round/results/report.xlsx', round(workbookFile(roundSubject)));
  router.get('/staff/rounds/:round/results/figures.csv', round(figuresFile(roundSubject)));
  router.get('/staff/rounds/:round/results/codes.csv', round(codesFile(roundSubject)));
  router.get('/staff/rounds/:round/results/summary.pdf', round(reportFile(roundSubject, 'summary')));
  router.get('/staff/rounds/:round/results/full.pdf', round(reportFile(roundSubject, 'full')));
  const comparison = '/staff/assessments/:assessment/comparison';
  router.get(comparison, handle(staff(resultsPage(comparisonSubject))));
  router.get(`${comparison}/report.xlsx`, handle(staff(workbookFile(comparisonSubject))));
  router.get(`${comparison}/figures.csv`, handle(staff(figuresFile(comparisonSubject))));
  router.get(`${comparison}/codes.csv`, handle(staff(codesFile(comparisonSubject))));
  router.get(`${comparison}/summary.pdf`, handle(staff(reportFile(comparisonSubject, 'summary'))));
  router.get(`${comparison}/full.pdf`, handle(staff(reportFile(comparisonSubject, 'full'))));
  return router;
}
