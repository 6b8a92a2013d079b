import type { RoundResults } from '../assessment/results';
import type { AssessmentServices } from '../assessment/services';
import type { Refusal } from '../shared/errors';
import { isRefusal } from '../shared/errors';
import type { AgreedChange } from '../scoring/agreed';
import type { Change } from '../scoring/comparison';
import { countBarriers } from './barrier-counts';
import type { ReportInput, ReportRound } from './input';

type Services = Pick<AssessmentServices, 'results' | 'agreedScores' | 'meetings' | 'factSheet' | 'sealing'>;
type Failed<Method extends (id: string) => Promise<unknown>> = Extract<Awaited<ReturnType<Method>>, Refusal>;

/** The report of both rounds of an assessment. `madeOn`: `YYYY-MM-DD`. */
export async function comparisonReport(
  services: Services,
  assessmentId: string,
  madeOn: string,
): Promise<ReportInput | Failed<Services['results']['assessmentComparison']>> {
  const results = await services.results.assessmentComparison(assessmentId);
  if (isRefusal(results)) return results;
  const { baseline, followUp, change, agreedChange } = results;
  return report(services, [baseline, followUp], madeOn, change, agreedChange);
}

/** The report of one round alone. `madeOn`: `YYYY-MM-DD`. */
export async function roundReport(
  services: Services,
  roundId: string,
  madeOn: string,
): Promise<ReportInput | Failed<Services['results']['roundResults']>> {
  const results = await services.results.roundResults(roundId);
  return isRefusal(results) ? results : report(services, [results], madeOn, null, null);
}

async function report(
  services: Services,
  results: readonly [RoundResults, ...RoundResults[]],
  madeOn: string,
  change: Change | null,
  agreedChange: AgreedChange | null,
): Promise<ReportInput> {
  const rounds = await Promise.all(results.map((one) => reportRound(services, one)));
  const last = results.at(-1) ?? results[0];
  return {
    unit: last.unit.name,
    madeOn,
    instrument: last.instrument,
    hash: last.pinned.hash,
    form: last.form,
    // What one round hides must stay hidden beside the other.
    k: Math.max(...results.map(({ round }) => round.thresholds?.k ?? 0)),
    rounds,
    change,
    // With nothing agreed in one of the rounds there is no change to speak of.
    agreedChange: rounds.every(({ agreed }) => agreed !== null) ? agreedChange : null,
  };
}

async function reportRound(services: Services, results: RoundResults): Promise<ReportRound> {
  const { round, instrument, form, scorecard, respondents, agreed } = results;
  const [scores, meetings, facts, values, answers] = await Promise.all([
    services.agreedScores.ofRound(round.id),
    services.meetings.ofRound(round.id),
    services.factSheet.ofRound(round.id),
    services.factSheet.valuesOf(round.id),
    services.sealing.answersOf(round.id),
  ]);
  const k = round.thresholds?.k ?? 0;
  const words = scores.map(({ area, reasons, dissent }) => [area, { reasons, dissent }] as const);
  return {
    name: round.name,
    assessedYear: round.assessedYear,
    study: { from: round.openedOn ?? round.opensOn, to: round.closedOn ?? round.closesOn },
    scorecard,
    respondents,
    groupSizes: round.groupSizes,
    outOfScope: round.outOfScope,
    agreed:
      scores.length === 0
        ? null
        : {
            scores: agreed,
            words: Object.fromEntries(words),
            meetings: meetings.map(({ date, present }) => ({ date, present })),
          },
    facts: facts.map(({ code, value, noData, year, source }) => ({ code, value, noData, year, source })),
    barriers: countBarriers(instrument, {
      ...{ form, round: round.name, facts: values, respondents: answers, k },
      distributions: round.thresholds?.distributions ?? 2 * k,
    }),
  };
}
