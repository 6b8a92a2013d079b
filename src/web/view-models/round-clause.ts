import type { Round } from '../../assessment/round';
import { usualThresholds, type Instrument } from '../../definitions/instrument';
import type { Language } from '../../locales/translate';
import { clauseWords, type ClauseWords, type WayIn } from '../../reports/clause';
import { Failure } from '../../shared/errors';
import type { Services } from '../services';

/** What a round tells those who answer by these ways, or would if it opened now. */
export async function roundClause(
  { assessment: { assessments, clauses } }: Services,
  round: Round,
  instrument: Instrument,
  ways: readonly WayIn[],
  language: Language,
): Promise<ClauseWords> {
  const assessment = await assessments.get(round.assessmentId);
  if (!assessment) throw new Failure('assessment-missing', `Round ${round.id} has no assessment.`);
  const clause = round.clause ?? (await clauses.inForce(assessment.unitId));
  return clauseWords(clause, ways, round.thresholds ?? instrument.thresholds ?? usualThresholds, language);
}
