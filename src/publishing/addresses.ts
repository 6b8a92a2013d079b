import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import type { UnitDocument } from '../reports/assessment-report';

/** What is reported: a round alone, or both of an assessment. */
export type Subject =
  { readonly kind: 'round'; readonly id: string } | { readonly kind: 'comparison'; readonly id: string };

/** The stable address of a report: fixed when it is first published, whatever becomes of the unit's code. */
export interface ReportAddress extends Stored {
  /** The unit's code in small letters. */
  readonly unit: string;
  /** The assessed year or years, such as `2024-2025`; where the unit has another such report, with a number behind it. */
  readonly report: string;
}

export const reportAddressesSpec: CollectionSpec<ReportAddress> = {
  name: 'report-addresses',
  schema: documentOf({ unit: text, report: text }),
  unique: { 'one-address': ['unit', 'report'] },
};

export interface Addresses {
  /** That of the subject, which is fixed here if it has none yet. */
  fix(subject: Subject, document: UnitDocument): Promise<ReportAddress>;
  of(subject: Subject): Promise<ReportAddress | null>;
}

/** Reports of one unit about the same years; more are a mistake. */
const mostAlike = 50;

export function createAddresses({ store }: { readonly store: Store }): Addresses {
  const addresses = store.collection(reportAddressesSpec);
  return {
    of: (subject) => addresses.get(idOf(subject)),
    async fix(subject, document) {
      const id = idOf(subject);
      const unit = document.unit.code.toLowerCase();
      const years = document.rounds.map(({ assessedYear, name }) => assessedYear ?? name).join('-');
      for (let at = 1; at <= mostAlike; at += 1) {
        const before = await addresses.get(id);
        if (before !== null) return before;
        // A unique key decides between two reports of the same years.
        const address: ReportAddress = { id, unit, report: at === 1 ? years : `${years}.${at}` };
        if ((await addresses.insert(address)).inserted) return address;
      }
      throw new TypeError(`The unit ${unit} has more than ${mostAlike} reports about ${years}.`);
    },
  };
}

function idOf({ kind, id }: Subject): string {
  return `${kind}:${id}`;
}
