import type { StaffRoute } from '../routes';
import { importPage, importRegister, previewImport } from './import';
import { registerPage } from './register-page';
import { importUnits, unitsImportPage } from './units-import';

/** The register of places: what it holds, the import of the official file, and the units that are made of it. */
export const territoryRoutes: readonly StaffRoute[] = [
  ['get', '/staff/territory', 'territory.import', registerPage],
  ['get', '/staff/territory/import', 'territory.import', importPage],
  ['post', '/staff/territory/preview', 'territory.import', previewImport],
  ['post', '/staff/territory/import', 'territory.import', importRegister],
  ['get', '/staff/units/import', 'units.create', unitsImportPage],
  ['post', '/staff/units/import', 'units.create', importUnits],
];
