import type { FormName, Instrument } from '../definitions/instrument';
import {
  agreedScores as agreedRound,
  compareAgreed,
  type AgreedChange,
  type AgreedRound,
  type AgreedScores as AgreedByArea,
} from '../scoring/agreed';
import { compareRounds, type Change } from '../scoring/comparison';
import { scoredRound, type Scorecard, type ScoredRound } from '../scoring/scorecard';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { AgreedScores } from './agreed-scores';
import type { Assessment, Assessments } from './assessments';
import type { FactSheet } from './fact-sheet';
import type { PinnedInstrument, Round } from './round';
import type { Rounds } from './rounds';
import type { Sealing } from './sealing';
import type { Unit, Units } from './units';

/** A closed round's figures. The two kinds of result stand side by side and are never mixed. */
export interface RoundResults {
  readonly unit: Unit;
  readonly assessment: Assessment;
  readonly round: Round;
  readonly pinned: PinnedInstrument;
  readonly instrument: Instrument;
  /** The form the answers are scored as; `core` where a full round is compared with a short one. */
  readonly form: FormName;
  /** Sealed submissions by group; groups without any are absent. */
  readonly respondents: Readonly<Record<string, number>>;
  /** The survey. */
  readonly scorecard: Scorecard;
  /** The working group. */
  readonly agreed: AgreedRound;
}

/** Both rounds of an assessment and what changed. */
export interface ComparisonResults {
  readonly baseline: RoundResults;
  readonly followUp: RoundResults;
  /** The form both rounds are scored as. */
  readonly form: FormName;
  readonly change: Change;
  readonly agreedChange: AgreedChange;
}

export type ResultsRefusal = Refusal<'round-unknown' | 'not-closed' | 'more-answers-than-people'>;

export interface Results {
  /** Only for closed rounds: means that can be watched growing could be taken apart into single answers. */
  roundResults(roundId: string): Promise<RoundResults | ResultsRefusal>;
  /** Scores both rounds as `core` where their forms differ. */
  assessmentComparison(
    assessmentId: string,
  ): Promise<
    ComparisonResults | ResultsRefusal | Refusal<'assessment-unknown' | 'round-missing' | 'instruments-differ'>
  >;
}

interface Scored {
  readonly results: RoundResults;
  readonly scored: ScoredRound;
  readonly agreedByArea: AgreedByArea;
}

export function createResults(deps: {
  units: Units;
  assessments: Assessments;
  rounds: Rounds;
  sealing: Sealing;
  agreedScores: AgreedScores;
  factSheet: FactSheet;
}): Results {
  const { units, assessments, rounds, sealing, agreedScores, factSheet } = deps;

  async function score(round: Round, form: FormName): Promise<Scored | ResultsRefusal> {
    const { name, groupSizes, outOfScope, instrument: pinned, thresholds } = round;
    if (round.status !== 'closed' || !pinned || !thresholds) {
      return refuse('not-closed', { round: name, status: round.status });
    }
    const assessment = await assessments.get(round.assessmentId);
    const unit = assessment && (await units.get(assessment.unitId));
    if (!unit) throw new Failure('assessment-missing', `Round ${round.id} has no assessment or its unit is gone.`);
    const respondents = await sealing.answersOf(round.id);
    const counts = countsByGroup(respondents);
    for (const [group, answers] of Object.entries(counts)) {
      const size = groupSizes[group];
      if (size !== undefined && answers > size) {
        return refuse('more-answers-than-people', { round: name, group, answers, size });
      }
    }
    const { instrument } = rounds.instrumentOf(round);
    const facts = await factSheet.valuesOf(round.id);
    const { k } = thresholds;
    const scored = scoredRound(instrument, { form, round: name, respondents, facts, groupSizes, outOfScope, k });
    const agreedByArea: AgreedByArea = Object.fromEntries([
      ...(await agreedScores.ofRound(round.id)).map(({ area, score: points }) => [area, points] as const),
      ...outOfScope.map((area) => [area, null] as const),
    ]);
    const agreed = agreedRound(instrument, agreedByArea);
    const { scorecard } = scored;
    return {
      results: { unit, assessment, round, pinned, instrument, form, respondents: counts, scorecard, agreed },
      scored,
      agreedByArea,
    };
  }

  return {
    async roundResults(roundId) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      const scored = await score(round, round.form);
      return isRefusal(scored) ? scored : scored.results;
    },

    async assessmentComparison(assessmentId) {
      if (!(await assessments.get(assessmentId))) return refuse('assessment-unknown');
      const both = await rounds.ofAssessment(assessmentId);
      const [first, second] = (['baseline', 'follow-up'] as const).map((name) => both.find((one) => one.name === name));
      if (!first || !second) return refuse('round-missing', { round: first ? 'follow-up' : 'baseline' });

      const form = first.form === second.form ? first.form : 'core';
      const baseline = await score(first, form);
      if (isRefusal(baseline)) return baseline;
      const followUp = await score(second, form);
      if (isRefusal(followUp)) return followUp;
      const { instrument, pinned } = followUp.results;
      // Versions need an explicit map before they may be compared (method §1).
      if (pinned.hash !== baseline.results.pinned.hash) return refuse('instruments-differ');
      return {
        baseline: baseline.results,
        followUp: followUp.results,
        form,
        change: compareRounds(instrument, baseline.scored, followUp.scored),
        agreedChange: compareAgreed(instrument, baseline.agreedByArea, followUp.agreedByArea),
      };
    },
  };
}

function countsByGroup(respondents: readonly { readonly group: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { group } of respondents) counts[group] = (counts[group] ?? 0) + 1;
  return counts;
}
