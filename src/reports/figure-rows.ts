import { areasOf, sides, type Side, type Text, partsOf } from '../definitions/instrument';
import {
  isHidden,
  type AgreedDelta,
  type AgreedMissing,
  type AgreedRound,
  type Compared,
  type Delta,
  type Gaps,
  type GroupDelta,
  type Interval,
  type Missing,
  type Score,
  type WhyNot,
} from '../scoring';
import type { ReportInstrument } from './edition/edition';
import type { ReportInput, ReportRound } from './input';

/** What the figures belong to: one area, one plane or the index. */
export interface Place {
  readonly level: 'area' | 'plane' | 'index';
  /** Code of the instrument; `index` for the index. */
  readonly code: string;
}

/** Whose view a figure is. */
export type Holder =
  | { readonly kind: 'survey' }
  | { readonly kind: 'side'; readonly code: Side }
  | { readonly kind: 'group'; readonly code: string; readonly name: Text; readonly side: Side | null }
  | { readonly kind: 'agreed' };

/** `merged`: the round shows these people in a larger group; `apart`: it shows the parts of this group, each by itself. */
export type Why = Missing | WhyNot | AgreedMissing | 'hidden' | 'zero-baseline' | 'merged' | 'apart';

/** One figure of one round, unrounded. */
export interface Figure {
  /** Points on the scale; null says why in `why`. */
  readonly mean: number | null;
  /** Respondents behind it; only groups have it. */
  readonly n: number | null;
  readonly sd: number | null;
  readonly interval: Interval | null;
  readonly why: Why | null;
  /** `spread`: fewer than 2k people, so sd and interval are kept back. */
  readonly withheld: 'spread' | null;
  /** Groups that are hidden and therefore not in a side's mean. */
  readonly without: readonly string[];
  /** Areas in scope that the mean goes without. */
  readonly missingAreas: readonly string[];
}

/** A change between the rounds: its own two compared figures, over what both rounds have. */
export interface ChangeFigure {
  readonly baseline: number | null;
  readonly followUp: number | null;
  readonly why: Why | null;
  /** What may be said of it; null for agreed scores, which have no sampling error, and where nothing is compared. */
  readonly judged: Delta | GroupDelta | null;
}

/** One line of figures: a place, a holder, its figure in every round, and the change. */
export interface FigureRow {
  readonly place: Place;
  readonly holder: Holder;
  /** In the order of the report's rounds. */
  readonly figures: readonly Figure[];
  /** null in a report of one round. */
  readonly change: ChangeFigure | null;
}

/** Index, planes and areas, in the order of the instrument: each plane before its areas. */
export function placesOf(instrument: ReportInstrument): readonly Place[] {
  return [
    { level: 'index', code: 'index' },
    ...instrument.planes.flatMap(({ code, areas }): Place[] => [
      { level: 'plane', code },
      ...areas.map((area): Place => ({ level: 'area', code: area.code })),
    ]),
  ];
}

/** All figures of a report: the one source of its tables, charts and CSV files. */
export function figureRows(input: ReportInput): readonly FigureRow[] {
  return placesOf(input.instrument).flatMap((place) => rowsOf(input, place));
}

/** The figures of one place: survey, each side with its groups, groups of no side, agreed score. */
export function rowsOf(input: ReportInput, place: Place): readonly FigureRow[] {
  const holders: Holder[] = [
    { kind: 'survey' },
    ...sides.flatMap((side): Holder[] => [{ kind: 'side', code: side }, ...groupsOf(input.instrument, side)]),
    ...groupsOf(input.instrument, null),
    ...(input.rounds.some(({ agreed }) => agreed !== null) ? [{ kind: 'agreed' } as const] : []),
  ];
  return holders.map((holder) => rowOf(input, place, holder));
}

export function rowOf(input: ReportInput, place: Place, holder: Holder): FigureRow {
  return {
    place,
    holder,
    figures: input.rounds.map((round) =>
      holder.kind === 'agreed' ? agreedFigure(round, place) : surveyFigure(round, place, holder),
    ),
    change: changeOf(input, place, holder),
  };
}

function groupsOf(instrument: ReportInstrument, side: Side | null): Holder[] {
  return instrument.groups
    .filter((group) => group.side === side)
    .map(({ code, name }) => ({ kind: 'group', code, name, side }));
}

const nothing = {
  ...{ mean: null, n: null, sd: null, interval: null, why: null, withheld: null },
  without: [],
  missingAreas: [],
} as const;

