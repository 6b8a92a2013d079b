import { areasOf, type Instrument } from '../definitions/instrument';
import { Failure, ProblemsFound } from '../shared/errors';
import { isHidden, shownMean, type GroupFigure, type ItemCounts, type Score, type Scorecard } from './figures';
import { respondentScores, type RespondentScores } from './respondent-scores';
import { checkRoundInput, type RoundInput } from './round-input';
import { contributionOf, jointScore, sidesOf } from './sides';
import { confidenceInterval, mean, sampleOf } from './statistics';
import { withhold } from './suppression';

export type * from './figures';
export { isHidden, shownMean } from './figures';
export type { Respondent, RoundInput } from './round-input';

/** A scored round with what a comparison needs besides its figures. */
export interface ScoredRound {
  readonly input: RoundInput;
  readonly respondents: readonly RespondentScores[];
  readonly scorecard: Scorecard;
}

/**
 * The scorecard of one round (method §3): per area, plane and index the survey score, both sides and every group, with
 * figures of fewer than k people hidden.
 *
 * @throws ProblemsFound with everything that `checkRoundInput` finds, e.g. more answers than people
 */
export function scoreRound(instrument: Instrument, input: RoundInput): Scorecard {
  return scoredRound(instrument, input).scorecard;
}

/** As `scoreRound`, keeping the respondents' scores for a comparison. */
export function scoredRound(instrument: Instrument, input: RoundInput): ScoredRound {
  const problems = checkRoundInput(instrument, input);
  if (problems.length > 0) throw new ProblemsFound(problems);
  const respondents = respondentScores(instrument, input);
  return { input, respondents, scorecard: scorecardOf(instrument, respondents, input) };
}

/** The scorecard of respondents' scores; `outOfScope` may be wider than the round's own (comparison). */
export function scorecardOf(
  instrument: Instrument,
  respondents: readonly RespondentScores[],
  input: Pick<RoundInput, 'groupSizes' | 'outOfScope' | 'k'>,
): Scorecard {
  const { scale } = instrument;
  if (scale === undefined) throw new Failure('no-scale', `The instrument ${instrument.id} has no scale.`);
  const groups = (instrument.groups ?? []).map((group) => group.code);
  const members = new Map(groups.map((group) => [group, [] as RespondentScores[]]));
  for (const respondent of respondents) members.get(respondent.group)?.push(respondent);
  const of = (group: string) => members.get(group) ?? [];
  const sizeOf = (group: string) => (Object.hasOwn(input.groupSizes, group) ? (input.groupSizes[group] ?? null) : null);
  const forGroups = (figure: (group: string) => GroupFigure) =>
    Object.fromEntries(groups.map((group) => [group, figure(group)]));

  /** A group in one area: mean, sd and interval of s(r,a). */
  const areaFigure = (area: string) => (group: string) => {
    const scores = of(group).map((respondent) => respondent.areas.get(area));
    const sample = sampleOf(scores.map((score) => score?.value ?? null).filter((value) => value !== null));
    if (sample.mean === null) return nobody;
    const { n, sd } = sample;
    return {
      mean: sample.mean,
      n,
      sd,
      ...confidenceInterval(sample.mean, sample, sizeOf(group), scale),
      items: addUp(scores.map((score) => score?.items)),
    };
  };

  const areaScore = (area: string): Score => {
    if (input.outOfScope.includes(area)) return outOfScope(groups);
    const figures = withhold(forGroups(areaFigure(area)), input.k);
    const both = sidesOf(instrument, (group) => contributionOf(figures[group]));
    return { ...jointScore(instrument, both), sides: both, groups: figures };
  };

  const areas = Object.fromEntries(areasOf(instrument).map(({ code }) => [code, areaScore(code)]));

  /** A group over several areas: mean of its shown area means; n, sd and interval from o(r). */
  const overallFigure = (inScope: readonly string[]) => (group: string) => {
    const shown = inScope.filter((area) => shownMean(areas[area]?.groups[group]) !== null);
    const centre = mean(shown.map((area) => shownMean(areas[area]?.groups[group])).filter((value) => value !== null));
    const sample = sampleOf(overallScores(of(group), inScope));
    if (centre === null) {
      const hidden = inScope.some((area) => isHidden(areas[area]?.groups[group] ?? nobody));
      return hidden ? { hidden: 'k' as const } : nobody;
    }
    const { n, sd } = sample;
    const lacking = inScope.filter((area) => !shown.includes(area));
    return {
      mean: centre,
      n,
      sd,
      ...confidenceInterval(centre, sample, sizeOf(group), scale),
      ...(lacking.length === 0 ? {} : { missingAreas: lacking }),
    };
  };

  /** A plane (`whole` false: what has a value counts) or the index (`whole`: every area in scope must have one). */
  const overallScore = (codes: readonly string[], whole: boolean): Score => {
    const inScope = codes.filter((area) => !input.outOfScope.includes(area));
    if (inScope.length === 0) return outOfScope(groups);
    const figures = withhold(forGroups(overallFigure(inScope)), input.k);
    return {
      ...meanOfAreas(inScope, (area) => areas[area]?.survey ?? null, whole),
      sides: sidesOf(instrument, (group) => contributionOf(figures[group])),
      groups: figures,
    };
  };

  return {
    areas,
    planes: Object.fromEntries(
      (instrument.planes ?? []).map((plane) => [
        plane.code,
        overallScore(
          plane.areas.map((area) => area.code),
          false,
        ),
      ]),
    ),
    index: overallScore(
      areasOf(instrument).map((area) => area.code),
      true,
    ),
  };
}

/**
 * Plain mean of areas in scope. A plane takes those with a value; the index is missing unless all have one. Areas
 * without a value are named.
 */
export function meanOfAreas(
  inScope: readonly string[],
  valueOf: (area: string) => number | null,
  whole: boolean,
): { readonly survey: number | null; readonly missing?: 'area-missing'; readonly missingAreas?: readonly string[] } {
  const missingAreas = inScope.filter((area) => valueOf(area) === null);
  const survey = mean(inScope.map(valueOf).filter((value) => value !== null));
  if (missingAreas.length === 0) return { survey };
  if (survey === null || whole) return { survey: null, missing: 'area-missing', missingAreas };
  return { survey, missingAreas };
}

/** o(r): the mean of a respondent's area scores, of those with a value in at least half of the areas (method §3). */
function overallScores(respondents: readonly RespondentScores[], inScope: readonly string[]): number[] {
  return respondents.flatMap((respondent) => {
    const values = inScope.map((area) => respondent.areas.get(area)?.value ?? null).filter((value) => value !== null);
    const overall = mean(values);
    return overall === null || values.length * 2 < inScope.length ? [] : [overall];
  });
}

const nobody = { mean: null, n: 0, sd: null, interval: null, missing: 'no-answers' } as const;

function outOfScope(groups: readonly string[]): Score {
  const side = { mean: null, missing: 'out-of-scope' } as const;
  const group = { mean: null, n: 0, sd: null, interval: null, missing: 'out-of-scope' } as const;
  return {
    survey: null,
    missing: 'out-of-scope',
    sides: { administration: side, ngo: side },
    groups: Object.fromEntries(groups.map((code) => [code, group])),
  };
}

function addUp(counts: readonly (ItemCounts | undefined)[]): ItemCounts {
  const sum = (kind: keyof ItemCounts) => counts.reduce((total, one) => total + (one?.[kind] ?? 0), 0);
  return {
    answered: sum('answered'),
    unanswered: sum('unanswered'),
    hardToSay: sum('hardToSay'),
    notApplicable: sum('notApplicable'),
  };
}
