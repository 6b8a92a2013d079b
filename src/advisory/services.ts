import type { CooperationProgrammes } from '../cooperation/programmes';
import type { AttachedFiles } from '../files/attached-files';
import type { Clock } from '../shared/clock';
import type { Ids } from '../shared/ids';
import { markingChanges, type ChangeMark } from '../storage/change-mark';
import type { Store } from '../storage/port';
import { createGroupAdvice, type GroupAdvice } from './group-advice';
import { createIndividualAdvice, type IndividualAdviceServices } from './individual-advice';
import { createVisitReports, type VisitReports } from './study-visits';

/** Everything that pages and the programme may ask of this module. */
export interface AdvisoryServices {
  readonly groupAdvice: GroupAdvice;
  readonly individualAdvice: IndividualAdviceServices;
  readonly visitReports: VisitReports;
  /** Goes on with every change of this room's data. */
  readonly mark: ChangeMark;
}

export function createAdvisory(given: {
  store: Store;
  clock: Clock;
  ids: Ids;
  cooperation: CooperationProgrammes;
  files: AttachedFiles;
}): AdvisoryServices {
  const { store, mark } = markingChanges(given.store, 'advisory');
  const deps = { ...given, store, mark };
  return {
    mark,
    groupAdvice: createGroupAdvice(deps),
    individualAdvice: createIndividualAdvice(deps),
    visitReports: createVisitReports(deps),
  };
}
