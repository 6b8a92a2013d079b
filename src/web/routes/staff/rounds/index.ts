import {
  codesFile,
  comparisonSubject,
  figuresFile,
  reportFile,
  resultsPage,
  roundSubject,
  workbookFile,
} from '../results';
import type { StaffRoute } from '../routes';
import { commentPage, saveComment } from './comment';
import { commentsPage, keepComment, publishComments, publishingPage } from './comments';
import { computeResults, computingPage } from './compute';
import { editRoundPage, saveRound } from './edit-round';
import { factsPage } from './facts/area';
import { factFile } from './facts/files';
import { saveFacts } from './facts/save';
import { confirmFacts, factSheetPage, reviewPage, withdrawConfirmation } from './facts/sheet';
import { invitationRoutes } from './invitations';
import { meetingRoutes } from './meeting';
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
import { saveTimetable, timetablePage } from './timetable';
import { withRound } from './with-round';

const round = withRound;
const comparison = '/staff/assessments/:assessment/comparison';

/** Rounds from their making to their results. */
export const roundRoutes: readonly StaffRoute[] = [
  ['get', '/staff/assessments/:assessment/rounds/new/:name', 'rounds.plan', newRoundPage],
  ['post', '/staff/assessments/:assessment/rounds/new/:name', 'rounds.plan', createRound],
  ['get', '/staff/rounds/:round', 'rounds.read', round(roundPage)],
  ['get', '/staff/rounds/:round/edit', 'rounds.plan', round(editRoundPage)],
  ['post', '/staff/rounds/:round/edit', 'rounds.plan', round(saveRound)],
  ['get', '/staff/rounds/:round/plan', 'rounds.plan', round(planPage)],
  ['post', '/staff/rounds/:round/plan', 'rounds.plan', round(savePlan)],
  ['get', '/staff/rounds/:round/timetable', 'rounds.read', round(timetablePage)],
  ['post', '/staff/rounds/:round/timetable', 'rounds.plan', round(saveTimetable)],
  ['get', '/staff/rounds/:round/paper', 'answers.type', round(paperPage)],
  ['post', '/staff/rounds/:round/paper', 'answers.type', round(createBatch)],
  ['get', '/staff/rounds/:round/paper/:batch', 'answers.type', round(withBatch(batchPage))],
  ['post', '/staff/rounds/:round/paper/:batch/count', 'answers.type', round(withBatch(recountBatch))],
  ['post', '/staff/rounds/:round/paper/:batch/begin', 'answers.type', round(withBatch(beginForm))],
  ['get', '/staff/rounds/:round/paper/:batch/form', 'answers.type', round(withBatch(typingPage))],
  ['post', '/staff/rounds/:round/paper/:batch/form', 'answers.type', round(withBatch(enterForm))],
  ['get', '/staff/rounds/:round/paper/:batch/check/:number', 'answers.type', round(withBatch(checkPage))],
  ['post', '/staff/rounds/:round/paper/:batch/check/:number', 'answers.type', round(withBatch(checkForm))],
  ['get', '/staff/rounds/:round/cards', 'cards.print', round(cardsPage)],
  ['post', '/staff/rounds/:round/cards/:group', 'cards.print', round(printCodes)],
  ['post', '/staff/rounds/:round/cards/sheets/:sheet/void', 'cards.print', round(voidSheet)],
  ['get', '/staff/rounds/:round/preview/:group', 'rounds.preview', round(previewPage)],
  ['post', '/staff/rounds/:round/preview/:group/page/:page', 'rounds.preview', round(previewNext)],
  ['get', '/staff/rounds/:round/preview/:group/page/:page', 'rounds.preview', round(previewPage)],
  ['get', '/staff/rounds/:round/handouts/poster.pdf', 'handouts.print', round(posterFile)],
  ['get', '/staff/rounds/:round/handouts/poster/:group.pdf', 'handouts.print', round(posterFile)],
  ['get', '/staff/rounds/:round/handouts/paper/:group.pdf', 'handouts.print', round(blankPaperFile)],
  ['get', '/staff/rounds/:round/open', 'rounds.open', round(openingPage)],
  ['post', '/staff/rounds/:round/open', 'rounds.open', round(openRound)],
  ['get', '/staff/rounds/:round/close', 'rounds.close', round(closingPage)],
  ['post', '/staff/rounds/:round/close', 'rounds.close', round(closeRound)],
  ['post', '/staff/rounds/:round/reopen', 'rounds.close', round(reopenRound)],
  ['get', '/staff/rounds/:round/seal', 'rounds.close', round(sealingPage)],
  ['post', '/staff/rounds/:round/seal', 'rounds.close', round(sealRound)],
  ['get', '/staff/rounds/:round/compute', 'results.compute', round(computingPage)],
  ['post', '/staff/rounds/:round/compute', 'results.compute', round(computeResults)],
  ['get', '/staff/rounds/:round/facts', 'rounds.read', round(factSheetPage)],
  ['get', '/staff/rounds/:round/facts/review', 'rounds.read', round(reviewPage)],
  ['post', '/staff/rounds/:round/facts/confirm', 'facts.confirm', round(confirmFacts)],
  ['post', '/staff/rounds/:round/facts/withdraw', 'facts.confirm', round(withdrawConfirmation)],
  ['get', '/staff/rounds/:round/facts/:area', 'facts.enter', round(factsPage)],
  ['post', '/staff/rounds/:round/facts/:area', 'facts.enter', round(saveFacts)],
  ['get', '/staff/rounds/:round/facts/:fact/files/:file', 'rounds.read', round(factFile)],
  ...meetingRoutes,

  ['get', '/staff/rounds/:round/comments', 'comments.review', round(commentsPage)],
  ['get', '/staff/rounds/:round/comments/publish', 'comments.review', round(publishingPage)],
  ['post', '/staff/rounds/:round/comments/publish', 'comments.review', round(publishComments)],
  ['get', '/staff/rounds/:round/comments/:number', 'comments.review', round(commentPage)],
  ['post', '/staff/rounds/:round/comments/:number', 'comments.review', round(saveComment)],
  ['post', '/staff/rounds/:round/comments/:number/keep', 'comments.review', round(keepComment)],
  ...invitationRoutes,
  ...recommendationRoutes,

  ['get', '/staff/rounds/:round/results', 'results.read', round(resultsPage(roundSubject))],
  ['get', '/staff/rounds/:round/results/report.xlsx', 'results.read', round(workbookFile(roundSubject))],
  ['get', '/staff/rounds/:round/results/figures.csv', 'results.read', round(figuresFile(roundSubject))],
  ['get', '/staff/rounds/:round/results/codes.csv', 'results.read', round(codesFile(roundSubject))],
  ['get', '/staff/rounds/:round/results/summary.pdf', 'results.read', round(reportFile(roundSubject, 'summary'))],
  ['get', '/staff/rounds/:round/results/full.pdf', 'results.read', round(reportFile(roundSubject, 'full'))],
  ['get', comparison, 'results.read', resultsPage(comparisonSubject)],
  ['get', `${comparison}/report.xlsx`, 'results.read', workbookFile(comparisonSubject)],
  ['get', `${comparison}/figures.csv`, 'results.read', figuresFile(comparisonSubject)],
  ['get', `${comparison}/codes.csv`, 'results.read', codesFile(comparisonSubject)],
  ['get', `${comparison}/summary.pdf`, 'results.read', reportFile(comparisonSubject, 'summary')],
  ['get', `${comparison}/full.pdf`, 'results.read', reportFile(comparisonSubject, 'full')],
];
