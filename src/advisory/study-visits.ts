import Type from 'typebox';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { anyWords, inputReader, line, wholeNumber, type InputOf } from '../shared/input';
import { documentOf, revision, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { placeCode } from '../territory/place';
import { advisedUnitSchema, type AdvisedUnit } from './unit';

/** Most units of one visit, and how many people of one may come. */
export const mostUnits = 30;
export const visitorsOfUnit = { min: 1, max: 1000 } as const;

/** What staff enter about a study visit after it. */
export const visitReportInput = Type.Object({
  /** Who received the visitors. */
  hosts: line(500),
  /** People of each unit; a unit once. */
  participants: Type.Array(
    Type.Object({
      unit: Type.Unsafe<AdvisedUnit>(advisedUnitSchema),
      count: wholeNumber(visitorsOfUnit.min, visitorsOfUnit.max),
    }),
    { maxItems: mostUnits },
  ),
  report: anyWords(4000),
});

const read = inputReader(visitReportInput, {
  hosts: { missing: 'hosts-missing', tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
  participants: { tooLong: 'too-many-units', malformed: 'participants-malformed' },
  report: { tooLong: 'advice-text-too-long', malformed: 'hidden-characters' },
});

/** What is said of a study visit after it: who hosted, how many of which units came, what was seen. Its id is the event's. */
export interface VisitReport extends Stored, InputOf<typeof visitReportInput> {
  readonly programme: string;
  readonly activity: string;
  readonly revision: number;
}

export const visitReportsSpec: CollectionSpec<VisitReport> = {
  name: 'visit-reports',
  schema: documentOf({
    programme: text,
    activity: text,
    ...visitReportInput.properties,
    revision,
  }),
};

export type VisitReportInput = Omit<VisitReport, 'revision'>;
export type VisitReportFault = Extract<ReturnType<typeof read>, Refusal> | Refusal<'unit-twice'>;

export interface VisitReports {
  get(eventId: string): Promise<VisitReport | null>;
  all(programme: string): Promise<VisitReport[]>;
  /** @param seen revision that the caller saw; 0 for a report not written yet. */
  save(input: VisitReportInput, seen: number): Promise<VisitReport | VisitReportFault | Refusal<'changed-meanwhile'>>;
}

export function createVisitReports({ store }: { store: Store }): VisitReports {
  const reports = store.collection(visitReportsSpec);
  return {
    get: (eventId) => reports.get(eventId),
    all: (programme) => reports.find({ programme }),
    async save(input, seen) {
      const { id, programme, activity } = input;
      const given = read(input);
      if (isRefusal(given)) return given;
      const twice = given.participants.find(({ unit }, index) =>
        given.participants.slice(0, index).some((other) => placeCode(other.unit.code) === placeCode(unit.code)),
      );
      if (twice) return refuse('unit-twice', { field: 'participants', unit: twice.unit.name });
      const fields = { programme, activity, ...given };
      if (seen === 0) {
        const made: VisitReport = { id, ...fields, revision: 1 };
        return (await reports.insert(made)).inserted ? made : refuse('changed-meanwhile');
      }
      const changed = await updateSeen(reports, id, seen, fields);
      return changed ?? refuse('changed-meanwhile');
    },
  };
}
