import type { Side } from '../../definitions/instrument';
import { publishedPercent, publishedPoints, roundedOrNull } from '../../shared/rounding';
import { figureRows, type FigureRow, type Place, type Why } from '../figure-rows';
import type { ReportInput } from '../input';

/**
 * The figures of a report for programs: one record a figure, codes instead of words, rounded as published. The same
 * records make the interface's answers and the open data.
 */

/** Whose figure: the joint one of the survey, a side's, a group's, or the working group's agreed score. */
export type RecordHolder = 'survey' | Side | 'group' | 'agreed';

interface Holding {
  readonly level: Place['level'];
  /** Code of the area or plane; `index` for the index. */
  readonly place: string;
  readonly holder: RecordHolder;
  /** Code of the group; null for other holders. */
  readonly group: string | null;
  /** The group's side; null where both sides sit in it, and for other holders. */
  readonly side: Side | null;
}

/** One figure of one round. */
export interface FigureRecord extends Holding {
  readonly round: 'baseline' | 'follow-up';
  /** The year whose cooperation is assessed; null = not told. */
  readonly year: number | null;
  /** Points of the scale, two decimals; null says why in `reason`. */
  readonly mean: number | null;
  /** Respondents behind a group's mean; null for other holders. */
  readonly n: number | null;
  /** Standard deviation of a group of at least 2k. */
  readonly sd: number | null;
  /** Ends of the 95 % interval. */
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: Why | null;
  /** `spread`: fewer than 2k people, so sd and interval are kept back. */
  readonly withheld: 'spread' | null;
}

/** One change between two rounds, over the groups and areas that both have. */
export interface ChangeRecord extends Holding {
  readonly baseline: number | null;
  readonly followUp: number | null;
  /** Of the two published figures. */
  readonly points: number | null;
  /** Whole percent of the published earlier figure. */
  readonly percent: number | null;
  /** Ends of the 95 % interval of the change. */
  readonly low: number | null;
  readonly high: number | null;
  /** After Holm. */
  readonly adjustedP: number | null;
  /** null for agreed scores, which have no sampling error. */
  readonly verdict: 'rose' | 'fell' | 'same' | 'unknown' | null;
  readonly reason: Why | null;
}

/** Every figure of every round of the report, with groups that nobody was in left out. */
export function figureRecords(input: ReportInput): readonly FigureRecord[] {
  const rows = figureRows(input);
  return input.rounds.flatMap(({ name, assessedYear, respondents, hiddenGroups }, at) =>
    rows.flatMap((row): FigureRecord[] => {
      const figure = row.figures[at];
      const { holder } = row;
      if (figure === undefined) return [];
      if (holder.kind === 'group' && !Object.hasOwn(respondents, holder.code) && !hiddenGroups.includes(holder.code)) {
        return [];
      }
      const [low, high] = figure.interval ?? [null, null];
      return [
        {
          ...{ round: name, year: assessedYear },
          ...holdingOf(row),
          mean: roundedOrNull(figure.mean),
          n: figure.n,
          ...{ sd: roundedOrNull(figure.sd), low: roundedOrNull(low), high: roundedOrNull(high) },
          reason: figure.mean === null ? (figure.why ?? 'no-answers') : null,
          withheld: figure.withheld,
        },
      ];
    }),
  );
}

/** Every change that the report tells, or says why it does not; none in a report of one round. */
export function changeRecords(input: ReportInput): readonly ChangeRecord[] {
  return figureRows(input).flatMap((row): ChangeRecord[] => {
    const { change } = row;
    // The larger group has a line of its own.
    if (change === null || change.why === 'merged') return [];
    const { baseline, followUp, why, judged } = change;
    const both = baseline !== null && followUp !== null;
    const [low, high] = judged?.interval ?? [null, null];
    return [
      {
        ...holdingOf(row),
        ...{ baseline: roundedOrNull(baseline), followUp: roundedOrNull(followUp) },
        points: both ? publishedPoints(baseline, followUp) : null,
        percent: both ? publishedPercent(baseline, followUp) : null,
        ...{ low: roundedOrNull(low), high: roundedOrNull(high) },
        adjustedP: judged?.adjustedP ?? null,
        verdict: both ? (judged?.verdict ?? null) : null,
        reason: both ? null : (why ?? 'no-answers'),
      },
    ];
  });
}

function holdingOf({ place, holder }: FigureRow): Holding {
  return {
    ...{ level: place.level, place: place.code },
    holder: holder.kind === 'side' ? holder.code : holder.kind,
    group: holder.kind === 'group' ? holder.code : null,
    side: holder.kind === 'group' ? holder.side : null,
  };
}
