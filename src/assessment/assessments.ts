import type { Ids } from '../shared/ids';
import { refuse, type Refusal } from '../shared/errors';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { documentOf, shortText, text } from '../storage/document-fields';
import type { Instruments } from './instruments';
import type { Units } from './units';

/** One unit's joint self-assessment: a baseline and a follow-up round over the same instrument. */
export interface Assessment extends Stored {
  readonly unitId: string;
  /** Which instrument; its version is pinned by each round when it opens. */
  readonly instrumentId: string;
  /** At most 200 characters, e.g. „Ocena współpracy 2014–2015”. */
  readonly title: string;
}

export type AssessmentInput = Omit<Assessment, 'id'>;

export const assessmentsSpec: CollectionSpec<Assessment> = {
  name: 'assessments',
  schema: documentOf({ unitId: text, instrumentId: text, title: shortText }),
  indexes: [['unitId']],
};

export interface Assessments {
  create(
    input: AssessmentInput,
  ): Promise<Assessment | Refusal<'unit-unknown' | 'instrument-unknown' | 'title-missing' | 'title-too-long'>>;
  get(id: string): Promise<Assessment | null>;
  ofUnit(unitId: string): Promise<Assessment[]>;
  ofUnits(unitIds: readonly string[]): Promise<Assessment[]>;
  all(): Promise<Assessment[]>;
}

export function createAssessments(deps: {
  store: Store;
  ids: Ids;
  units: Units;
  instruments: Instruments;
}): Assessments {
  const assessments = deps.store.collection(assessmentsSpec);
  return {
    get: (id) => assessments.get(id),
    ofUnit: (unitId) => assessments.find({ unitId }, { sort: [['title', 'ascending']] }),
    ofUnits: (unitIds) => assessments.find({ unitId: { $in: unitIds } }, { sort: [['title', 'ascending']] }),
    all: () => assessments.find({}, { sort: [['title', 'ascending']] }),
    async create({ unitId, instrumentId, title }) {
      const words = title.trim();
      if (words === '') return refuse('title-missing');
      if (words.length > 200) return refuse('title-too-long', { longest: 200, length: words.length });
      if (!(await deps.units.get(unitId))) return refuse('unit-unknown');
      const instrument = deps.instruments.latest(instrumentId)?.instrument;
      if (instrument?.kind !== 'assessment') return refuse('instrument-unknown', { id: instrumentId });
      const assessment: Assessment = { id: deps.ids.uuid(), unitId, instrumentId, title: words };
      await assessments.insert(assessment);
      return assessment;
    },
  };
}
