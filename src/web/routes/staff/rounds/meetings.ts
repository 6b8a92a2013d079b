import type { Request } from 'express';
import type { Meeting, MeetingInput } from '../../../../assessment/meetings';
import { formatDate } from '../../../../locales/formats';
import { isRefusal, type Refusal } from '../../../../shared/errors';
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
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

const dateForm: StaffForm = {
  fields: [{ type: 'date', code: 'date', text: textOf('staff:meetingForm.date') }],
  required: { date: 'staff:meetingForm.missingDate' },
};
const presenceForm: StaffForm = {
  fields: [
    { type: 'short-text', code: 'role', text: textOf('staff:meetingForm.role'), maxLength: 120 },
    { type: 'number', code: 'count', text: textOf('staff:meetingForm.count'), min: 1, max: 1000 },
  ],
};
/** Rows beyond those that are filled in. */
const spareRows = 4;
const rowPrefix = (row: number): string => `p${row}.`;

export async function meetingPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const meeting = await find(request, staff);
  if (meeting === undefined) return notFound();
  const date = meeting ? formOf(dateForm.fields, { date: meeting.date }, staff.language) : {};
  const rows = (meeting?.present ?? []).map(({ role, count }, row) =>
    formOf(presenceForm.fields, { role, count }, staff.language, rowPrefix(row)),
  );
  return show(staff, meeting, Object.assign({}, date, ...rows) as RawForm, meeting?.revision ?? 0, []);
}

export async function saveMeeting(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const meeting = await find(request, staff);
  if (meeting === undefined) return notFound();
  const { meetings } = staff.services.assessment;
  const raw = rawForm(request.body);
  const seen = Number(rawText(raw, 'revision'));
  const { values, errors } = readForm(dateForm, raw, staff.language);
  const rows = Array.from({ length: rowsOf(raw) }, (_, row) => readRow(staff, raw, row));
  const faults = [...errors, ...rows.flatMap((row) => row.errors)];
  if (faults.length > 0) return show(staff, meeting, raw, seen, faults);
  const input: MeetingInput = { date: asText(values['date']), present: rows.flatMap(({ present }) => present ?? []) };
  const saved = meeting ? await meetings.edit(meeting.id, input, seen) : await meetings.add(staff.round.id, input);
  if (!isRefusal(saved)) return redirect(staff.path('/meeting?done=meeting'));
  const now = saved.refused === 'changed-meanwhile' ? await find(request, staff) : null;
  const text = now
    ? staff.t('staff:meetingForm.conflict', { now: words(staff, now) })
    : staff.t(`refusals:${saved.refused}`, saved.details);
  return show(staff, meeting, raw, now?.revision ?? seen, [fieldError(dateForm, 'date', text)]);
}

export async function removeMeeting(request: Request, staff: StaffRound): Promise<Outcome> {
  const meeting = await find(request, staff);
  if (!meeting) return notFound();
  await staff.services.assessment.meetings.remove(meeting.id);
  return redirect(staff.path('/meeting'));
}

/** null: a new one; undefined: there is no such meeting of this round. */
async function find(request: Request, staff: StaffRound): Promise<Meeting | null | undefined> {
  const id = request.params['meeting'];
  if (id === undefined) return null;
  return (await staff.services.assessment.meetings.ofRound(staff.round.id)).find((meeting) => meeting.id === id);
}

function readRow({ language, t }: StaffRound, raw: RawForm, row: number) {
  const prefix = rowPrefix(row);
  const { values, errors } = readForm(presenceForm, raw, language, prefix);
  const role = asText(values['role']);
  const count = asNumber(values['count']);
  const at = (field: string, key: string) => fieldError(presenceForm, field, t(key), prefix);
  const missing =
    errors.length > 0 || (role === '') === (count === null)
      ? []
      : [role === '' ? at('role', 'staff:meetingForm.missingRole') : at('count', 'staff:meetingForm.missingCount')];
  const faults = [...errors, ...missing].map((error) => ({ ...error, field: prefix + error.field }));
  return { errors: faults, present: role === '' || count === null ? null : { role, count } };
}

/** As many rows as were sent, within what a meeting may have. */
function rowsOf(raw: RawForm): number {
  const sent = Object.keys(raw).flatMap((name) => /^p(\d{1,2})\.role$/.exec(name)?.[1] ?? []);
  return Math.min(50, Math.max(0, ...sent.map((row) => Number(row) + 1)));
}

function words({ language }: StaffRound, { date, present }: Meeting): string {
  return [formatDate(date, language), ...present.map(({ role, count }) => `${role} (${count})`)].join(', ');
}

function show(
  staff: StaffRound,
  meeting: Meeting | null,
  raw: RawForm,
  revision: number,
  errors: readonly FormError[],
): Outcome {
  const { language, round, t, unit } = staff;
  const rows = Math.min(50, Math.max(rowsOf(raw), (meeting?.present.length ?? 0) + spareRows));
  return staffPage(staff, 'staff/rounds/meeting-form', {
    title: t(meeting ? 'staff:meetingForm.edit' : 'staff:meetingForm.new'),
    errors: errorLinks(errors),
    unit,
    roundName: roundTitle(round, staff),
    address: staff.path(meeting ? `/meetings/${meeting.id}` : '/meetings/new'),
    removePath: meeting ? staff.path(`/meetings/${meeting.id}/remove`) : null,
    back: staff.path('/meeting'),
    revision,
    date: shownFields(dateForm, raw, language, errors)['date'],
    rows: Array.from({ length: rows }, (_, row) => {
      const prefix = rowPrefix(row);
      const own = errors
        .filter(({ field }) => field.startsWith(prefix))
        .map((error) => ({ ...error, field: error.field.slice(prefix.length) }));
      return shownFields(presenceForm, raw, language, own, prefix);
    }),
  });
}
