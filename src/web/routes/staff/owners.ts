import type { Request } from 'express';
import type { CountedRecord } from '../../../programme/progress';
import { editionReport, type EditionReport } from '../../../publishing/edition-files';
import type { Job } from '../../../publishing/jobs/job';
import { reportPreview, type PreviewRequest } from '../../../publishing/report-preview';
import type { PublishedEdition } from '../../../publishing/services';
import type { Services } from '../../services';

/** Whose something is: a unit's, by its id; `null`: no unit's. `undefined`: there is no such thing. */
export type Owner = string | null | undefined;

type Params = Request['params'];
type FindOwner = (services: Services, id: string, params: Params) => Promise<Owner>;

/**
 * Whose the thing is that a path names, by the name of its parameter. What lies below it (a meeting of a round, a sheet)
 * is found by handlers within it only. Parameters that are not here name nothing of a unit.
 */
const owners: Readonly<Record<string, FindOwner>> = {
  unit: async ({ assessment }, id) => (await assessment.units.get(id))?.id,
  assessment: (services, id) => ownerOfAssessment(services, id),
  round: (services, id) => ownerOfRound(services, id),
  cycle: async (services, id) => ownerOfAdvised(services, await services.advisory.groupAdvice.get(id)),
  cooperation: async (services, id) => ownerOfAdvised(services, await services.cooperation.get(id)),
  advice: async (services, id) => ownerOfAdvised(services, await services.advisory.individualAdvice.get(id)),
  // An edition, by the address that the library gives it.
  shelf: async (services, unit, { report, number }) =>
    ownerOfEdition(services, await services.publishing.editions.get(unit, String(report), Number(number))),
};

/** Finds the owner for requests to this path; null where the path names nothing of a unit. */
export function ownerOfPath(path: string): ((request: Request, services: Services) => Promise<Owner>) | null {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const name = names.find((one) => Object.hasOwn(owners, one));
  const find = name === undefined ? undefined : owners[name];
  if (name === undefined || find === undefined) return null;
  return ({ params }, services) => find(services, String(params[name]), params);
}

/** Whose a record is that counts towards a programme; `null` for events and visits, which are of several units. */
export async function ownerOfRecord(services: Services, { kind, id }: CountedRecord): Promise<Owner> {
  switch (kind) {
    case 'assessment':
      return ownerOfAssessment(services, id);
    case 'advice-cycle':
      return ownerOfAdvised(services, await services.advisory.groupAdvice.get(id));
    case 'individual-advice':
      return ownerOfAdvised(services, await services.advisory.individualAdvice.get(id));
    default:
      return null;
  }
}

/** Whose the report is that a job makes; `null` for what is of no one unit, such as an archive. */
export async function ownerOfJob(services: Services, { kind, input }: Job): Promise<Owner> {
  if (kind === reportPreview) {
    const { subject } = JSON.parse(input) as PreviewRequest;
    return ownerOfSubject(services, subject.kind, subject.id);
  }
  if (kind !== editionReport) return null;
  const { edition } = JSON.parse(input) as EditionReport;
  return ownerOfEdition(services, await services.publishing.editions.byId(edition));
}

async function ownerOfAssessment({ assessment }: Services, id: string): Promise<Owner> {
  return (await assessment.assessments.get(id))?.unitId;
}

async function ownerOfRound(services: Services, id: string): Promise<Owner> {
  const round = await services.assessment.rounds.get(id);
  return round === null ? undefined : ownerOfAssessment(services, round.assessmentId);
}

function ownerOfSubject(services: Services, kind: string, id: string): Promise<Owner> {
  return kind === 'round' ? ownerOfRound(services, id) : ownerOfAssessment(services, id);
}

function ownerOfEdition(services: Services, edition: PublishedEdition | null): Promise<Owner> {
  const [kind = '', id = ''] = edition?.reportId.split(':') ?? [];
  return ownerOfSubject(services, kind, id);
}

/** Advice is given to places: to a unit of the assessments, by its code, or to another. */
async function ownerOfAdvised(
  { assessment }: Services,
  advised: { readonly unit: { readonly code: string } } | null,
): Promise<Owner> {
  if (advised === null) return undefined;
  return (await assessment.units.byCode(advised.unit.code))?.id ?? null;
}
