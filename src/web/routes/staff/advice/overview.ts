import type { Request } from 'express';
import type { AdvisedUnit } from '../../../../advisory/unit';
import { inLanguage } from '../../../../definitions/instrument';
import { activitiesOf } from '../../../../programme/document/programme';
import { placeCode } from '../../../../territory/place';
import { notFound, type Outcome } from '../../../outcome';
import { staffPage, type Staff } from '../signed-in';
import { programmeOf, topicWords } from './choices';

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
  return staffPage(staff, 'staff/advice/overview', {
    title: t('advisory:overview.title'),
    programme,
    hasGroups: activitiesOf(programme, 'group-advice').length > 0,
    hasIndividual: activitiesOf(programme, 'individual-advice').length > 0,
    others: services.programmes.all().filter(({ id }) => id !== programme.id),
    cycles: await Promise.all(
      cycles.map(async (cycle) => {
        const meetings = await groupAdvice.meetings(cycle.id);
        const held = meetings.filter((meeting) => groupAdvice.wasHeld(meeting)).length;
        const programme = await services.cooperation.of(cycle.unitKey, cycle.year);
        return { ...cycle, held, state: programme?.state ?? 'not-begun' };
      }),
    ),
    advice: advice.map((one) => ({ ...one, topic: topicWords(staff, programme, one.topic) })),
    visits: visits.map(({ id, title, startsAt }) => ({
      id,
      title: inLanguage(title, language),
      day: startsAt.slice(0, 10),
      reported: reports.some((report) => report.id === id),
    })),
  });
}
