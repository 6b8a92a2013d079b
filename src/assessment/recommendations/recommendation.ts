import Type from 'typebox';
import { anyLine, anyWords, dayOrMonth, line, oneOf, words, type InputOf } from '../../shared/input';
import { day, documentOf, nullable, revision, text } from '../../storage/document-fields';
import type { CollectionSpec, Stored } from '../../storage/port';

/** What the working group recommends: what is to be done, by whom and by when. */
export const recommendationInput = Type.Object({
  /** Code of the area; null: the whole cooperation. */
  area: Type.Union([line(40), Type.Null()]),
  what: words(1000),
  /** A function, an office or an organisation, no name of a person; '' until it is settled. */
  who: anyLine(200),
  /** `YYYY-MM-DD`, or `YYYY-MM` for the end of a month; null until it is settled. */
  due: Type.Union([dayOrMonth, Type.Null()]),
});
export type RecommendationInput = InputOf<typeof recommendationInput>;

export const recommendationStates = ['planned', 'under-way', 'done', 'partly', 'not-done', 'given-up'] as const;
export type RecommendationState = (typeof recommendationStates)[number];

/** What is reported of a recommendation between the rounds. */
export const stateReportInput = Type.Object({
  state: oneOf(recommendationStates),
  /** What was done, what is missing, or why not. */
  remark: anyWords(1000),
});
export type StateReport = InputOf<typeof stateReportInput>;

/** A recommendation of a round. What is reported of it has a revision of its own: others write it than the text. */
export interface Recommendation extends Stored, RecommendationInput, StateReport {
  readonly roundId: string;
  /** The day of the last report, `YYYY-MM-DD`; null where nothing was reported yet. */
  readonly reportedOn: string | null;
  /** Who reported last, as the accounts name them; '' where nobody has. Never printed. */
  readonly reportedBy: string;
  /** Grows by one with every report. */
  readonly reportRevision: number;
  /** Grows by one with every change of what is recommended. */
  readonly revision: number;
}

export const recommendationsSpec: CollectionSpec<Recommendation> = {
  name: 'recommendations',
  schema: documentOf({
    roundId: text,
    ...recommendationInput.properties,
    ...stateReportInput.properties,
    reportedOn: nullable(day),
    reportedBy: text,
    reportRevision: revision,
    revision,
  }),
  indexes: [['roundId'], ['state']],
};

/** A recommendation in its place among those of its round. */
export interface ListedRecommendation extends Recommendation {
  /** 1, 2, 3 … in the order that staff gave them. */
  readonly number: number;
  /** One of the three that stand in the summary. */
  readonly priority: boolean;
}

/** Most recommendations of a round that stand in the summary. */
export const mostPriorities = 3;

/** Whether nobody knows yet who is to do it, or by when. */
export function isIncomplete({ who, due }: Pick<Recommendation, 'who' | 'due'>): boolean {
  return who === '' || due === null;
}

/** The last day on which it is in time: of a month its last one. */
export function lastDayOf(due: string): string {
  if (due.length === 10) return due;
  const [year, month] = due.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/**
 * How many days a recommendation is late: of one due on 30 June 1 on the first of July. 0 where it is in time, where it
 * has no day, or where its fate was reported.
 */
export function daysOverdue({ state, due }: Pick<Recommendation, 'state' | 'due'>, today: string): number {
  if (due === null || !openStates.includes(state)) return 0;
  const late = Date.parse(today) - Date.parse(lastDayOf(due));
  return Math.max(0, late / 86_400_000);
}

/** States in which something is still to be done. */
export const openStates: readonly RecommendationState[] = ['planned', 'under-way'];
