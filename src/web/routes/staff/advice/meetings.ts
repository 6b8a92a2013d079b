import type { Request } from 'express';
import { mostPeople, type AdviceCycle, type AdviceMeeting, type MeetingInput } from '../../../../advisory/group-advice';
import type { Programme } from '../../../../programme/document/programme';
import { isRefusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import {
  asNumber,
  asText,
  errorLinks,
  fieldError,
  readForm,
  shownFields,
  textOf,
  type FormError,
  type StaffForm,
} from '../form';
import { staffPage, type Staff } from '../signed-in';
import { chosenTopic, topicSelect } from './choices';
import { cycleOf } from './cycles';

const present = (code: string): StaffForm['fields'][number] => ({
  type: 'number',
  code,
  text: textOf(`advisory:meeting.${code}`),
  min: 0,
  max: mostPeople,
});

const meetingForm: StaffForm = {
  fields: [
    { type: 'date', code: 'date', text: textOf('advisory:meeting.date') },
    { type: 'short-text', code: 'advisers', text: textOf('advisory:meeting.advisers'), maxLength: 200 },
    present('office'),
    present('ngo'),
    present('other'),
    { type: 'long-text', code: 'notes', text: textOf('advisory:meeting.notes'), maxLength: 4000 },
    { type: 'long-text', code: 'decisions', text: textOf('advisory:meeting.decisions'), maxLength: 4000 },
  ],
  required: { date: 'advisory:missing.date', advisers: 'advisory:missing.advisers' },
};

const fieldOf: Readonly<Record<string, string>> = {
  'too-many-people': 'office',
  'people-before-meeting': 'date',
  'advisers-missing': 'advisers',
};

export async function newMeetingPage(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  return found ? show(staff, found.cycle, found.programme, null, {}, []) : notFound();
}

export async function meetingPage(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  const meeting = found && (await meetingOf(request, staff, found.cycle));
  if (!found || !meeting) return notFound();
  const { date, advisers, notes, decisions } = meeting;
  const raw = formOf(meetingForm.fields, { date, advisers, notes, decisions, ...meeting.present }, staff.language);
  return show(staff, found.cycle, found.programme, meeting, { ...raw, topic: [meeting.topic] }, []);
}

/** Adds a meeting, or changes the one of the address. */
export async function saveMeeting(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  if (!found) return notFound();
  const { cycle, programme } = found;
  const isNew = request.params['meeting'] === undefined;
  const meeting = isNew ? null : await meetingOf(request, staff, cycle);
  if (!isNew && meeting === null) return notFound();
  const raw = rawForm(request.body);
  const { values, errors } = readForm(meetingForm, raw, staff.language);
  if (errors.length > 0) return show(staff, cycle, programme, meeting, raw, errors);
  const count = (code: string): number => asNumber(values[code]) ?? 0;
  const input: MeetingInput = {
    date: asText(values['date']),
    topic: chosenTopic(staff, programme, raw),
    advisers: asText(values['advisers']),
    present: { office: count('office'), ngo: count('ngo'), other: count('other') },
    notes: asText(values['notes']),
    decisions: asText(values['decisions']),
  };
  const { groupAdvice } = staff.services.advisory;
  const saved = meeting
    ? await groupAdvice.editMeeting(meeting.id, input, Number(rawText(raw, 'revision')))
    : await groupAdvice.addMeeting(cycle.id, input);
  if (!isRefusal(saved)) return redirect(`/staff/advice/groups/${cycle.id}`);
  const text = staff.t(`advisory:refusals.${saved.refused}`, saved.details);
  const now = meeting && (await groupAdvice.meeting(meeting.id));
  return show(staff, cycle, programme, now, raw, [fieldError(meetingForm, fieldOf[saved.refused] ?? 'date', text)]);
}

export async function removeMeeting(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  const meeting = found && (await meetingOf(request, staff, found.cycle));
  if (!found || !meeting) return notFound();
  await staff.services.advisory.groupAdvice.removeMeeting(meeting.id);
  return redirect(`/staff/advice/groups/${found.cycle.id}`);
}

async function meetingOf(request: Request, { services }: Staff, cycle: AdviceCycle): Promise<AdviceMeeting | null> {
  const meeting = await services.advisory.groupAdvice.meeting(String(request.params['meeting']));
  return meeting?.cycleId === cycle.id ? meeting : null;
}

function show(
  staff: Staff,
  cycle: AdviceCycle,
  programme: Programme,
  meeting: AdviceMeeting | null,
  raw: RawForm,
  errors: readonly FormError[],
): Outcome {
  return staffPage(staff, 'staff/advice/meeting', {
    title: staff.t(meeting ? 'advisory:meeting.edit' : 'advisory:meeting.new'),
    errors: errorLinks(errors),
    address: `/staff/advice/groups/${cycle.id}/meetings/${meeting?.id ?? 'new'}`,
    cycle,
    meeting,
    mostPeople,
    topic: topicSelect(staff, programme, rawText(raw, 'topic')),
    fields: shownFields(meetingForm, raw, staff.language, errors),
  });
}
