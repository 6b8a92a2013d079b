import {
  daysOverdue,
  isIncomplete,
  type ListedRecommendation,
  type Recommendation,
} from '../../../../../assessment/recommendations/recommendation';
import type { ReviewedFate } from '../../../../../assessment/recommendations/reviews';
import { areasOf, inLanguage, type Instrument } from '../../../../../definitions/instrument';
import { formatDate, formatDayOrMonth } from '../../../../../locales/formats';
import { dayOf } from '../../../../../shared/clock';
import type { Staff } from '../../signed-in';

/** A recommendation as the partial `staff/recommendation` shows it, in the page's language. */
export interface ShownRecommendation {
  readonly id: string;
  readonly number: number;
  readonly what: string;
  readonly area: string;
  readonly who: string;
  readonly due: string;
  readonly incomplete: boolean;
  readonly priority: boolean;
  readonly state: Recommendation['state'];
  readonly stateName: string;
  /** What was reported last, and when; '' where nothing was. */
  readonly remark: string;
  readonly reported: string;
  /** „12 dni po terminie”; null where it is in time, or where the follow-up has reviewed it. */
  readonly late: string | null;
  /** What the follow-up says of it; null where it says nothing yet. */
  readonly fate: ShownFate | null;
}

export interface ShownFate extends Pick<ReviewedFate, 'fate' | 'why' | 'evidence'> {
  readonly words: string;
  readonly day: string;
}

export function shownRecommendation(
  { language, services, t }: Staff,
  instrument: Instrument,
  one: ListedRecommendation,
  reviewed: ReviewedFate | null = null,
): ShownRecommendation {
  const { id, number, what, priority, state, remark, reportedOn } = one;
  const days = reviewed === null ? daysOverdue(one, dayOf(services.clock())) : 0;
  return {
    ...{ id, number, what, priority, state, remark },
    area: areaName({ language, t }, instrument, one.area),
    who: one.who === '' ? t('report:recommendations.unsettled') : one.who,
    due: one.due === null ? t('report:recommendations.unsettled') : formatDayOrMonth(one.due, language),
    incomplete: isIncomplete(one),
    stateName: t(`report:recommendations.state.${state}`),
    reported: reportedOn === null ? '' : t('recommendations:reported', { day: formatDate(reportedOn, language) }),
    late: days === 0 ? null : t('recommendations:late', { count: days }),
    fate: reviewed === null ? null : shownFate({ language, t }, reviewed),
  };
}

function shownFate({ language, t }: Pick<Staff, 'language' | 't'>, reviewed: ReviewedFate): ShownFate {
  const { fate, why, evidence, decidedOn } = reviewed;
  return {
    ...{ fate, why, evidence, words: t(`report:recommendations.fate.${fate}`) },
    day: t('recommendations:review.decided', { day: formatDate(decidedOn, language) }),
  };
}

/** „P1.2 Wzajemne informowanie się”, or what stands for all areas together. */
export function areaName({ language, t }: Pick<Staff, 'language' | 't'>, instrument: Instrument, code: string | null) {
  if (code === null) return t('report:recommendations.whole');
  const area = areasOf(instrument).find((one) => one.code === code);
  return area === undefined ? code : `${code} ${inLanguage(area.name, language)}`;
}
