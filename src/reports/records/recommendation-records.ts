import { recommendationStates } from '../../assessment/recommendations/recommendation';
import { fates } from '../../assessment/recommendations/reviews';
import { fields, nullable, oneOf, text, type Schema } from '../edition/schema/build';
import type { ReportInput, ReportRecommendation, ReviewedRecommendation } from '../input';

/** One recommendation for programs: in the round that made it, with what a later report says of it. */
export interface RecommendationRecord {
  readonly round: 'baseline' | 'follow-up';
  /** The assessed year of that round; null = not told. */
  readonly year: number | null;
  /** Its place in the group's order, from 1. */
  readonly number: number;
  /** null: the whole cooperation. */
  readonly area: string | null;
  readonly what: string;
  /** null: not settled. */
  readonly who: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM`; null: not settled. */
  readonly due: string | null;
  /** null where the follow-up's report does not tell. */
  readonly priority: 'yes' | 'no' | null;
  /** null where the fate stands in its place. */
  readonly state: ReportRecommendation['state'] | null;
  readonly fate: ReviewedRecommendation['fate'];
  /** Remarks on the state, or why this fate; null: none. */
  readonly why: string | null;
  readonly evidence: string | null;
}

export const recommendationRecordSchema: Schema = fields<RecommendationRecord>({
  round: oneOf(['baseline', 'follow-up'], 'The round in which it was made.'),
  year: nullable({ type: 'integer', description: 'The assessed year of that round; empty: not told in this report.' }),
  number: { type: 'integer', minimum: 1, description: 'Its place in the order of the working group.' },
  area: nullable(text('Code of the area; empty: the whole cooperation.')),
  what: text('What is to be done.'),
  who: nullable(text('A function, an office or an organisation; empty: not settled.')),
  due: nullable(text('Day, or month by whose end it is due; empty: not settled.')),
  priority: nullable(oneOf(['yes', 'no'], 'Whether it stands in the summary; empty: not told in this report.')),
  state: nullable(oneOf([...recommendationStates], 'What was reported by the day of the report.')),
  fate: nullable(oneOf([...fates], 'What the follow-up says of it; empty: nothing yet.')),
  why: nullable(text('What was done; what is missing and why.')),
  evidence: nullable(text('Address of what shows it.')),
});

/** Every recommendation that the report tells: those of the baseline with their fates first. */
export function recommendationRecords({ rounds }: ReportInput): readonly RecommendationRecord[] {
  const common = ({ area, what, who, due }: ReportRecommendation | ReviewedRecommendation, at: number) => ({
    ...{ number: at + 1, area, what, who: orNull(who), due },
  });
  const baselineYear = rounds.find(({ name }) => name === 'baseline')?.assessedYear ?? null;
  return rounds.flatMap(({ name, assessedYear, recommendations, reviewed }) => [
    ...reviewed.map((one, at): RecommendationRecord => ({
      ...{ round: 'baseline', year: baselineYear },
      ...common(one, at),
      ...{ priority: null, state: null, fate: one.fate, why: orNull(one.why), evidence: orNull(one.evidence) },
    })),
    ...recommendations.map((one, at): RecommendationRecord => ({
      ...{ round: name, year: assessedYear },
      ...common(one, at),
      ...{ priority: one.priority ? 'yes' : 'no', state: one.state, fate: null },
      ...{ why: orNull(one.remark), evidence: null },
    })),
  ]);
}

const orNull = (words: string): string | null => (words === '' ? null : words);
