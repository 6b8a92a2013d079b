import type { PublishedComments } from '../../assessment/published-comments';
import type { Instrument } from '../../definitions/instrument';
import type { AgreedScores, ReleasedPair, ReleasedRound } from '../../scoring';
import type {
  AgreedReport,
  FactsConfirmed,
  ReportFact,
  ReportRecommendation,
  ReportRound,
  ReviewedRecommendation,
} from '../input';

/**
 * The report document: one plain JSON that everything of a report is made from, page and print, spreadsheet and
 * interface. It holds what was released, what the working group set, what the unit told of itself, and the words of the
 * instrument in all its languages, but no name of a person.
 */
export interface ReportDocument {
  /** At most 120 characters. */
  readonly unit: { readonly name: string };
  /** The day it was made, of an edition: published; `YYYY-MM-DD`. */
  readonly madeOn: string;
  readonly instrument: ReportInstrument;
  /** One, or the earlier and the later. */
  readonly rounds: readonly [DocumentRound, ...DocumentRound[]];
  /** Exactly as it was released and stored; null with one round. */
  readonly pair: ReleasedPair | null;
}

/**
 * What a report prints of an instrument, of the later one where a comparison has two versions. The fields are the
 * instrument's own; `groups` are those that the figures know, after merging.
 */
export type ReportInstrument = Required<
  Pick<Instrument, 'id' | 'version' | 'languages' | 'title' | 'scale' | 'groups' | 'planes' | 'questions' | 'facts'>
> & {
  /** SHA-256 of the whole instrument's canonical JSON, in hex. */
  readonly hash: string;
};

export interface DocumentRound extends Pick<ReportRound, 'name' | 'assessedYear' | 'study'> {
  /** Exactly as it was released and stored. */
  readonly released: ReleasedRound;
  /** null where the working group has set nothing. */
  readonly agreed: DocumentAgreed | null;
  /** In the instrument's order; only those with a value or with a reason for having none. */
  readonly facts: readonly ReportFact[];
  /** Absent where nobody was asked. */
  readonly factsConfirmed?: FactsConfirmed;
  /** Absent where the round asked for none, and beside another round: a comparison publishes none. */
  readonly comments?: PublishedComments;
  /**
   * What the working group recommends, in its order; absent where nothing, and of the earlier round beside a later one
   * that has reviewed it.
   */
  readonly recommendations?: readonly ReportRecommendation[];
  /** Of a follow-up: the baseline's recommendations and their fates; absent where there were none. */
  readonly reviewed?: readonly ReviewedRecommendation[];
}

export interface DocumentAgreed extends Pick<AgreedReport, 'words' | 'meetings' | 'reopened'> {
  /** By area code, in half points; null = out of scope. */
  readonly scores: AgreedScores;
  /** The day the working group approved the scores, `YYYY-MM-DD`; null: it has not; absent where nobody was asked. */
  readonly approvedOn?: string | null;
}

/** The newest version of the edition's schema; `read-edition.ts` reads the earlier ones. */
export const editionSchemaVersion = 1;

/** A report as published: never changed, covered by a hash, described by `edition-schema.ts`. */
export interface Edition extends ReportDocument {
  readonly schemaVersion: typeof editionSchemaVersion;
  readonly unit: EditionUnit;
  readonly publication: Publication;
  readonly installation: Installation;
}

/** Whether a report document is one that was published. */
export function isEdition(document: ReportDocument): document is Edition {
  return 'publication' in document;
}

export interface EditionUnit {
  readonly name: string;
  /** TERC code of the gmina or powiat without its kind's digit, or one of one's own. */
  readonly code: string;
  readonly kind: 'urban-gmina' | 'rural-gmina' | 'urban-rural-gmina' | 'powiat' | 'city-with-county-rights';
  /** '' where it is not known. */
  readonly powiat: string;
  readonly subregion: string;
}

export interface Publication {
  /** 1, 2, 3 … of this report. */
  readonly number: number;
  /** Why there is another edition; null for the first. */
  readonly reason: string | null;
  /** The unit's decision to publish: an office or a body, no name of a person. */
  readonly decidedBy: string;
  /** `YYYY-MM-DD`. */
  readonly decidedOn: string;
  /** Path of the edition's page on the installation, such as `/library/300101/2024-2025/1`. */
  readonly path: string;
}

/** Who publishes, and on what terms. */
export interface Installation {
  /** null: the installation names nobody. */
  readonly publisher: { readonly name: string; readonly email: string } | null;
  /** Public address without a slash at its end; null where none is set. */
  readonly address: string | null;
  /** Terms of reuse; null: none are stated. */
  readonly licence: { readonly name: string; readonly url: string | null } | null;
}
