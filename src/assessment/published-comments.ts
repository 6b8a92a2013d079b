import type { Answer, Answers } from '../definitions/answers';
import { commentQuestionsOfForm } from '../definitions/comment-questions';
import { partsOf, type FormName, type Instrument, type Thresholds } from '../definitions/instrument';
import type { ReleasedGroup, ReleasedRound } from '../scoring';

/** Why staff hide a comment or words of it; never because of what it thinks of the cooperation. */
export const hidingReasons = ['person', 'author', 'insult', 'off-topic'] as const;
export type HidingReason = (typeof hidingReasons)[number];

/** What a report says of the words of respondents in one round. */
export interface PublishedComments {
  /** `none`: there is nothing to read; `review`: staff have not published what they read; `published`. */
  readonly state: 'none' | 'review' | 'published';
  /** Fewest people of a group who must have answered before anybody reads its comments. */
  readonly fewest: number;
  /** Codes of published groups with fewer: their comments are kept back, and whether there are any. */
  readonly keptBack: readonly string[];
  /** In random order, drawn once and kept. Empty unless published. */
  readonly list: readonly PublishedComment[];
  /** How many were hidden whole, by reason; reasons without any are left out. Empty unless published. */
  readonly hidden: readonly { readonly reason: HidingReason; readonly count: number }[];
}

export interface PublishedComment {
  /** Code of the question it answers; `<code>.other` where it is the words of an "other" choice. */
  readonly question: string;
  /** Code of the published group. */
  readonly group: string;
  readonly text: string;
}

/** anonymity.md 3: comments are published from max(8, k) respondents of the (merged) group; 8 is the instrument's. */
export function fewestForComments({ comments, k }: Pick<Thresholds, 'comments' | 'k'>): number {
  return Math.max(comments, k);
}

/** The published group that people who answered as `group` are in, if its comments may be read; else null. */
export function readableGroup(
  { groups }: Pick<ReleasedRound, 'groups'>,
  fewest: number,
  group: string,
): ReleasedGroup | null {
  const found = groups.find(({ parts }) => partsOf(group).every((part) => parts.includes(part)));
  return found?.respondents != null && found.respondents >= fewest ? found : null;
}

/** Groups in which somebody answered, but too few for comments. */
export function keptBackGroups({ groups }: Pick<ReleasedRound, 'groups'>, fewest: number): readonly string[] {
  return groups
    .filter(({ respondents }) => respondents === null || (respondents > 0 && respondents < fewest))
    .map(({ code }) => code);
}

/** Of answers in a file, which nobody of staff has read; null where their form asks for no comments. */
export function unreadComments(
  instrument: Instrument,
  form: FormName,
  released: Pick<ReleasedRound, 'groups'>,
  thresholds: Pick<Thresholds, 'comments' | 'k'>,
  respondents: readonly { readonly group: string; readonly answers: Answers }[],
): PublishedComments | null {
  const questions = commentQuestionsOfForm(instrument, form);
  if (questions.length === 0) return null;
  const fewest = fewestForComments(thresholds);
  const isWritten = respondents.some(
    ({ group, answers }) =>
      readableGroup(released, fewest, group) !== null && questions.some(({ code }) => !isEmpty(answers[code])),
  );
  const keptBack = keptBackGroups(released, fewest);
  return { state: isWritten ? 'review' : 'none', fewest, keptBack, list: [], hidden: [] };
}

function isEmpty(answer: Answer | undefined): boolean {
  return answer === undefined || answer === '' || typeof answer !== 'string';
}
