import type { Router } from 'express';
import { handle } from '../../../handle';
import { addressTable } from '../../../router';
import type { Services } from '../../../services';
import { forStaff } from '../signed-in';
import { importPage, importRegister, previewImport } from './import';
import { registerPage } from './register-page';
import { importUnits, unitsImportPage } from './units-import';

/** The register of places: what it holds, the import of the official file, and the units that are made of it. */
export function territoryRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  router.get('/staff/territory', handle(staff(registerPage)));
  router.get('/staff/territory/import', handle(staff(importPage)));
  router.post('/staff/territory/preview', handle(staff(previewImport)));
  router.post('/staff/territory/import', handle(staff(importRegister)));
  router.get('/staff/units/import', handle(staff(unitsImportPage)));
  router.post('/staff/units/import', handle(staff(importUnits)));
  return router;
}
