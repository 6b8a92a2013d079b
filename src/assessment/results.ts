import { partsOf, type Instrument } from '../definitions/instrument';
import { mapBetween } from '../definitions/version-map';
import {
  agreedScores as agreedRound,
  compareAgreed,
  releasePair,
  releaseRound,
  type AgreedChange,
  type AgreedRound,
  type AgreedScores as AgreedByArea,
  type ReleasedPair,
  type ReleasedRound,
  type RoundToRelease,
} from '../scoring';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { AgreedScores } from './meeting/agreed-scores';
import type { Assessment, Assessments } from './assessments';
import type { FactSheet } from './fact-sheet';
import type { Releases } from './releases';
import type { PinnedInstrument, Round } from './round';
import { resultsStateOf } from './results-status';
import type { Rounds } from './rounds';
import type { SealedRounds } from './sealed-answers';
import type { Unit, Units } from './units';

/** A closed round's figures. The two kinds of result stand side by side and are never mixed. */
export interface RoundResults {
  readonly unit: Unit;
  readonly assessment: Assessment;
  readonly round: Round;
  readonly pinned: PinnedInstrument;
  readonly instrument: Instrument;
  /** The survey: all that may be published of it. */
  readonly released: ReleasedRound;
  /** The working group. */
  readonly agreed: AgreedRound;
}

/** Both rounds of an assessment and what changed. */
export interface ComparisonResults {
  readonly baseline: RoundResults;
  readonly followUp: RoundResults;
  /** What changed in the survey. */
  readonly pair: ReleasedPair;
  readonly agreedChange: AgreedChange;
}

export type ResultsRefusal = Refusal<'round-unknown' | 'not-closed' | 'not-computed'>;

export interface Results {
  /**
   * Only for closed rounds, since means that can be watched growing could be taken apart into single answers; and once
   * staff have settled the sizes of the groups (`rounds.computeResults`).
   */
  roundResults(roundId: string): Promise<RoundResults | ResultsRefusal>;
  /** On core items where the forms differ, and on what is kept where the versions do. */
  assessmentComparison(
    assessmentId: string,
  ): Promise<
    ComparisonResults | ResultsRefusal | Refusal<'assessment-unknown' | 'round-missing' | 'instruments-differ'>
  >;
}

interface ReadResults {
  readonly results: RoundResults;
  readonly agreedByArea: AgreedByArea;
}

export function createResults(deps: {
  units: Units;
  assessments: Assessments;
  rounds: Rounds;
  sealedRounds: SealedRounds;
  agreedScores: AgreedScores;
  factSheet: FactSheet;
  releases: Releases;
}): Results {
  const { units, assessments, rounds, sealedRounds, agreedScores, factSheet, releases } = deps;

  /** Answers and all they are scored by. Sizes of groups that the instrument does not know say nothing. */
  async function toRelease(round: Round): Promise<RoundToRelease> {
    const { name, form, outOfScope, thresholds } = round;
    const opened = rounds.instrumentOf(round);
    const known = (opened.instrument.groups ?? []).map(({ code }) => code);
    if (!thresholds) throw new Failure('not-closed', `Round ${round.id} has not been opened.`);
    return {
      opened,
      input: {
        ...{ form, round: name, outOfScope, thresholds, k: thresholds.k },
        respondents: await sealedRounds.answersOf(round.id),
        facts: await factSheet.valuesOf(round.id),
        groupSizes: Object.fromEntries(Object.entries(sizesOf(round)).filter(([group]) => known.includes(group))),
        askedMerged: round.mergedGroups ?? [],
      },
    };
  }

  async function read(round: Round): Promise<ReadResults | ResultsRefusal> {
    const { name, outOfScope, instrument: pinned } = round;
    const state = resultsStateOf(round);
    if (state === 'none' || !pinned) return refuse('not-closed', { round: name, status: round.status });
    if (state === 'waiting') return refuse('not-computed', { round: name });
    const assessment = await assessments.get(round.assessmentId);
    const unit = assessment && (await units.get(assessment.unitId));
    if (!unit) throw new Failure('assessment-missing', `Round ${round.id} has no assessment or its unit is gone.`);
    const { instrument } = rounds.instrumentOf(round);
    const released = await releases.ofRound(round.id, async () => releaseRound(await toRelease(round)));
    const agreedByArea: AgreedByArea = Object.fromEntries([
      ...(await agreedScores.ofRound(round.id)).map(({ area, score: points }) => [area, points] as const),
      ...outOfScope.map((area) => [area, null] as const),
    ]);
    const agreed = agreedRound(instrument, agreedByArea);
    return { results: { unit, assessment, round, pinned, instrument, released, agreed }, agreedByArea };
  }

  return {
    async roundResults(roundId) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      const found = await read(round);
      return isRefusal(found) ? found : found.results;
    },

    async assessmentComparison(assessmentId) {
      if (!(await assessments.get(assessmentId))) return refuse('assessment-unknown');
      const both = await rounds.ofAssessment(assessmentId);
      const [first, second] = (['baseline', 'follow-up'] as const).map((name) => both.find((one) => one.name === name));
      if (!first || !second) return refuse('round-missing', { round: first ? 'follow-up' : 'baseline' });

      const baseline = await read(first);
      if (isRefusal(baseline)) return baseline;
      const followUp = await read(second);
      if (isRefusal(followUp)) return followUp;
      const { instrument, pinned } = followUp.results;
      const same = pinned.hash === baseline.results.pinned.hash;
      const map = same ? null : mapBetween(baseline.results.instrument, instrument);
      if (!same && map === null) return refuse('instruments-differ');
      return {
        baseline: baseline.results,
        followUp: followUp.results,
        pair: await releases.ofPair(first.id, second.id, async () =>
          releasePair(await toRelease(first), await toRelease(second), map),
        ),
        agreedChange: compareAgreed(instrument, baseline.agreedByArea, followUp.agreedByArea),
      };
    },
  };
}

/** A part of a merged group that the round did not ask has nobody, so that the sum of the parts stays known. */
function sizesOf({ groupSizes, notAsked = [], mergedGroups = [] }: Round): Readonly<Record<string, number>> {
  const absent = mergedGroups.flatMap(partsOf).filter((part) => notAsked.includes(part));
  return { ...groupSizes, ...Object.fromEntries(absent.map((part) => [part, 0])) };
}
