import type { CooperationProgrammes } from '../cooperation/programmes';
import type { AttachedFiles } from '../files/attached-files';
import type { Clock } from '../shared/clock';
import type { Ids } from '../shared/ids';
import type { Store } from '../storage/port';
import { createGroupAdvice, type GroupAdvice } from './group-advice';
import { createIndividualAdvice, type IndividualAdviceServices } from './individual-advice';
import { createVisitReports, type VisitReports } from './study-visits';

/** Everything that pages and the programme may ask of this module. */
export interface AdvisoryServices {
  readonly groupAdvice: GroupAdvice;
  readonly individualAdvice: IndividualAdviceServices;
  readonly visitReports: VisitReports;
}

export function createAdvisory(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  cooperation: CooperationProgrammes;
  files: AttachedFiles;
}): AdvisoryServices {
  return {
    groupAdvice: createGroupAdvice(deps),
    individualAdvice: createIndividualAdvice(deps),
    visitReports: createVisitReports(deps),
  };
}
