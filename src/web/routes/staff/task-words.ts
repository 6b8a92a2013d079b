import type { Action } from '../../../accounts/rights';
import type { Task, TaskKind } from '../../../assessment/task';
import { formatDate } from '../../../locales/formats';
import { shortened } from '../../../shared/plain-text';
import type { Staff } from './signed-in';

/** Each thing is shown to whoever may do it. */
export const taskAction: Readonly<Record<TaskKind, Action>> = {
  'make-assessment': 'rounds.plan',
  'make-baseline': 'rounds.plan',
  'make-follow-up': 'rounds.plan',
  compare: 'tasks.read',
  open: 'rounds.open',
  close: 'rounds.close',
  collect: 'tasks.read',
  'correct-sizes': 'rounds.plan',
  compute: 'results.compute',
  'read-comments': 'comments.review',
  'publish-comments': 'comments.review',
  agree: 'meeting.edit',
  approve: 'meeting.approve',
  'report-recommendations': 'recommendations.report-state',
  'review-recommendations': 'recommendations.edit',
};

/** Where each thing is done. */
const taskPath: Readonly<Record<TaskKind, (task: Task) => string>> = {
  'make-assessment': ({ unit }) => `/staff/units/${unit.id}/assessments/new`,
  'make-baseline': ({ assessment }) => `/staff/assessments/${assessment?.id ?? ''}/rounds/new/baseline`,
  'make-follow-up': ({ assessment }) => `/staff/assessments/${assessment?.id ?? ''}/rounds/new/follow-up`,
  compare: ({ assessment }) => `/staff/assessments/${assessment?.id ?? ''}/comparison`,
  open: ({ round }) => `/staff/rounds/${round?.id ?? ''}`,
  close: ({ round }) => `/staff/rounds/${round?.id ?? ''}`,
  collect: ({ round }) => `/staff/rounds/${round?.id ?? ''}`,
  'correct-sizes': ({ round }) => `/staff/rounds/${round?.id ?? ''}/edit`,
  compute: ({ round }) => `/staff/rounds/${round?.id ?? ''}/compute`,
  'read-comments': ({ round }) => `/staff/rounds/${round?.id ?? ''}/comments?show=unread`,
  'publish-comments': ({ round }) => `/staff/rounds/${round?.id ?? ''}/comments`,
  agree: ({ round }) => `/staff/rounds/${round?.id ?? ''}/meeting`,
  approve: ({ round }) => `/staff/rounds/${round?.id ?? ''}/minutes`,
  'report-recommendations': ({ round }) => `/staff/rounds/${round?.id ?? ''}/recommendations?show=late`,
  'review-recommendations': ({ round }) => `/staff/rounds/${round?.id ?? ''}/review`,
};

/** What the planned day of a task is called, where it is not that of closing. */
const dueWords: Partial<Record<TaskKind, string>> = { open: 'open', agree: 'meeting' };

/** So many late recommendations are named; the others are on the page that the task leads to. */
const lateNamed = 3;

export function taskWords(task: Task, { t, language }: Staff) {
  const { kind, unit, round, due, overdue, count, late } = task;
  const accusative = round === null ? '' : t(`staff:round.accusative.${round.name}`);
  const nominative = round === null ? '' : t(`staff:round.nominative.${round.name}`);
  return {
    href: taskPath[kind](task),
    unit: unit.name,
    overdue,
    what: t(`staff:task.${kind}.what`, { round: accusative, name: nominative }),
    why: t(`staff:task.${kind}.why`, { count }),
    late: late.slice(0, lateNamed).map(({ id, what, days }) => ({
      href: `/staff/rounds/${round?.id ?? ''}/recommendations/${id}/state`,
      what: shortened(what, 120),
      days: t('recommendations:late', { count: days }),
    })),
    more: late.length > lateNamed ? t('recommendations:desk.more', { count: late.length - lateNamed }) : null,
    due:
      due === null || late.length > 0
        ? null
        : t(overdue ? 'staff:task.overdue' : `staff:task.due.${dueWords[kind] ?? 'close'}`, {
            day: formatDate(due, language),
          }),
  };
}

/** Those that the person may do, in their order. */
export function ownTasks(tasks: readonly Task[], staff: Staff): Task[] {
  return tasks.filter(({ kind, unit }) => staff.may(taskAction[kind], unit.id));
}