function surveyFigure(round: ReportRound, place: Place, holder: Exclude<Holder, { kind: 'agreed' }>): Figure {
  const score = scoreAt(round, place);
  if (score === undefined) return { ...nothing, why: 'no-answers' };
  if (holder.kind === 'survey') {
    const { survey, surveyInterval, missing, missingAreas = [] } = score;
    return { ...nothing, mean: survey, interval: surveyInterval, why: missing ?? null, missingAreas };
  }
  if (holder.kind === 'side') {
    const { mean, interval, missing, hidden, without = [], missingAreas = [] } = score.sides[holder.code];
    return {
      ...nothing,
      mean,
      interval,
      why: hidden === undefined ? (missing ?? null) : 'hidden',
      without,
      missingAreas,
    };
  }
  const figure = score.groups[holder.code];
  if (figure === undefined) return { ...nothing, why: groupingOf(round, holder.code) ?? 'no-answers' };
  if (isHidden(figure)) return { ...nothing, why: 'hidden' };
  const { mean, n, sd, interval, missing, withheld = null, missingAreas = [] } = figure;
  return { mean, n, sd, interval, why: missing ?? null, withheld, without: [], missingAreas };
}

function agreedFigure({ agreed }: ReportRound, place: Place): Figure {
  if (agreed === null) return { ...nothing, why: 'not-agreed' };
  const { value, missing } = agreedAt(agreed.scores, place);
  return { ...nothing, mean: value, why: missing ?? null };
}

function agreedAt(scores: AgreedRound, { level, code }: Place) {
  if (level === 'index') return { value: scores.index, missing: scores.missing.index };
  const at = level === 'plane' ? 'planes' : 'areas';
  return { value: scores[at][code] ?? null, missing: scores.missing[at][code] };
}

function changeOf({ change, agreedChange }: ReportInput, place: Place, holder: Holder): ChangeFigure | null {
  if (holder.kind === 'agreed') {
    if (agreedChange === null) return null;
    const delta = agreedDeltaAt(agreedChange, place);
    return delta === undefined ? { ...noChange, why: 'not-agreed' } : changeFigure(delta);
  }
  if (change === null) return null;
  const compared = comparedAt(change, place);
  if (compared === undefined) return { ...noChange, why: 'no-answers' };
  if (holder.kind === 'survey') return changeFigure(compared.survey);
  if (holder.kind === 'side') return changeFigure(compared.sides[holder.code]);
  const delta = compared.groups[holder.code];
  if (delta !== undefined) return changeFigure(delta);
  const lacking = compared.notCompared.groups[holder.code];
  // Compared are the groups that both rounds have after merging: this one is part of a larger of them.
  if (lacking === undefined) return { ...noChange, why: 'merged' };
  const { baseline, followUp } = lacking;
  // A round that hides the group is the stronger reason: the other round's figure may stand in the table.
  const why = [baseline, followUp].includes('hidden') ? 'hidden' : (baseline ?? followUp ?? 'no-answers');
  return { ...noChange, why };
}

const noChange = { baseline: null, followUp: null, judged: null } as const;

function changeFigure(delta: Delta | GroupDelta | AgreedDelta): ChangeFigure {
  const { baseline, followUp, missing } = delta;
  const judged = 'verdict' in delta ? delta : null;
  return { baseline, followUp, why: judged?.hidden === undefined ? (missing ?? null) : 'hidden', judged };
}

function agreedDeltaAt(change: NonNullable<ReportInput['agreedChange']>, { level, code }: Place) {
  return level === 'index' ? change.index : change[level === 'plane' ? 'planes' : 'areas'][code];
}

function comparedAt(change: NonNullable<ReportInput['change']>, { level, code }: Place): Compared | undefined {
  return level === 'index' ? change.index : change[level === 'plane' ? 'planes' : 'areas'][code];
}

/**
 * Where the people of a group are in a round that does not have it: `merged` with others, or `apart`, each part by
 * itself. null where the round has the group, shown or hidden.
 */
export function groupingOf({ scorecard }: ReportRound, group: string): 'merged' | 'apart' | null {
  const { groups } = scorecard.index;
  if (Object.hasOwn(groups, group)) return null;
  const parts = partsOf(group);
  const isMerged = Object.keys(groups).some((code) => parts.every((part) => partsOf(code).includes(part)));
  return isMerged ? 'merged' : 'apart';
}

/** The scores of a place in one round. */
export function scoreAt({ scorecard }: ReportRound, { level, code }: Place): Score | undefined {
  return level === 'index' ? scorecard.index : scorecard[level === 'plane' ? 'planes' : 'areas'][code];
}

/** Differences between the sides and between groups of a place in one round. */
export function gapsAt({ scorecard: { gaps } }: ReportRound, { level, code }: Place): Gaps | undefined {
  return level === 'index' ? gaps.index : gaps[level === 'plane' ? 'planes' : 'areas'][code];
}

/** Words for places and people of the instrument. */
export function placeName(
  instrument: ReportInstrument,
  { level, code }: Place,
): { name: Text; shortName: Text } | null {
  const named = level === 'plane' ? instrument.planes : areasOf(instrument);
  return level === 'index' ? null : (named.find((one) => one.code === code) ?? null);
}
