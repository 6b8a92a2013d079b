import type { Request } from 'express';
import { mostDays, timetableInput, type Timetable, type TimetableInput } from '../../../../assessment/timetables';
import type { FactField } from '../../../../definitions/instrument';
import type { Refusal } from '../../../../shared/errors';
import { schemaField } from '../../../forms/schema-field';
import type { Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { stepsOfRound, stepWords } from '../planned-steps';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

const single = ['preparation', 'report', 'publication'] as const;
const several = ['reminders', 'meetings'] as const;
const fieldOf = (list: string, index: number): string => `${list}${index + 1}`;

function daysOf(list: (typeof several)[number]): FactField[] {
  return Array.from({ length: mostDays }, (_, index) => ({
    ...{ type: 'date', code: fieldOf(list, index) },
    text: textOf(`office:timetable.${list}`, { number: index + 1 }),
  }));
}

const dayOfStep = (step: (typeof single)[number]): FactField =>
  schemaField(timetableInput, step, { text: textOf(`office:timetable.steps.${step}`) });

const timetableForm: StaffForm = {
  fields: [
    dayOfStep('preparation'),
    ...daysOf('reminders'),
    ...daysOf('meetings'),
    dayOfStep('report'),
    dayOfStep('publication'),
  ],
};

const timetableEdit: StaffEdit<StaffRound, TimetableInput, Timetable> = {
  stored: ({ round, services }) => services.assessment.timetables.ofRound(round.id),
  parts: (staff) => fieldParts(timetableForm, staff),
  raw(staff, stored) {
    if (stored === null) return {};
    const listed = several.flatMap((list) => stored[list].map((day, index) => [fieldOf(list, index), day] as const));
    const days = single.flatMap((step) => (stored[step] === null ? [] : [[step, stored[step]] as const]));
    return formOf(timetableForm.fields, Object.fromEntries([...listed, ...days]), staff.language);
  },
  read(staff, raw) {
    const { values, errors } = readForm(timetableForm, raw, staff.language);
    if (errors.length > 0) return { errors };
    const day = (field: string): string | null => asText(values[field]) || null;
    const days = (list: string): string[] => [
      ...new Set(Array.from({ length: mostDays }, (_, index) => day(fieldOf(list, index)) ?? []).flat()),
    ];
    return {
      input: {
        ...{ preparation: day('preparation'), report: day('report'), publication: day('publication') },
        ...{ reminders: days('reminders'), meetings: days('meetings') },
      },
    };
  },
  save: ({ round, services }, input, seen) => services.assessment.timetables.save(round.id, input, seen),
  refused(staff, { refused, details }) {
    const field = details?.['field'];
    if (typeof field !== 'string') return null;
    const row = typeof details?.['row'] === 'number' ? fieldOf(field, details['row'] - 1) : field;
    return fieldError(timetableForm, row, staff.t(`refusals:${refused}`, details));
  },
  done: (staff) => staff.path('/timetable?done=saved'),
  logsWords: () => true,
  show: (staff, shown) => showTimetable(staff, shown, false),
};

async function showTimetable(
  staff: StaffRound,
  { raw, errors, edit, status }: Parameters<typeof timetableEdit.show>[1],
  saved: boolean,
): Promise<Outcome> {
  const fields = shownFields(timetableForm, raw, staff.language, errors);
  const shown = (codes: readonly string[]) => codes.map((code) => fields[code]);
  return staffPage(
    staff,
    'staff/rounds/timetable',
    {
      title: staff.t('office:timetable.title'),
      errors: errorLinks(errors),
      ...{ unit: staff.unit, roundName: roundTitle(staff.round, staff), edit, saved },
      address: staff.path('/timetable'),
      back: staff.path(),
      settings: staff.path('/edit'),
      steps: stepWords(await stepsOfRound(staff.services, staff.round), staff),
      before: shown(['preparation']),
      reminders: shown(Array.from({ length: mostDays }, (_, index) => fieldOf('reminders', index))),
      meetings: shown(Array.from({ length: mostDays }, (_, index) => fieldOf('meetings', index))),
      after: shown(['report', 'publication']),
    },
    status,
  );
}

export function timetablePage(request: Request, staff: StaffRound): Promise<Outcome> {
  const saved = request.query['done'] === 'saved';
  return showEdit({ ...timetableEdit, show: (subject, shown) => showTimetable(subject, shown, saved) }, staff);
}

export function saveTimetable(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  return saveEdit(timetableEdit, staff, request);
}
