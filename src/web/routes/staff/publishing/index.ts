import type { StaffRoute } from '../routes';
import { withRound } from '../rounds/with-round';
import { comparisonToPublish, publishingPage, publishReport, roundToPublish } from './publish';
import { withdrawalPage, withdrawEdition } from './withdraw';

const comparison = '/staff/assessments/:assessment/comparison/publish';
const edition = '/staff/editions/:shelf/:report/:number/withdraw';

/** Publishing what a round or a comparison has shown, and taking it back. */
export const publishingRoutes: readonly StaffRoute[] = [
  ['get', '/staff/rounds/:round/publish', 'report.publish', withRound(publishingPage(roundToPublish))],
  ['post', '/staff/rounds/:round/publish', 'report.publish', withRound(publishReport(roundToPublish))],
  ['get', comparison, 'report.publish', publishingPage(comparisonToPublish)],
  ['post', comparison, 'report.publish', publishReport(comparisonToPublish)],
  ['get', edition, 'report.publish', withdrawalPage],
  ['post', edition, 'report.publish', withdrawEdition],
];
