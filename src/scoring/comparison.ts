import { areasOf, type Instrument, type Side } from '../definitions/instrument';
import { Failure } from '../shared/errors';
import { publishedPercent } from '../shared/rounding';
import { isHidden, shownMean, type GroupFigure, type Missing, type Score, type SideFigure } from './figures';
import { meanOfAreas, scorecardOf, type ScoredRound } from './scorecard';
import { contributionOf, jointScore, sidesOf } from './sides';
import { mean } from './statistics';

/** What changed between two rounds, per area, plane and index. Keys are codes of the instrument. */
export interface Change {
  readonly areas: Readonly<Record<string, Compared>>;
  readonly planes: Readonly<Record<string, Compared>>;
  readonly index: Compared;
}

/**
 * The changes of one area, plane or the index, over the groups and areas present in both rounds (method §4): each
 * carries its own two compared figures, which may differ from those on the rounds' scorecards.
 */
export interface Compared {
  readonly survey: Delta;
  readonly sides: Readonly<Record<Side, Delta>>;
  /** Only groups with a shown figure in both rounds. */
  readonly groups: Readonly<Record<string, Delta>>;
  /** The groups and areas that are not in the above, with the reason. */
  readonly notCompared: {
    readonly groups: Readonly<Record<string, NotCompared>>;
    readonly areas: Readonly<Record<string, NotCompared>>;
  };
}

/** One holder's change. */
export interface Delta {
  /** Compared figures in points of the scale, unrounded; null says why in `missing` or `hidden`. */
  readonly baseline: number | null;
  readonly followUp: number | null;
  /** followUp - baseline, unrounded. */
  readonly points: number | null;
  /** Whole percent as published: computed from the figures rounded to hundredths. */
  readonly percent: number | null;
  /** `zero-baseline`: there are points, but no percent of a published 0. */
  readonly missing?: Missing | 'zero-baseline';
  /** Side: its groups cannot be compared, one or more because a round hides it. */
  readonly hidden?: 'k';
  /** Areas in scope in both rounds that this change goes without. */
  readonly missingAreas?: readonly string[];
}

/** Why something is not compared: what each round that lacks it says. */
export interface NotCompared {
  readonly baseline?: WhyNot;
  readonly followUp?: WhyNot;
}
/** `no-common-groups`: each round has a figure of its own, but not of the same groups or areas. */
export type WhyNot = Missing | 'hidden' | 'no-common-groups';

/** Two figures of one holder, both there. */
interface Pair {
  readonly baseline: number;
  readonly followUp: number;
  readonly missingAreas?: readonly string[];
}

/**
 * Compares two rounds scored by the same instrument. An area out of scope in one round is left out of both rounds'
 * compared means and named in `notCompared`.
 */
export function compareRounds(instrument: Instrument, baseline: ScoredRound, followUp: ScoredRound): Change {
  const outOfScope = [...new Set([...baseline.input.outOfScope, ...followUp.input.outOfScope])];
  const inCommonScope = (round: ScoredRound) =>
    scorecardOf(instrument, round.respondents, { ...round.input, outOfScope });
  const before = inCommonScope(baseline);
  const after = inCommonScope(followUp);
  const own = { baseline: baseline.scorecard.areas, followUp: followUp.scorecard.areas };

  const compareArea = (area: string): Compared => {
    const rounds = { baseline: scoreOf(own.baseline, area), followUp: scoreOf(own.followUp, area) };
    const inScope = !outOfScope.includes(area);
    const groups = compareGroups(instrument, rounds, (group) =>
      inScope ? pairOf(shownMean(rounds.baseline.groups[group]), shownMean(rounds.followUp.groups[group])) : null,
    );
    const both = compareSides(instrument, rounds, groups.pairs, inScope);
    return {
      survey: inScope ? jointDelta(instrument, rounds, both) : nothing('out-of-scope'),
      sides: both.deltas,
      groups: groups.deltas,
      notCompared: {
        groups: groups.notCompared,
        areas: inScope ? {} : { [area]: lacking(rounds.baseline.missing, rounds.followUp.missing) },
      },
    };
  };
  const areas = Object.fromEntries(areasOf(instrument).map(({ code }) => [code, compareArea(code)]));

  // A plane, or the index (`whole`: null unless every area in scope has a change).
  const compareOver = (codes: readonly string[], rounds: Rounds<Score>, whole: boolean): Compared => {
    const inScope = codes.filter((area) => !outOfScope.includes(area));
    const groups = compareGroups(instrument, rounds, (group) => {
      const present = [rounds.baseline, rounds.followUp].every((score) => shownMean(score.groups[group]) !== null);
      return present ? pairOverAreas(group, inScope, areas) : null;
    });
    const surveyOf = (round: keyof Rounds<Score>) =>
      meanOfAreas(inScope, (area) => areas[area]?.survey[round] ?? null, whole);
    const { survey: first, ...why } = surveyOf('baseline');
    const notCompared = codes.filter((area) => (areas[area]?.survey.points ?? null) === null);
    return {
      survey: inScope.length === 0 ? nothing('out-of-scope') : delta(first, surveyOf('followUp').survey, why),
      sides: compareSides(instrument, rounds, groups.pairs, inScope.length > 0).deltas,
      groups: groups.deltas,
      notCompared: {
        groups: groups.notCompared,
        areas: Object.fromEntries(
          notCompared.map((area) => [area, lacking(own.baseline[area]?.missing, own.followUp[area]?.missing)]),
        ),
      },
    };
  };
  return {
    areas,
    planes: Object.fromEntries(
      (instrument.planes ?? []).map((plane) => {
        const rounds = { baseline: scoreOf(before.planes, plane.code), followUp: scoreOf(after.planes, plane.code) };
        const codes = plane.areas.map((area) => area.code);
        return [plane.code, compareOver(codes, rounds, false)];
      }),
    ),
    index: compareOver(Object.keys(areas), { baseline: before.index, followUp: after.index }, true),
  };
}

