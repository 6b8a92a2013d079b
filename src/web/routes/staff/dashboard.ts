import type { Request } from 'express';
import { formatDate } from '../../../locales/formats';
import type { Outcome } from '../../outcome';
import { roundLines } from './round-lines';
import { staffPage, type Staff } from './signed-in';
import { tasksFor, type Task } from './tasks';

/** The first screen: what to do now, then the assessments with their rounds. */
export async function dashboard(_request: Request, staff: Staff): Promise<Outcome> {
  const { assessments, rounds, units } = staff.services.assessment;
  const [allUnits, allAssessments] = await Promise.all([units.all(), assessments.all()]);
  const tasks = await tasksFor(staff, allUnits, allAssessments);
  const listed = await Promise.all(
    allUnits.flatMap((unit) =>
      allAssessments
        .filter(({ unitId }) => unitId === unit.id)
        .map(async (assessment) => {
          const made = await rounds.ofAssessment(assessment.id);
          const comparable = made.length === 2 && made.every(({ status }) => status === 'closed');
          return { ...assessment, unit: unit.name, rounds: await roundLines(staff, made), comparable };
        }),
    ),
  );
  return staffPage(staff, 'staff/dashboard', {
    title: staff.t('staff:dashboard.title'),
    tasks: tasks.map((task) => taskWords(task, staff)),
    assessments: listed,
    anyUnit: allUnits.length > 0,
  });
}

function taskWords({ kind, href, unit, round, due, overdue, count }: Task, { t, language }: Staff) {
  const accusative = round === null ? '' : t(`staff:round.accusative.${round}`);
  const nominative = round === null ? '' : t(`staff:round.nominative.${round}`);
  return {
    href,
    unit,
    overdue,
    what: t(`staff:task.${kind}.what`, { round: accusative, name: nominative }),
    why: t(`staff:task.${kind}.why`, { count }),
    due:
      due === null
        ? null
        : t(overdue ? 'staff:task.overdue' : `staff:task.due.${kind === 'open' ? 'open' : 'close'}`, {
            day: formatDate(due, language),
          }),
  };
}
