import type { RoundResults } from '../../../../../assessment/results';
import { inLanguage, sides, type Side } from '../../../../../definitions/instrument';
import { formatNumber } from '../../../../../locales/formats';
import { mergedCode } from '../../../../../scoring';
import { roundedOrNull } from '../../../../../shared/rounding';
import type { StaffRound } from '../with-round';

/** One holder of a survey figure: both sides jointly, a side, or a group of it. */
export interface SurveyLine {
  readonly name: string;
  /** null: jointly. */
  readonly side: Side | null;
  readonly isGroup: boolean;
  /** „3,14”, or why there is no figure. */
  readonly value: string;
  /** „2,85–3,43”; null where no interval is published. */
  readonly interval: string | null;
  /** Where mark and interval lie on the scale, in percent of its length; null where there is no figure. */
  readonly drawn: { readonly at: number; readonly from: number; readonly length: number } | null;
}

/** What the survey says of an area: jointly, then each side with its groups. Only what may be published. */
export function surveyLines(staff: StaffRound, results: RoundResults, area: string): readonly SurveyLine[] {
  const { known, language, t } = staff;
  const score = results.released.scorecard.areas[area];
  if (!score) return [];
  const { min = 1, max = 5 } = known.instrument.scale ?? {};
  const place = (value: number): number => ((value - min) / (max - min)) * 100;
  const words = (value: number): string => formatNumber(value, language, 2);

  interface Figure {
    readonly mean: number | null;
    readonly interval: readonly [number, number] | null;
    readonly missing?: string | undefined;
    readonly hidden?: boolean;
  }
  const line = (
    holder: Pick<SurveyLine, 'name' | 'side' | 'isGroup'>,
    { mean, interval, missing, hidden }: Figure,
  ): SurveyLine => {
    const value = roundedOrNull(mean);
    if (value === null) {
      const why = t(hidden === true ? 'meeting:survey.hidden' : `report:why.${missing ?? 'no-answers'}`);
      return { ...holder, value: why, interval: null, drawn: null };
    }
    const [low, high] = interval ?? [value, value];
    return {
      ...holder,
      value: words(value),
      // Where everybody answered the figure is exact.
      interval: interval === null || words(low) === words(high) ? null : `${words(low)}–${words(high)}`,
      drawn: { at: place(value), from: place(low), length: place(high) - place(low) },
    };
  };
  const groupsOf = (side: Side) =>
    results.released.groups
      .filter((group) => group.side === side)
      .flatMap(({ code }) => {
        const figure = score.groups[code];
        if (figure === undefined) return [];
        const holder = { name: groupName(staff, code), side, isGroup: true };
        return [line(holder, 'hidden' in figure ? { mean: null, interval: null, hidden: true } : figure)];
      });
  return [
    line(
      { name: t('meeting:survey.joint'), side: null, isGroup: false },
      {
        ...{ mean: score.survey, interval: score.surveyInterval, missing: score.missing },
        hidden: sides.some((side) => score.sides[side].hidden === 'k'),
      },
    ),
    ...sides.flatMap((side) => {
      const { hidden, ...figure } = score.sides[side];
      const holder = { name: t(`report:side.${side}.name`), side, isGroup: false };
      return [line(holder, { ...figure, hidden: hidden === 'k' }), ...groupsOf(side)];
    }),
  ];

  function groupName({ known: { instrument } }: StaffRound, code: string): string {
    const group = instrument.groups?.find((one) => one.code === code);
    const entry = instrument.mergePlan?.find(({ groups }) => mergedCode(groups) === code);
    return inLanguage(group?.name ?? entry?.name ?? { pl: code }, language);
  }
}
