import type { StaffRoute } from '../routes';
import { consultationPage, removeConsultation, saveConsultation } from './consultation';
import { draftFile, printPage } from './draft';
import { elementPage, saveElement } from './element';
import { createProgramme, listPage, newProgrammePage } from './list';
import { moveProgramme, programmeFile, programmePage } from './page';
import { publishedPage, savePublished } from './published';
import { withProgramme as programme } from './with-programme';

const one = '/staff/cooperation/:cooperation';

/** Annual cooperation programmes of units. */
export const cooperationRoutes: readonly StaffRoute[] = [
  ['get', '/staff/cooperation', 'programme.read', listPage, { withinReach: true }],
  ['get', '/staff/cooperation/new', 'programme.edit', newProgrammePage, { withinReach: true }],
  ['post', '/staff/cooperation/new', 'programme.edit', createProgramme, { withinReach: true }],
  ['get', one, 'programme.read', programme(programmePage)],
  ['post', `${one}/move`, 'programme.edit', programme(moveProgramme)],
  ['get', `${one}/draft.docx`, 'programme.read', programme(draftFile)],
  ['get', `${one}/print`, 'programme.read', programme(printPage)],
  ['get', `${one}/published`, 'programme.edit', programme(publishedPage)],
  ['post', `${one}/published`, 'programme.edit', programme(savePublished)],
  ['get', `${one}/files/:file`, 'programme.read', programme(programmeFile)],
  ['get', `${one}/elements/:element`, 'programme.edit', programme(elementPage)],
  ['post', `${one}/elements/:element`, 'programme.edit', programme(saveElement)],
  ['get', `${one}/consultations/new`, 'programme.edit', programme(consultationPage)],
  ['post', `${one}/consultations/new`, 'programme.edit', programme(saveConsultation)],
  ['get', `${one}/consultations/:consultation`, 'programme.edit', programme(consultationPage)],
  ['post', `${one}/consultations/:consultation`, 'programme.edit', programme(saveConsultation)],
  ['post', `${one}/consultations/:consultation/remove`, 'programme.edit', programme(removeConsultation)],
];
