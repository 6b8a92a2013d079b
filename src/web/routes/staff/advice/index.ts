import express, { type Router } from 'express';
import { handle } from '../../../handle';
import type { Services } from '../../../services';
import { forStaff } from '../signed-in';
import { createCycle, cyclePage, newCyclePage, planCycle } from './cycles';
import { individualPage, saveIndividual } from './individual';
import { meetingPage, removeMeeting, saveMeeting } from './meetings';
import { attachedFile, describeOutcome, moveOutcome } from './outcome';
import { addressTable } from '../../../router';
import { overview } from './overview';
import { saveVisit, visitPage } from './visits';

/** Group advice, individual advice and reports of study visits, for staff. */
export function adviceRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  // The domain says kindly from 2 MB on; this only keeps the memory.
  const upload = express.raw({ type: 'multipart/form-data', limit: '12mb' });

  router.get('/staff/advice', handle(staff(overview)));
  router.get('/staff/advice/groups/new', handle(staff(newCyclePage)));
  router.post('/staff/advice/groups/new', handle(staff(createCycle)));
  router.get('/staff/advice/groups/:cycle', handle(staff(cyclePage)));
  router.post('/staff/advice/groups/:cycle/plan', handle(staff(planCycle)));
  router.get('/staff/advice/groups/:cycle/meetings/new', handle(staff(meetingPage)));
  router.post('/staff/advice/groups/:cycle/meetings/new', handle(staff(saveMeeting)));
  router.get('/staff/advice/groups/:cycle/meetings/:meeting', handle(staff(meetingPage)));
  router.post('/staff/advice/groups/:cycle/meetings/:meeting', handle(staff(saveMeeting)));
  router.post('/staff/advice/groups/:cycle/meetings/:meeting/remove', handle(staff(removeMeeting)));
  router.post('/staff/advice/groups/:cycle/outcome', handle(staff(moveOutcome)));
  router.post('/staff/advice/groups/:cycle/document', upload, handle(staff(describeOutcome)));
  router.get('/staff/advice/groups/:cycle/document', handle(staff(attachedFile)));
  router.get('/staff/advice/individual/new', handle(staff(individualPage)));
  router.post('/staff/advice/individual/new', handle(staff(saveIndividual)));
  router.get('/staff/advice/individual/:advice', handle(staff(individualPage)));
  router.post('/staff/advice/individual/:advice', handle(staff(saveIndividual)));
  router.get('/staff/advice/visits/:event', handle(staff(visitPage)));
  router.post('/staff/advice/visits/:event', handle(staff(saveVisit)));
  return router;
}
