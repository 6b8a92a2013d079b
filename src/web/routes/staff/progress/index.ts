import type { Router } from 'express';
import { dayOf } from '../../../../shared/clock';
import { handle } from '../../../handle';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { addressTable } from '../../../router';
import type { Services } from '../../../services';
import { progressModel, progressPath, recordsModel } from '../../programme/progress-pages';
import { programmeReportFile, programmeReportPage, withModel } from './report';
import { forStaff, staffPage } from '../signed-in';

/** Progress with the names of units and links to their records. */
export function staffProgressRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);

  router.get(
    '/staff/progress',
    handle(
      staff((): Outcome => {
        const programme = services.programmes.current(dayOf(services.clock()));
        return programme ? redirect(progressPath(programme, 'staff')) : notFound();
      }),
    ),
  );
  router.get(
    '/staff/progress/:programme',
    handle(
      staff(async (request, person) => {
        const programme = services.programmes.get(String(request.params['programme']));
        if (!programme) return notFound();
        return staffPage(
          person,
          'programme/progress',
          await progressModel(services, programme, person.language, 'staff'),
        );
      }),
    ),
  );
  router.get('/staff/programme-reports/:programme', handle(staff(withModel(programmeReportPage))));
  router.get('/staff/programme-reports/:programme/report.pdf', handle(staff(withModel(programmeReportFile))));
  router.get(
    '/staff/progress/:programme/:activity',
    handle(
      staff(async (request, person) => {
        const programme = services.programmes.get(String(request.params['programme']));
        const model = programme && (await recordsModel(services, programme, request, person.language, 'staff'));
        return model ? staffPage(person, 'programme/records', model) : notFound();
      }),
    ),
  );
  return router;
}
