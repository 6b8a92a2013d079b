import type { Request } from 'express';
import {
  adviceMeetingInput,
  mostPeople,
  type AdviceCycle,
  type AdviceMeeting,
  type MeetingInput,
} from '../../../../advisory/group-advice';
import type { Programme } from '../../../../programme/document/programme';
import type { Refusal } from '../../../../shared/errors';
import { rawText } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asNumber, asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { chosenTopic, topicPart, topicSelect } from './choices';
import { cycleOf } from './cycles';

const { present } = adviceMeetingInput.properties;
const meetingField = (code: string) =>
  schemaField(adviceMeetingInput, code, { text: textOf(`advisory:meeting.${code}`) });
const presentField = (code: string) => schemaField(present, code, { text: textOf(`advisory:meeting.${code}`) });

const meetingForm: StaffForm = {
  fields: [
    meetingField('date'),
    meetingField('advisers'),
    ...['office', 'ngo', 'other'].map(presentField),
    meetingField('notes'),
    meetingField('decisions'),
  ],
  required: { date: 'advisory:missing.date', advisers: 'advisory:missing.advisers' },
};

/** One request about one meeting of a cycle; null: a new one. */
interface StaffMeeting extends Staff {
  readonly cycle: AdviceCycle;
  readonly programme: Programme;
  readonly meeting: AdviceMeeting | null;
}

const meetingEdit: StaffEdit<StaffMeeting, MeetingInput, AdviceMeeting> = {
  stored: ({ meeting, services }) =>
    meeting === null ? Promise.resolve(null) : services.advisory.groupAdvice.meeting(meeting.id),
  raw({ language }, stored) {
    if (stored === null) return {};
    const { date, advisers, notes, decisions, present: people, topic } = stored;
    return { ...formOf(meetingForm.fields, { date, advisers, notes, decisions, ...people }, language), topic: [topic] };
  },
  parts: (staff) => [...fieldParts(meetingForm, staff), topicPart(staff, staff.programme)],
  read(staff, raw) {
    const { values, errors } = readForm(meetingForm, raw, staff.language);
    if (errors.length > 0) return { errors };
    const count = (code: string): number => asNumber(values[code]) ?? 0;
    return {
      input: {
        date: asText(values['date']),
        topic: chosenTopic(staff, staff.programme, raw),
        advisers: asText(values['advisers']),
        present: { office: count('office'), ngo: count('ngo'), other: count('other') },
        notes: asText(values['notes']),
        decisions: asText(values['decisions']),
      },
    };
  },
  async save({ cycle, meeting, services }, input, seen) {
    const { groupAdvice } = services.advisory;
    return meeting === null
      ? groupAdvice.addMeeting(cycle.id, input)
      : groupAdvice.editMeeting(meeting.id, input, seen);
  },
  refused(staff, { refused, details }) {
    const { field, key = 'office' } = details ?? {};
    if (typeof field !== 'string') return null;
    const text = staff.t(`advisory:refusals.${refused}`, details);
    return fieldError(meetingForm, field === 'present' ? String(key) : field, text);
  },
  done: ({ cycle }) => `/staff/advice/groups/${cycle.id}`,
  show,
};

/** The meeting of the address, or a new one. */
export async function meetingPage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(meetingEdit, subject);
}

export async function saveMeeting(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(meetingEdit, subject, request);
}

export async function removeMeeting(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  if (!subject?.meeting) return notFound();
  await staff.services.advisory.groupAdvice.removeMeeting(subject.meeting.id);
  return redirect(`/staff/advice/groups/${subject.cycle.id}`);
}

async function find(request: Request, staff: Staff): Promise<StaffMeeting | null> {
  const found = await cycleOf(request, staff);
  if (!found) return null;
  const id = request.params['meeting'];
  if (id === undefined) return { ...staff, ...found, meeting: null };
  const meeting = await staff.services.advisory.groupAdvice.meeting(String(id));
  return meeting?.cycleId === found.cycle.id ? { ...staff, ...found, meeting } : null;
}

function show(staff: StaffMeeting, { raw, errors, edit, status }: Shown): Outcome {
  const { cycle, language, meeting, programme, t } = staff;
  return staffPage(
    staff,
    'staff/advice/meeting',
    {
      title: t(meeting ? 'advisory:meeting.edit' : 'advisory:meeting.new'),
      errors: errorLinks(errors),
      address: `/staff/advice/groups/${cycle.id}/meetings/${meeting?.id ?? 'new'}`,
      cycle,
      meeting,
      mostPeople,
      edit,
      topic: topicSelect(staff, programme, rawText(raw, 'topic')),
      fields: shownFields(meetingForm, raw, language, errors),
    },
    status,
  );
}