interface Rounds<Of> {
  readonly baseline: Of;
  readonly followUp: Of;
}

/** Every group either compared or named with the reason. */
function compareGroups(instrument: Instrument, rounds: Rounds<Score>, pairOfGroup: (group: string) => Pair | null) {
  const pairs = new Map<string, Pair>();
  const notCompared: Record<string, NotCompared> = {};
  for (const { code } of instrument.groups ?? []) {
    const pair = pairOfGroup(code);
    if (pair !== null) pairs.set(code, pair);
    else notCompared[code] = lacking(whyNot(rounds.baseline.groups[code]), whyNot(rounds.followUp.groups[code]));
  }
  const deltas = Object.fromEntries(
    [...pairs].map(([group, { missingAreas, ...pair }]) => [
      group,
      delta(pair.baseline, pair.followUp, missingAreas === undefined ? {} : { missingAreas }),
    ]),
  );
  return { pairs, deltas, notCompared };
}

/** A group over the areas in which both rounds show it; null where there is none. */
function pairOverAreas(
  group: string,
  inScope: readonly string[],
  areas: Readonly<Record<string, Compared>>,
): Pair | null {
  const shown = inScope.flatMap((area) => areas[area]?.groups[group] ?? []);
  const pair = pairOf(
    mean(shown.map((one) => one.baseline).filter((value) => value !== null)),
    mean(shown.map((one) => one.followUp).filter((value) => value !== null)),
  );
  const missingAreas = inScope.filter((area) => areas[area]?.groups[group] === undefined);
  return pair === null || missingAreas.length === 0 ? pair : { ...pair, missingAreas };
}

/** Both sides over the compared groups only, per round and as changes. */
function compareSides(
  instrument: Instrument,
  rounds: Rounds<Score>,
  pairs: ReadonlyMap<string, Pair>,
  inScope: boolean,
): Rounds<Readonly<Record<Side, SideFigure>>> & { readonly deltas: Readonly<Record<Side, Delta>> } {
  const ofRound = (round: keyof Rounds<Score>) =>
    sidesOf(instrument, (group) => {
      const pair = pairs.get(group);
      if (pair !== undefined) return pair[round];
      const figures = [rounds.baseline.groups[group], rounds.followUp.groups[group]];
      return figures.some((figure) => contributionOf(figure) === 'hidden') ? 'hidden' : null;
    });
  const both = { baseline: ofRound('baseline'), followUp: ofRound('followUp') };
  const deltaOf = (side: Side) => {
    if (!inScope) return nothing('out-of-scope');
    const { mean: first, missing, hidden } = both.baseline[side];
    const why = { ...(missing === undefined ? {} : { missing }), ...(hidden === undefined ? {} : { hidden }) };
    return delta(first, both.followUp[side].mean, why);
  };
  return { ...both, deltas: { administration: deltaOf('administration'), ngo: deltaOf('ngo') } };
}

function jointDelta(
  instrument: Instrument,
  rounds: Rounds<Score>,
  both: Rounds<Readonly<Record<Side, SideFigure>>>,
): Delta {
  const { survey, missing } = jointScore(instrument, both.baseline);
  if (survey !== null) return delta(survey, jointScore(instrument, both.followUp).survey);
  const silent = [rounds.baseline, rounds.followUp].every((score) => score.missing === 'no-answers');
  return nothing(missing === 'no-answers' && !silent ? 'side-missing' : (missing ?? 'side-missing'));
}

/** `why` explains what is null, or which areas both figures go without. */
function delta(
  baseline: number | null,
  followUp: number | null,
  why: Pick<Delta, 'missing' | 'hidden' | 'missingAreas'> = {},
): Delta {
  if (baseline === null || followUp === null) {
    return { baseline: null, followUp: null, points: null, percent: null, ...why };
  }
  const percent = publishedPercent(baseline, followUp);
  return {
    baseline,
    followUp,
    points: followUp - baseline,
    percent,
    ...why,
    ...(percent === null ? { missing: 'zero-baseline' } : {}),
  };
}

function nothing(missing: Missing): Delta {
  return delta(null, null, { missing });
}

function pairOf(baseline: number | null, followUp: number | null): Pair | null {
  return baseline === null || followUp === null ? null : { baseline, followUp };
}

function lacking(baseline: WhyNot | undefined, followUp: WhyNot | undefined): NotCompared {
  if (baseline === undefined && followUp === undefined) {
    return { baseline: 'no-common-groups', followUp: 'no-common-groups' };
  }
  return { ...(baseline === undefined ? {} : { baseline }), ...(followUp === undefined ? {} : { followUp }) };
}

function whyNot(figure: GroupFigure | undefined): WhyNot | undefined {
  if (figure === undefined) return 'no-answers';
  if (isHidden(figure)) return 'hidden';
  return figure.mean === null ? figure.missing : undefined;
}

function scoreOf(scores: Readonly<Record<string, Score>>, code: string): Score {
  const score = scores[code];
  if (score === undefined) throw new Failure('no-such-score', `The scorecard has no "${code}".`);
  return score;
}
