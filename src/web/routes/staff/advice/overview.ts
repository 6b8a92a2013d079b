import type { Request } from 'express';
import type { AdvisedUnit } from '../../../../advisory/unit';
import { inLanguage } from '../../../../definitions/instrument';
import { activitiesOf } from '../../../../programme/document/programme';
import { placeCode } from '../../../../territory/place';
import { notFound, type Outcome } from '../../../outcome';
import { fits } from '../../../../shared/search-words';
import { pagedBy } from '../../../view-models/paging';
import { listingOf } from '../listing';
import { staffPage, type Staff } from '../signed-in';
import { programmeOf, topicWords } from './choices';

/** Of each of the three lists. */
const onPage = 10;

/** Everything about advice in a programme: groups, single units, study visits. */
export async function overview(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t, language } = staff;
  const programme = programmeOf(request, staff);
  if (programme === null) return notFound();
  const { groupAdvice, individualAdvice, visitReports } = services.advisory;
  const [everyCycle, everyAdvice, reports, events, units] = await Promise.all([
    groupAdvice.all(programme.id),
    individualAdvice.all(programme.id),
    visitReports.all(programme.id),
    services.events.events.all(),
    services.assessment.units.all(),
  ]);
  const unitIds = new Map(units.map(({ id, code }) => [code, id]));
  const within = (one: { readonly unit: AdvisedUnit }): boolean =>
    staff.may('advice.edit', unitIds.get(placeCode(one.unit.code)) ?? null);
  const [cycles, advice] = [everyCycle.filter(within), everyAdvice.filter(within)];
  const visits = events.filter(
    (event) => event.programme === programme.id && event.kind === 'study-visit' && event.state !== 'cancelled',
  );
  const query = listingOf(request, ['usual']).query;
  const found = {
    cycles: cycles.filter(({ unit }) => fits(query, [unit.name, unit.code])),
    advice: advice.filter(({ unit, adviser, request: asked }) => fits(query, [unit.name, unit.code, adviser, asked])),
    visits: visits.filter(({ title, place }) => fits(query, [title.pl, title.en ?? '', place])),
  };
  const shown = {
    cycles: pagedBy(request, found.cycles, t, onPage, 'groups'),
    advice: pagedBy(request, found.advice, t, onPage, 'individual'),
    visits: pagedBy(request, found.visits, t, onPage, 'visits'),
  };
  const all = cycles.length + advice.length + visits.length;
  const count = found.cycles.length + found.advice.length + found.visits.length;
  const [meetings, cooperationOf] = await Promise.all([
    groupAdvice.meetingsOf(shown.cycles.shown.map(({ id }) => id)),
    services.cooperation.ofUnits(shown.cycles.shown.map(({ unitKey }) => unitKey)),
  ]);
  return staffPage(staff, 'staff/advice/overview', {
    title: t('advisory:overview.title'),
    programme,
    hasGroups: activitiesOf(programme, 'group-advice').length > 0,
    hasIndividual: activitiesOf(programme, 'individual-advice').length > 0,
    others: services.programmes.all().filter(({ id }) => id !== programme.id),
    anything: all > 0,
    query,
    found: query === '' ? null : t('advisory:overview.found', { count, all }),
    cycles: {
      paging: shown.cycles.paging,
      rows: shown.cycles.shown.map((cycle) => ({
        ...cycle,
        held: (meetings.get(cycle.id) ?? []).filter((meeting) => groupAdvice.wasHeld(meeting)).length,
        state: cooperationOf(cycle.unitKey, cycle.year)?.state ?? 'not-begun',
      })),
    },
    advice: {
      paging: shown.advice.paging,
      rows: shown.advice.shown.map((one) => ({ ...one, topic: topicWords(staff, programme, one.topic) })),
    },
    visits: {
      paging: shown.visits.paging,
      rows: shown.visits.shown.map(({ id, title, startsAt }) => ({
        id,
        title: inLanguage(title, language),
        day: startsAt.slice(0, 10),
        reported: reports.some((report) => report.id === id),
      })),
    },
  });
}
