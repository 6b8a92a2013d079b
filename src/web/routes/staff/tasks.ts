import type { Request } from 'express';
import { fits } from '../../../shared/search-words';
import type { Outcome } from '../../outcome';
import { pagedBy } from '../../view-models/paging';
import { listingOf } from './listing';
import { staffPage, type Staff } from './signed-in';
import { ownTasks, taskWords } from './task-words';

const taskSorts = ['day', 'unit'] as const;

/** All that waits for the person, by page. */
export async function tasksPage(request: Request, staff: Staff): Promise<Outcome> {
  const { tasks, units } = staff.services.assessment;
  const own = (await units.all()).filter(({ id }) => staff.may('units.read', id));
  const { query, sort } = listingOf(request, taskSorts);
  const todo = ownTasks(await tasks.ofUnits(own), staff);
  const fitting = query === '' ? todo : todo.filter(({ unit }) => fits(query, [unit.name, unit.code, unit.powiat]));
  const order = new Map(own.map(({ id }, at) => [id, at]));
  const at = (unitId: string): number => order.get(unitId) ?? 0;
  if (sort === 'unit') fitting.sort((one, other) => at(one.unit.id) - at(other.unit.id));
  const { shown, paging } = pagedBy(request, fitting, staff.t);
  return staffPage(staff, 'staff/tasks', {
    title: staff.t('office:tasks.title'),
    any: todo.length > 0,
    late: todo.filter(({ overdue }) => overdue).length,
    tasks: shown.map((task) => taskWords(task, staff)),
    paging,
    listing: {
      path: '/staff/tasks',
      query,
      label: staff.t('staff:units.search'),
      found: query === '' ? null : staff.t('office:tasks.found', { count: fitting.length, all: todo.length }),
      sorts: taskSorts.map((code) => ({
        code,
        text: staff.t(`office:tasks.sorts.${code}`),
        selected: code === sort,
      })),
    },
  });
}
