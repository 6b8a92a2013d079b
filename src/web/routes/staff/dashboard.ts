import type { Request } from 'express';
import { areComparable } from '../../../assessment/results-status';
import { fits } from '../../../shared/search-words';
import { redirect, type Outcome } from '../../outcome';
import { pagedBy } from '../../view-models/paging';
import { listingOf } from './listing';
import { roundLinesOf } from './round-lines';
import { staffPage, type Staff } from './signed-in';
import { ownTasks, taskWords } from './task-words';

const assessmentSorts = ['unit', 'title', 'closes'] as const;
/** The first screen names so much; the lists behind it have the rest. */
const [tasksShown, assessmentsShown] = [10, 10];

/** The first screen: what to do now, then the assessments with their rounds. */
export async function dashboard(request: Request, staff: Staff): Promise<Outcome> {
  const { tasks, units } = staff.services.assessment;
  // An organiser has no unit to look at.
  if (!staff.mayAny('units.read')) return redirect('/staff/events');
  const own = (await units.all()).filter(({ id }) => staff.may('units.read', id));
  const looked = await tasks.lookAt(own);
  const made = [...looked.assessments.values()].flat().length;
  const { query, sort } = listingOf(request, assessmentSorts);
  // Units come by name; only who asks for another order pays for it.
  const { compare } = new Intl.Collator('pl');
  const listed = own
    .flatMap((unit) => (looked.assessments.get(unit.id) ?? []).map((assessment) => ({ assessment, unit })))
    .flatMap(({ assessment, unit }) => {
      if (!fits(query, [assessment.title, unit.name, unit.code])) return [];
      const rounds = looked.rounds.get(assessment.id) ?? [];
      // What runs stands before what is planned or over.
      const closes = rounds.find(({ status }) => status === 'open')?.closesOn ?? '9999';
      return [{ ...assessment, unit: unit.name, rounds, closes }];
    })
    .sort((one, other) => {
      if (sort === 'title') return compare(one.title, other.title);
      return sort === 'closes' && one.closes !== other.closes ? (one.closes < other.closes ? -1 : 1) : 0;
    });
  const { shown, paging } = pagedBy(request, listed, staff.t, assessmentsShown);
  const lines = await roundLinesOf(
    staff,
    shown.flatMap(({ rounds }) => rounds),
  );
  const todo = ownTasks(looked.tasks, staff);
  return staffPage(staff, 'staff/dashboard', {
    title: staff.t(staff.mayAny('tasks.read') ? 'staff:dashboard.title' : 'staff:dashboard.assessments'),
    tasks: todo.slice(0, tasksShown).map((task) => taskWords(task, staff)),
    allTasks: todo.length > tasksShown ? staff.t('office:desk.allTasks', { count: todo.length }) : null,
    assessments: shown.map(({ rounds, ...assessment }) => ({
      ...assessment,
      rounds: rounds.flatMap(({ id }) => lines.get(id) ?? []),
      comparable: areComparable(rounds),
    })),
    paging,
    listing: {
      path: '/staff',
      query,
      label: staff.t('staff:dashboard.search'),
      found: query === '' ? null : staff.t('staff:dashboard.found', { count: listed.length, all: made }),
      sorts: assessmentSorts.map((code) => ({
        code,
        text: staff.t(`staff:dashboard.sorts.${code}`),
        selected: code === sort,
      })),
    },
    anyAssessment: made > 0,
    anyUnit: own.length > 0,
  });
}
