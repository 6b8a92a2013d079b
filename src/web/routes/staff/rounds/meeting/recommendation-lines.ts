import { groupedBy } from '../../../../../shared/grouped';
import { shownRecommendation } from '../recommendations/shown';
import type { StaffRound } from '../with-round';

/** What is recommended about an area, or ('') about the cooperation as a whole, a line each. */
export interface RecommendationLines {
  /** By this round's group. */
  readonly own: ReadonlyMap<string, readonly string[]>;
  /** By the baseline's, each with its fate where this round has said it; empty in a baseline. */
  readonly last: ReadonlyMap<string, readonly string[]>;
}

/** „Wspólny kalendarz spotkań (Biuro Rady, do końca czerwca 2026)”. */
export async function recommendationLines(staff: StaffRound): Promise<RecommendationLines> {
  const { known, round, services, t } = staff;
  const { recommendations, recommendationReviews } = services.assessment;
  const [own, reviewed] = await Promise.all([recommendations.ofRound(round.id), recommendationReviews.ofRound(round)]);
  const line = (one: (typeof own)[number], fate: (typeof reviewed)[number]['fate'] = null) => {
    const shown = shownRecommendation(staff, known.instrument, one, fate);
    const about = { what: shown.what, who: shown.who, due: shown.due };
    const text = t('meeting:recommendations.line', about);
    return { area: one.area ?? '', text: shown.fate === null ? text : `${text} – ${shown.fate.words}` };
  };
  const byArea = (lines: readonly ReturnType<typeof line>[]) =>
    new Map([...groupedBy(lines, ({ area }) => area)].map(([area, all]) => [area, all.map(({ text }) => text)]));
  return {
    own: byArea(own.map((one) => line(one))),
    last: byArea(reviewed.map(({ recommendation, fate }) => line({ ...recommendation, number: 0, priority: false }, fate))), // prettier-ignore
  };
}
