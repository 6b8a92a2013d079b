import { refuse, type Refusal } from '../shared/errors';
import { documentOf, listOf, objectOf, revision, text, words } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { placeCode } from '../territory/place';
import { advisedUnitSchema, type AdvisedUnit } from './unit';

/** What is said of a study visit after it: who hosted, how many of which units came, what was seen. Its id is the event's. */
export interface VisitReport extends Stored {
  readonly programme: string;
  readonly activity: string;
  /** Who received the visitors, 1..500 characters. */
  readonly hosts: string;
  /** People of each unit; a unit once, at most 30 units. */
  readonly participants: readonly { readonly unit: AdvisedUnit; readonly count: number }[];
  /** At most 4,000 characters; may be empty. */
  readonly report: string;
  readonly revision: number;
}

export const visitReportsSpec: CollectionSpec<VisitReport> = {
  name: 'visit-reports',
  schema: documentOf({
    programme: text,
    activity: text,
    hosts: words(500),
    participants: listOf(
      objectOf({ unit: advisedUnitSchema, count: { type: 'integer', minimum: 1, maximum: 1000 } }),
      30,
    ),
    report: { type: 'string', maxLength: 4000 },
    revision,
  }),
};

export type VisitReportInput = Omit<VisitReport, 'revision'>;
export type VisitReportFault = Refusal<
  'hosts-missing' | 'advice-text-too-long' | 'participants-malformed' | 'unit-twice' | 'too-many-units'
>;

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
      const fault = faultOf(input);
      if (fault) return fault;
      const { id, programme, activity, participants } = input;
      const fields = {
        ...{ programme, activity, participants },
        hosts: input.hosts.trim(),
        report: input.report.trim(),
      };
      if (seen === 0) {
        const made: VisitReport = { id, ...fields, revision: 1 };
        return (await reports.insert(made)).inserted ? made : refuse('changed-meanwhile');
      }
      const changed = await updateSeen(reports, id, seen, fields);
      return changed ?? refuse('changed-meanwhile');
    },
  };
}

function faultOf({ hosts, report, participants }: VisitReportInput): VisitReportFault | null {
  if (hosts.trim() === '') return refuse('hosts-missing');
  if (hosts.trim().length > 500) return refuse('advice-text-too-long', { field: 'hosts', most: 500 });
  if (report.trim().length > 4000) return refuse('advice-text-too-long', { field: 'report', most: 4000 });
  if (participants.length > 30) return refuse('too-many-units');
  const seen = new Set<string>();
  for (const [index, { unit, count }] of participants.entries()) {
    if (!Number.isInteger(count) || count < 1 || count > 1000) {
      return refuse('participants-malformed', { row: index + 1 });
    }
    if (seen.has(placeCode(unit.code))) return refuse('unit-twice', { unit: unit.name });
    seen.add(placeCode(unit.code));
  }
  return null;
}
