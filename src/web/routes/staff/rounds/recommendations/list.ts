import type { Request } from 'express';
import { isIncomplete, mostPriorities } from '../../../../../assessment/recommendations/recommendation';
import { areasOf } from '../../../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { rawForm, rawText } from '../../../../forms/raw';
import { redirect, type Outcome } from '../../../../outcome';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { areaName, shownRecommendation } from './shown';
import type { StaffRecommendation } from './with-recommendation';

const views = ['areas', 'order', 'late'] as const;
type View = (typeof views)[number];
const notices: Readonly<Record<string, string>> = { saved: 'saved', removed: 'removed', reported: 'reportedNow' };

/** The recommendations of a round: by area, as a whole in their order, or those that are late. */
export async function recommendationsPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { known, round, services, t, unit } = staff;
  const { instrument } = known;
  const { recommendations, recommendationReviews } = services.assessment;
  const [listed, frozen, reviewed] = await Promise.all([
    recommendations.ofRound(round.id),
    recommendations.isFrozen(round.id),
    recommendationReviews.ofRound(round),
  ]);
  const fates = await recommendationReviews.fatesOf(listed.map(({ id }) => id));
  const view = views.find((one) => one === request.query['show']) ?? 'areas';
  const base = staff.path('/recommendations');
  const fixed = frozen || !staff.may('recommendations.edit');
  const marked = listed.filter(({ priority }) => priority).length;
  const shown = listed.map((one, at) => ({
    ...shownRecommendation(staff, instrument, one, fates.get(one.id)),
    edit: fixed ? null : `${base}/${one.id}`,
    report: staff.may('recommendations.report-state') ? `${base}/${one.id}/state` : null,
    arrange:
      fixed || view !== 'order'
        ? null
        : {
            path: `${base}/${one.id}/arrange`,
            up: at > 0,
            down: at < listed.length - 1,
            mark: !one.priority && marked < mostPriorities,
          },
  }));
  const places = [...areasOf(instrument).map(({ code }) => code), null];
  const sections = places.map((area) => ({
    id: area ?? 'whole',
    name: areaName(staff, instrument, area),
    add: fixed ? null : `${base}/new?area=${area ?? 'whole'}`,
    recommendations: shown.filter((_, at) => (listed[at]?.area ?? null) === area),
  }));
  const late = shown.filter((one) => one.late !== null);
  const { done } = request.query;
  const notice = typeof done === 'string' ? notices[done] : undefined;
  return staffPage(staff, 'staff/rounds/recommendations/list', {
    title: t('recommendations:title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path(),
    notice: notice === undefined ? null : t(`recommendations:${notice}`),
    frozen,
    add: fixed ? null : `${base}/new`,
    counts: {
      all: t('recommendations:count', { count: listed.length }),
      marked: t('recommendations:marked', { count: marked, most: mostPriorities }),
      incomplete: listed.filter(isIncomplete).length,
      any: listed.length > 0,
    },
    review:
      reviewed.length === 0
        ? null
        : { path: staff.path('/review'), left: reviewed.filter(({ fate }) => fate === null).length },
    view,
    choices: choices(view, base, late.length, staff),
    sections: sections.filter((one) => one.recommendations.length > 0),
    empty: sections.filter((one) => one.recommendations.length === 0),
    recommendations: view === 'late' ? late : shown,
  });
}

function choices(view: View, base: string, late: number, { t }: StaffRound) {
  return views
    .filter((one) => one !== 'late' || late > 0 || view === 'late')
    .map((one) => ({
      href: `${base}?show=${one}`,
      text: t(`recommendations:show.${one}`, { count: late }),
      current: one === view,
    }));
}

/** One press on the list: a place up or down, or a place in the summary taken or given back. */
export async function arrangeRecommendation(
  request: Request,
  { recommendation: { id }, services, ...staff }: StaffRecommendation,
): Promise<Outcome | Refusal> {
  const { recommendations } = services.assessment;
  const result = await (() => {
    switch (rawText(rawForm(request.body), 'action')) {
      case 'up':
        return recommendations.move(id, 'up');
      case 'down':
        return recommendations.move(id, 'down');
      case 'mark':
        return recommendations.mark(id);
      case 'unmark':
        return recommendations.unmark(id);
      default:
        return null;
    }
  })();
  return isRefusal(result) ? result : redirect(staff.path(`/recommendations?show=order#r-${id}`));
}
