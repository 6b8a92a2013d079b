import type { AgreedScore } from '../../../../../assessment/meeting/agreed-scores';
import { resultsStateOf } from '../../../../../assessment/results-status';
import type { RoundResults } from '../../../../../assessment/results';
import { isRefusal } from '../../../../../shared/errors';
import type { StaffRound } from '../with-round';

export interface AgreedAndSurvey {
  /** By area. */
  readonly set: ReadonlyMap<string, AgreedScore>;
  /** What was agreed in the baseline, by area; empty in a baseline. */
  readonly before: ReadonlyMap<string, AgreedScore>;
  /** null until the round's results are computed. */
  readonly results: RoundResults | null;
}

/** What the group has agreed, what it agreed in the baseline, and the survey once it has results. */
export async function agreedAndSurvey({ round, services }: StaffRound): Promise<AgreedAndSurvey> {
  const { agreedScores, results, rounds } = services.assessment;
  const byArea = (scores: readonly AgreedScore[]) => new Map(scores.map((score) => [score.area, score]));
  const baseline =
    round.name === 'follow-up'
      ? (await rounds.ofAssessment(round.assessmentId)).find(({ name }) => name === 'baseline')
      : undefined;
  const own = resultsStateOf(round) === 'computed' ? await results.roundResults(round.id) : null;
  return {
    set: byArea(round.status === 'draft' ? [] : await agreedScores.ofRound(round.id)),
    before: byArea(baseline ? await agreedScores.ofRound(baseline.id) : []),
    results: own === null || isRefusal(own) ? null : own,
  };
}

/** Why there are no figures of the survey yet. */
export function resultsLater({ round, t }: StaffRound): string {
  return t(resultsStateOf(round) === 'waiting' ? 'meeting:overview.surveyNotComputed' : 'meeting:overview.surveyLater');
}
