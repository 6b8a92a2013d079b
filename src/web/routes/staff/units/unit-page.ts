import type { Request } from 'express';
import type { Unit } from '../../../../assessment/units';
import { areComparable } from '../../../../assessment/results-status';
import { notFound, type Outcome } from '../../../outcome';
import { stepsOfRound, stepWords } from '../planned-steps';
import { roundLinesOf, roundTitle } from '../round-lines';
import { staffPage, type Staff } from '../signed-in';
import { namesOf } from '../who-when';
import { ownTasks, taskWords } from '../task-words';
import { shownNote } from './notes';
import { unitWords } from './unit-words';

const notices: Readonly<Record<string, string>> = { saved: 'office:unit.saved', removed: 'office:contact.removed' };
/** The page of the unit shows the newest notes; the others have a page of their own. */
const notesShown = 3;

/** One unit: what to do next, its assessments, what is known of it. */
export async function unitPage(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t } = staff;
  const unit = await services.assessment.units.get(String(request.params['unit']));
  if (unit === null) return notFound();
  const [looked, [standing]] = await Promise.all([
    services.assessment.tasks.lookAt([unit]),
    services.assessment.standings.ofUnits([unit]),
  ]);
  const assessments = looked.assessments.get(unit.id) ?? [];
  const lines = await roundLinesOf(
    staff,
    assessments.flatMap(({ id }) => looked.rounds.get(id) ?? []),
  );
  const round = standing?.round ?? null;
  const { done } = request.query;
  const notice = typeof done === 'string' ? notices[done] : undefined;
  return staffPage(staff, 'staff/units/unit', {
    title: unit.name,
    about: `${unitWords(unit, staff)} · ${unit.code}`,
    notice: notice === undefined ? null : t(notice),
    unit,
    stateName: t(`office:states.${standing?.state ?? 'no-assessment'}`),
    steps: round === null ? [] : stepWords(await stepsOfRound(services, round), staff),
    ...(round === null
      ? {}
      : { roundName: roundTitle(round, staff), timetablePath: `/staff/rounds/${round.id}/timetable` }),
    contacts: staff.may('contacts.edit') ? await contactsOf(staff, unit) : null,
    notes: staff.may('notes.edit') ? await notesOf(staff, unit) : null,
    tasks: ownTasks(looked.tasks, staff).map((task) => taskWords(task, staff)),
    assessments: assessments.map((assessment) => {
      const rounds = looked.rounds.get(assessment.id) ?? [];
      return {
        ...assessment,
        rounds: rounds.flatMap(({ id }) => lines.get(id) ?? []),
        comparable: areComparable(rounds),
      };
    }),
  });
}

/** Personal data: only for those who look after them. */
async function contactsOf({ services }: Staff, { id }: Unit) {
  const contacts = await services.assessment.contacts.ofUnit(id);
  return {
    list: contacts.map((one) => ({ ...one, href: `/staff/units/${id}/contacts/${one.id}` })),
    add: `/staff/units/${id}/contacts/new`,
  };
}

async function notesOf(staff: Staff, { id }: Unit) {
  const all = await staff.services.assessment.notes.ofUnit(id);
  const shown = all.slice(0, notesShown);
  const nameOf = await namesOf(
    staff,
    shown.map(({ author }) => author),
  );
  return {
    list: shown.map((note) => shownNote(note, staff, nameOf)),
    ...{ add: `/staff/units/${id}/notes/new`, all: `/staff/units/${id}/notes` },
    more: all.length > notesShown ? staff.t('office:notes.all', { count: all.length }) : null,
  };
}
