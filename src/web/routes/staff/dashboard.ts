import type { Request } from 'express';
import type { Action } from '../../../accounts/rights';
import { areComparable } from '../../../assessment/results-status';
import type { Task, TaskKind } from '../../../assessment/tasks';
import { formatDate } from '../../../locales/formats';
import { shortened } from '../../../shared/plain-text';
import { redirect, type Outcome } from '../../outcome';
import { fits } from '../../../shared/search-words';
import { listingOf } from './listing';
import { roundLines } from './round-lines';
import { staffPage, type Staff } from './signed-in';

const assessmentSorts = ['unit', 'title', 'closes'] as const;

/** The first screen: what to do now, then the assessments with their rounds. */
export async function dashboard(request: Request, staff: Staff): Promise<Outcome> {
  const { assessments, rounds, units } = staff.services.assessment;
  // An organiser has no unit to look at.
  if (!staff.mayAny('units.read')) return redirect('/staff/events');
  const [everyUnit, everyAssessment] = await Promise.all([units.all(), assessments.all()]);
  const allUnits = everyUnit.filter(({ id }) => staff.may('units.read', id));
  const allAssessments = everyAssessment.filter(({ unitId }) => staff.may('units.read', unitId));
  const tasks = (await staff.services.assessment.tasks.all()).filter(({ kind, unit }) =>
    staff.may(taskAction[kind], unit.id),
  );
  const { query, sort } = listingOf(request, assessmentSorts);
  const unitOf = new Map(allUnits.map((unit) => [unit.id, unit]));
  const fitting = allAssessments.flatMap((assessment) => {
    const unit = unitOf.get(assessment.unitId);
    return unit && fits(query, [assessment.title, unit.name, unit.code]) ? [{ assessment, unit }] : [];
  });
  const listed = await Promise.all(
    fitting.map(async ({ assessment, unit }) => {
      const made = await rounds.ofAssessment(assessment.id);
      const comparable = areComparable(made);
      // What runs stands before what is planned or over.
      const closes = made.find(({ status }) => status === 'open')?.closesOn ?? '9999';
      return { ...assessment, unit: unit.name, rounds: await roundLines(staff, made), comparable, closes };
    }),
  );
  const { compare } = new Intl.Collator(staff.language);
  listed.sort((one, other) => {
    const byUnit = compare(one.unit, other.unit) || compare(one.title, other.title);
    if (sort === 'title') return compare(one.title, other.title) || byUnit;
    return sort === 'closes' ? compare(one.closes, other.closes) || byUnit : byUnit;
  });
  return staffPage(staff, 'staff/dashboard', {
    title: staff.t('staff:dashboard.title'),
    tasks: tasks.map((task) => taskWords(task, staff)),
    assessments: listed,
    listing: {
      path: '/staff',
      query,
      label: staff.t('staff:dashboard.search'),
      found:
        query === '' ? null : staff.t('staff:dashboard.found', { count: listed.length, all: allAssessments.length }),
      sorts: assessmentSorts.map((code) => ({
        code,
        text: staff.t(`staff:dashboard.sorts.${code}`),
        selected: code === sort,
      })),
    },
    anyAssessment: allAssessments.length > 0,
    anyUnit: allUnits.length > 0,
  });
}

/** Each thing is shown to whoever may do it. */
const taskAction: Readonly<Record<TaskKind, Action>> = {
  'make-assessment': 'rounds.plan',
  'make-baseline': 'rounds.plan',
  'make-follow-up': 'rounds.plan',
  compare: 'results.read',
  open: 'rounds.open',
  close: 'rounds.close',
  collect: 'rounds.read',
  'correct-sizes': 'rounds.plan',
  compute: 'results.compute',
  'read-comments': 'comments.review',
  'publish-comments': 'comments.review',
  agree: 'meeting.edit',
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
  'report-recommendations': ({ round }) => `/staff/rounds/${round?.id ?? ''}/recommendations?show=late`,
  'review-recommendations': ({ round }) => `/staff/rounds/${round?.id ?? ''}/review`,
};

/** So many late recommendations are named; the others are on the page that the task leads to. */
const lateNamed = 3;

function taskWords(task: Task, { t, language }: Staff) {
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
        : t(overdue ? 'staff:task.overdue' : `staff:task.due.${kind === 'open' ? 'open' : 'close'}`, {
            day: formatDate(due, language),
          }),
  };
}
