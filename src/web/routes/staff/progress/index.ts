import type { Request } from 'express';
import type { Action } from '../../../../accounts/rights';
import type { Counted, CountedRecord } from '../../../../programme/progress';
import { dayOf } from '../../../../shared/clock';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { progressModel, progressPath, recordsModel, type Seen } from '../../programme/progress-pages';
import { ownerOfRecord } from '../owners';
import type { StaffRoute } from '../routes';
import { staffPage, type Staff } from '../signed-in';
import { programmeReportFile, programmeReportPage, withModel } from './report';

/** Progress with the names of units and links to their records. */
export const staffProgressRoutes: readonly StaffRoute[] = [
  ['get', '/staff/progress', 'progress.read', current, { withinReach: true }],
  ['get', '/staff/progress/:programme', 'progress.read', progressPage, { withinReach: true }],
  ['get', '/staff/programme-reports/:programme', 'progress.report', withModel(programmeReportPage)],
  ['get', '/staff/programme-reports/:programme/report.pdf', 'progress.report', withModel(programmeReportFile)],
  ['get', '/staff/progress/:programme/:activity', 'progress.read', recordsPage, { withinReach: true }],
];

function current(_request: Request, { services }: Staff): Outcome {
  const programme = services.programmes.current(dayOf(services.clock()));
  return programme ? redirect(progressPath(programme, 'staff')) : notFound();
}

async function progressPage(request: Request, staff: Staff): Promise<Outcome> {
  const programme = staff.services.programmes.get(String(request.params['programme']));
  if (!programme) return notFound();
  const model = await progressModel(staff.services, programme, staff.language, 'staff');
  // Units that count towards nothing are named to whoever may see them all.
  const nowhere = staff.may('units.read', null) ? model['nowhere'] : '';
  return staffPage(staff, 'programme/progress', { ...model, nowhere });
}

async function recordsPage(request: Request, staff: Staff): Promise<Outcome> {
  const { language, services } = staff;
  const programme = services.programmes.get(String(request.params['programme']));
  const seen = (thing: Counted): Promise<Seen> => seenBy(staff, thing);
  const model = programme && (await recordsModel(services, programme, request, language, 'staff', seen));
  return model ? staffPage(staff, 'programme/records', model) : notFound();
}

/** Whose unit it is, opens its records; the others see what the public sees. */
async function seenBy(staff: Staff, thing: Counted): Promise<Seen> {
  const open = await Promise.all(thing.records.map((record) => mayOpen(staff, record)));
  const records = thing.records.filter((_record, at) => open[at]);
  return { name: thing.what === 'event' || records.length > 0 || staff.may('units.read', null), records };
}

const actionOn: Readonly<Record<CountedRecord['kind'], Action>> = {
  event: 'events.people',
  assessment: 'rounds.read',
  'advice-cycle': 'advice.edit',
  'individual-advice': 'advice.edit',
  'visit-report': 'visits.edit',
};

async function mayOpen(staff: Staff, record: CountedRecord): Promise<boolean> {
  const owner = await ownerOfRecord(staff.services, record);
  return owner !== undefined && staff.may(actionOn[record.kind], owner);
}
