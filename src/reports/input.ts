import type { Way } from '../assessment/round';
import type { PublishedComments } from '../assessment/published-comments';
import type { RecommendationInput, StateReport } from '../assessment/recommendations/recommendation';
import type { FateInput } from '../assessment/recommendations/reviews';
import type { FactValue } from '../definitions/answers';
import type { FormName } from '../definitions/instrument';
import type { AgreedChange, AgreedRound, AreaItems, Change, QuestionCounts, ReleasedPair, Scorecard } from '../scoring';
import type { Edition, ReportInstrument } from './edition/edition';

/** Everything one report is made from: figures that suppression has passed, never single answers. */
export interface ReportInput {
  /** Name of the local government unit, at most 120 characters. */
  readonly unit: string;
  /** The day the report was made, `YYYY-MM-DD`. */
  readonly madeOn: string;
  readonly instrument: ReportInstrument;
  /** The form both rounds are scored as. */
  readonly form: FormName;
  /** Fewest answers behind any figure of a group; 1 where nothing is hidden. */
  readonly k: number;
  /** Of an edition: which one, who decided, who publishes it where; null of a preview. */
  readonly published: Pick<Edition, 'publication' | 'installation'> | null;
  /** One or two, the earlier first. */
  readonly rounds: readonly ReportRound[];
  /** Only with two rounds. */
  readonly change: Change | null;
  /** What the two rounds asked and have in common; null with one round. */
  readonly common: CommonToBoth | null;
  readonly agreedChange: AgreedChange | null;
}

/** Versions and forms of two rounds, and what became of items and areas between them. */
export type CommonToBoth = Pick<ReleasedPair, 'baseline' | 'followUp' | 'versions'>;

export interface ReportStudy {
  /** First and last day of answering, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** How often closing had begun and was taken back; absent: never. */
  readonly resumed?: number;
  /** Cards, invitations and paper forms with a code for one answer, of the groups whose respondents are published; absent: none. */
  readonly codes?: { readonly issued: number; readonly used: number };
  /** Answers on paper; `answers` is null where fewer than k came so, `blank`: some without a code. Absent: none. */
  readonly paper?: { readonly answers: number | null; readonly blank: boolean };
  /** Ways in of the groups asked, each once; absent: not told. */
  readonly ways?: readonly Way[];
  /** Version of the information that respondents read before they answered; absent: not told. */
  readonly clause?: string;
}

export interface ReportRound {
  readonly name: 'baseline' | 'follow-up';
  /** The year whose cooperation is assessed; null = not told. */
  readonly assessedYear: number | null;
  /** How answers were collected; null = not told. */
  readonly study: ReportStudy | null;
  readonly scorecard: Scorecard;
  /** Respondents by code of the published groups; a group that is absent has none, or is hidden. */
  readonly respondents: Readonly<Record<string, number>>;
  /** Codes of groups that are in no figure, since fewer than k people of them answered. */
  readonly hiddenGroups: readonly string[];
  /** Known number of people by group code; a group that is absent has an unknown size. */
  readonly groupSizes: Readonly<Record<string, number>>;
  /** Areas the unit did not work on. */
  readonly outOfScope: readonly string[];
  /** null where the working group has set nothing yet. */
  readonly agreed: AgreedReport | null;
  /** Only facts with a value or with a reason for having none. */
  readonly facts: readonly ReportFact[];
  /** How much of the facts the facilitator has confirmed; absent where nobody was asked. */
  readonly factsConfirmed?: FactsConfirmed;
  /** How the items were answered, by area code. */
  readonly items: Readonly<Record<string, AreaItems>>;
  /** Half-width in points within which a difference counts as practically none. */
  readonly practicallySame: number;
  /** How the questions outside the areas were answered, in the order of the report. */
  readonly counts: readonly QuestionCounts[];
  /** null where the round asked for none, and in a comparison. */
  readonly comments: PublishedComments | null;
  /** In the group's order; of the earlier of two rounds none: they are among `reviewed` of the later one. */
  readonly recommendations: readonly ReportRecommendation[];
  /** Of a follow-up: all recommendations of the baseline and what has become of them. */
  readonly reviewed: readonly ReviewedRecommendation[];
}

/** What the working group recommends, and what was reported of it by the day of the report. */
export interface ReportRecommendation extends RecommendationInput, StateReport {
  /** One of three at most that stand in the summary. */
  readonly priority: boolean;
}

/** What the follow-up says of a recommendation of the baseline. */
export interface ReviewedRecommendation extends RecommendationInput, Omit<FateInput, 'fate'> {
  /** null: it has not been reviewed yet. */
  readonly fate: FateInput['fate'] | null;
}

/** Days are `YYYY-MM-DD`. Who took it back stands in the minutes alone. */
export interface Reopening {
  readonly approvedOn: string;
  readonly on: string;
  readonly why: string;
}

export interface AgreedWords {
  readonly reasons: string;
  readonly dissent: string;
  /** Absent where there are none. */
  readonly strengths?: string;
  readonly barriers?: string;
}

export interface AgreedReport {
  readonly scores: AgreedRound;
  /** The day the working group approved them, `YYYY-MM-DD`; null: it has not; absent where nobody was asked. */
  readonly approvedOn?: string | null;
  /** Approvals that were taken back, the first one first; absent: there were none. */
  readonly reopened?: readonly Reopening[];
  /** Words of the working group by area code. */
  readonly words: Readonly<Record<string, AgreedWords>>;
  readonly meetings: readonly {
    readonly date: string;
    readonly present: readonly { readonly role: string; readonly count: number }[];
  }[];
}

export interface FactsConfirmed {
  /** Parts of the sheet (areas, and the rest) that stand as they were confirmed, of how many. */
  readonly parts: number;
  readonly of: number;
  /** Day of the last of these confirmations, `YYYY-MM-DD`; null where there is none. */
  readonly on: string | null;
}

export interface ReportFact {
  readonly code: string;
  readonly value: FactValue | null;
  /** Why there is no value. */
  readonly noData: string | null;
  readonly year: number | null;
  readonly source: string;
}
