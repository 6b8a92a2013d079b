import {
  comparisonDocument,
  roundDocument,
  type ReportServices,
  type UnitDocument,
} from '../reports/assessment-report';
import type { Edition, Installation } from '../reports/edition/edition';
import { contentHash, editionText, readEdition } from '../reports/edition/read-edition';
import { dayOf, type Clock } from '../shared/clock';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import { moveFrom, refusalOfMove } from '../shared/moves';
import { visibleLines } from '../shared/plain-text';
import type { Store } from '../storage/port';
import type { EditionFiles } from './edition-files';
import type { Addresses, ReportAddress, Subject } from './addresses';
import { cardOf } from './card';
import {
  editionDocumentsSpec,
  editionPath,
  editionsSpec,
  type EditionDocument,
  type PublishedEdition,
} from './edition';
import { editionMove, editionMoves } from './edition-status';
import {
  editionFrom,
  publicationRefusal,
  readPublication,
  type PublicationInput,
  type PublicationRefusal,
} from './publication';

/** Most characters of the reason why an edition is withdrawn. */
export const longestWithdrawalReason = 1000;

type ReportRefusal = Extract<Awaited<ReturnType<typeof roundDocument | typeof comparisonDocument>>, Refusal>;

/** The document with what is known of the edition beside it. */
export interface OpenedEdition {
  readonly about: PublishedEdition;
  readonly edition: Edition;
  /** Exactly as it was published. */
  readonly text: string;
}

export interface Editions {
  /** The report as it would be published now; a refusal where there are no results to publish. */
  preview(subject: Subject): Promise<UnitDocument | ReportRefusal>;
  /**
   * Publishes a report, or another edition of it; both rest on the stored release.
   *
   * @param seen how many editions the person saw: of two who publish at once, the second meets `changed-meanwhile`
   */
  publish(
    subject: Subject,
    input: Partial<PublicationInput>,
    seen: number,
  ): Promise<PublishedEdition | ReportRefusal | PublicationRefusal | Refusal<'changed-meanwhile'>>;
  /** Nobody sees it from now on; its document and files are removed. */
  withdraw(
    id: string,
    why: string,
  ): Promise<
    PublishedEdition | Refusal<'edition-unknown' | 'edition-withdrawn' | 'withdrawal-reason-missing' | 'text-too-long'>
  >;
  /** Finishes what a crash left half done. */
  resumeWithdrawing(): Promise<void>;
  /** All editions of a report, withdrawn ones too, the first one first. */
  ofSubject(subject: Subject): Promise<PublishedEdition[]>;
  ofReport(unit: string, report: string): Promise<PublishedEdition[]>;
  /** Every edition that may be seen. */
  published(): Promise<PublishedEdition[]>;
  /** Every edition of a unit, withdrawn ones too. */
  ofUnit(unit: string): Promise<PublishedEdition[]>;
  get(unit: string, report: string, number: number): Promise<PublishedEdition | null>;
  byId(id: string): Promise<PublishedEdition | null>;
  /** null where it is withdrawn, also between the two looks. */
  open(about: PublishedEdition): Promise<OpenedEdition | null>;
}

export interface EditionsDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly assessment: ReportServices;
  readonly addresses: Addresses;
  readonly installation: Installation;
  /** What is made of editions and kept; removing it is asked again where it failed. */
  readonly editionFiles: Pick<EditionFiles, 'makeAhead' | 'removeFilesOf'>;
}

