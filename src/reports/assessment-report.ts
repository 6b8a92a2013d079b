import { groupsAsked } from '../assessment/asking-plan';
import type { PartStatus } from '../assessment/fact-confirmations';
import { wayOf, ways } from '../assessment/round';
import { clauseVersion } from './clause';
import type { RoundResults } from '../assessment/results';
import type { AssessmentServices } from '../assessment/services';
import { dayOf } from '../shared/clock';
import type { Refusal } from '../shared/errors';
import { Failure, isRefusal } from '../shared/errors';
import type { ReleasedPair } from '../scoring';
import type { EditionUnit, ReportDocument } from './edition/edition';
import { reportDocument, type RoundSource } from './edition/report-document';
import type { FactsConfirmed, ReportStudy } from './input';

/** What a report document reads. */
export type ReportServices = Pick<
  AssessmentServices,
  'results' | 'minutes' | 'factSheet' | 'factConfirmations' | 'comments' | 'recommendations' | 'recommendationReviews'
>;
type Failed<Method extends (id: string) => Promise<unknown>> = Extract<Awaited<ReturnType<Method>>, Refusal>;

/** Of a unit of the store. */
export type UnitDocument = ReportDocument & { readonly unit: EditionUnit };

/** The report document of both rounds of an assessment. `madeOn`: `YYYY-MM-DD`. */
export async function comparisonDocument(
  services: ReportServices,
  assessmentId: string,
  madeOn: string,
): Promise<UnitDocument | Failed<ReportServices['results']['assessmentComparison']>> {
  const results = await services.results.assessmentComparison(assessmentId);
  if (isRefusal(results)) return results;
  const { baseline, followUp, pair } = results;
  return documentOf(services, [baseline, followUp], madeOn, pair);
}

/** The report document of one round alone. `madeOn`: `YYYY-MM-DD`. */
export async function roundDocument(
  services: ReportServices,
  roundId: string,
  madeOn: string,
): Promise<UnitDocument | Failed<ReportServices['results']['roundResults']>> {
  const results = await services.results.roundResults(roundId);
  return isRefusal(results) ? results : documentOf(services, [results], madeOn, null);
}

async function documentOf(
  services: ReportServices,
  [first, ...others]: readonly [RoundResults, ...RoundResults[]],
  madeOn: string,
  pair: ReleasedPair | null,
): Promise<UnitDocument> {
  const rounds = [await roundSource(services, first)] as [RoundSource, ...RoundSource[]];
  for (const one of others) rounds.push(await roundSource(services, one));
  const { unit, instrument, pinned } = others.at(-1) ?? first;
  const { name, code, kind, powiat, subregion } = unit;
  return reportDocument({
    unit: { name, code, kind, powiat, subregion },
    ...{ madeOn, instrument, hash: pinned.hash, rounds, pair },
  });
}

async function roundSource(services: ReportServices, results: RoundResults): Promise<RoundSource> {
  const { round, released } = results;
  const { name, assessedYear, outOfScope } = round;
  const [minutes, facts, factParts, comments, recommendations, reviewed] = await Promise.all([
    services.minutes.of(round.id),
    services.factSheet.ofRound(round.id),
    services.factConfirmations.ofRound(round),
    services.comments.published(round.id),
    services.recommendations.ofRound(round.id),
    services.recommendationReviews.ofRound(round),
  ]);
  if (minutes === null) throw new Failure('round-missing', `Round ${round.id} is gone.`);
  const { approval, areas, meetings, reopened } = minutes;
  const scores = areas.flatMap(({ area, score }) => (score === undefined ? [] : [[area, score] as const]));
  // The round has its results: they are being reported.
  if (isRefusal(comments)) throw new Failure('comments-refused', `Round ${round.id}: ${comments.refused}.`);
  if (isRefusal(factParts)) throw new Failure('facts-refused', `Round ${round.id}: ${factParts.refused}.`);
  return {
    ...{ name, assessedYear, released },
    study: studyOf(results),
    agreed: Object.fromEntries([
      ...scores,
      ...(scores.length > 0 ? outOfScope.map((area) => [area, null] as const) : []),
    ]),
    words: Object.fromEntries(
      areas.map(({ area, reasons, dissent, strengths, barriers }) => [area, { reasons, dissent, strengths, barriers }]),
    ),
    // Functions and numbers alone: organisations and names stand in the minutes.
    meetings: meetings.map(({ date, present }) => ({
      date,
      present: present.map(({ role, count }) => ({ role, count })),
    })),
    approvedOn: approval?.approvedOn ?? null,
    reopened: reopened.map(({ approvedOn, reopened: { at, why } }) => ({ approvedOn, on: dayOf(new Date(at)), why })),
    ...{ comments, recommendations },
    reviewed: reviewed.map(({ recommendation: { area, what, who, due }, fate }) => ({
      ...{ area, what, who, due, fate: fate?.fate ?? null, why: fate?.why ?? '', evidence: fate?.evidence ?? '' },
    })),
    facts: facts.map(({ code, value, noData, year, source, link }) => ({
      ...{ code, value, noData, year },
      source: [source, link].filter((one) => one !== '').join(', '),
    })),
    // An empty fact sheet has nothing to confirm.
    ...(facts.length === 0 ? {} : { factsConfirmed: confirmedOf(factParts) }),
  };
}

/** How many parts of the fact sheet stand as they were confirmed. */
function confirmedOf(parts: readonly PartStatus[]): FactsConfirmed {
  const confirmed = parts.filter(({ state }) => state === 'confirmed').flatMap((part) => part.confirmed ?? []);
  const days = confirmed.map(({ at }) => dayOf(new Date(at))).sort();
  return { parts: confirmed.length, of: parts.length, on: days.at(-1) ?? null };
}

/** Codes used are people who answered: they are told of groups only whose number of respondents is published. */
function studyOf({ instrument, released, round }: RoundResults): ReportStudy {
  const asked = groupsAsked(instrument, round).map(({ code }) => wayOf(round, code));
  const { clause, openedOn, opensOn, closedOn, closesOn, paper, reopened, tickets = {} } = round;
  const shown = released.groups.filter(({ respondents }) => respondents !== null);
  const codes = new Set(shown.flatMap(({ code, parts }) => [code, ...parts]));
  const all = [...codes].flatMap((code) => tickets[code] ?? []);
  const sum = (of: 'issued' | 'used') => all.reduce((total, one) => total + one[of], 0);
  return {
    ...{ from: openedOn ?? opensOn, to: closedOn ?? closesOn },
    ...(reopened === undefined ? {} : { resumed: reopened }),
    ...(all.length === 0 ? {} : { codes: { issued: sum('issued'), used: sum('used') } }),
    ...(paper === undefined ? {} : { paper }),
    ways: ways.filter((way) => asked.includes(way)),
    ...(clause ? { clause: clauseVersion(clause) } : {}),
  };
}