export function createEditions(deps: EditionsDependencies): Editions {
  const { store, clock, assessment, addresses, installation, editionFiles } = deps;
  const editions = store.collection(editionsSpec);
  const documents = store.collection(editionDocumentsSpec);
  const byNumber = { sort: [['number', 'ascending']] } as const;

  const preview = ({ kind, id }: Subject, madeOn: string) =>
    (kind === 'round' ? roundDocument : comparisonDocument)(assessment, id, madeOn);

  /**
   * The row decides by its unique key: a document without one is nothing that anybody can reach. null: another edition
   * of this number was published first.
   */
  async function keep(edition: Edition, { id: reportId, unit, report }: ReportAddress) {
    const { number, reason } = edition.publication;
    const [id, hash] = [`${reportId}:${number}`, contentHash(edition)];
    const document: EditionDocument = { id: `${id}:${hash}`, editionId: id, text: editionText(edition) };
    await documents.insert(document);
    const card = cardOf(edition);
    await editions.insert({
      ...{ id, reportId, unit, report, number, state: 'published', publishedOn: edition.madeOn, hash },
      title: { unit: card.unit.name, kind: card.kind, rounds: card.rounds },
      ...{ card, reason, withdrawnOn: null, withdrawnWhy: null },
    });
    const kept = await editions.get(id);
    // Of those who were slower, or stopped half way, nothing stays.
    if ((await documents.count({ editionId: id })) > 1) {
      for (const other of await documents.find({ editionId: id })) {
        if (other.id !== `${id}:${kept?.hash ?? hash}`) await documents.remove({ id: other.id });
      }
    }
    return kept?.hash === hash ? kept : null;
  }

  async function finishWithdrawing(edition: PublishedEdition): Promise<PublishedEdition | null> {
    await editionFiles.removeFilesOf(edition.id);
    await documents.remove({ editionId: edition.id });
    const { from, to } = editionMove('finish-withdrawing');
    return editions.update(edition.id, (one) => (one.state === from ? { ...one, state: to, card: null } : null));
  }

  const isPublished = ({ state }: PublishedEdition): boolean => state === 'published';

  return {
    preview: (subject) => preview(subject, dayOf(clock())),

    async publish(subject, given, seen) {
      const today = dayOf(clock());
      const document = await preview(subject, today);
      if (isRefusal(document)) return document;
      const input = readPublication(given);
      if (isRefusal(input)) return input;
      const number = seen + 1;
      const refusal = publicationRefusal(input, { number, today });
      if (refusal !== null) return refusal;
      const address = await addresses.fix(subject, document);
      if ((await editions.count({ reportId: address.id })) < seen) return refuse('changed-meanwhile');
      const path = editionPath({ ...address, number });
      const kept = await keep(editionFrom(document, input, { number, path, installation }), address);
      if (kept === null) return refuse('changed-meanwhile');
      // It is published all the same where this fails: whoever asks first for a file has it made.
      await editionFiles.makeAhead(kept.id).catch(() => undefined);
      return kept;
    },

    async withdraw(id, given) {
      const why = visibleLines(given);
      if (why.length > longestWithdrawalReason) {
        return refuse('text-too-long', { field: 'why', longest: longestWithdrawalReason, length: why.length });
      }
      const edition = await editions.get(id);
      if (edition === null) return refuse('edition-unknown');
      const move = moveFrom(editionMoves, edition.state, 'withdraw');
      if (move === undefined) return refuse('edition-withdrawn');
      const refusal = refusalOfMove(move, { why });
      if (refusal !== null) return refusal;
      const moved = await editions.update(id, (one) =>
        one.state === move.from ? { ...one, state: move.to, withdrawnOn: dayOf(clock()), withdrawnWhy: why } : null,
      );
      if (moved === null) return refuse('edition-withdrawn');
      return (await finishWithdrawing(moved)) ?? moved;
    },

    async resumeWithdrawing() {
      for (const edition of await editions.find({ state: editionMove('finish-withdrawing').from })) {
        await finishWithdrawing(edition);
      }
    },

    async ofSubject(subject) {
      const address = await addresses.of(subject);
      return address === null ? [] : editions.find({ reportId: address.id }, byNumber);
    },
    ofReport: (unit, report) => editions.find({ unit, report }, byNumber),
    published: () => editions.find({ state: 'published' }),
    ofUnit: (unit) => editions.find({ unit }, byNumber),
    get: async (unit, report, number) => (await editions.find({ unit, report, number }, { limit: 1 }))[0] ?? null,
    byId: (id) => editions.get(id),

    async open(about) {
      if (!isPublished(about)) return null;
      const stored = await documents.get(`${about.id}:${about.hash}`);
      // Withdrawn since the row was read, or lost.
      if (stored === null) {
        const now = await editions.get(about.id);
        if (now !== null && isPublished(now)) throw new Failure('edition-lost', `The document of ${about.id} is gone.`);
        return null;
      }
      return { about, edition: readEdition(stored.text), text: stored.text };
    },
  };
}
