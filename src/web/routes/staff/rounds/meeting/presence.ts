import type { Request } from 'express';
import {
  meetingInput,
  mostPresenceRows,
  namesKeptDays,
  presenceSides,
  type Meeting,
  type MeetingInput,
} from '../../../../../assessment/meeting/meetings';
import { formatDate } from '../../../../../locales/formats';
import type { Refusal } from '../../../../../shared/errors';
import { rawText, type RawForm } from '../../../../forms/raw';
import { schemaField } from '../../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../../outcome';
import { formOf } from '../../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type EditPart, type Shown, type StaffEdit } from '../../edit';
import { asNumber, asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../../form';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { presentWords } from './present-words';

/** What stands once in the form. */
const headForm: StaffForm = {
  fields: [
    schemaField(meetingInput, 'date', { text: textOf('meeting:presence.date') }),
    schemaField(meetingInput, 'keptBy', {
      text: textOf('meeting:presence.keptBy'),
      hint: textOf('meeting:presence.keptByHint', { count: namesKeptDays }),
    }),
    schemaField(meetingInput, 'names', {
      text: textOf('meeting:presence.names'),
      hint: textOf('meeting:presence.namesHint', { count: namesKeptDays }),
    }),
  ],
  required: { date: 'meeting:presence.missingDate' },
};
const presence = meetingInput.properties.present.items;
const presenceForm: StaffForm = {
  fields: [
    schemaField(presence, 'role', { text: textOf('meeting:presence.role') }),
    schemaField(presence, 'organisation', { text: textOf('meeting:presence.organisation') }),
    schemaField(presence, 'side', {
      text: textOf('meeting:presence.side'),
      choice: (side) => textOf(`meeting:presence.sides.${side}`),
    }),
    schemaField(presence, 'count', { text: textOf('meeting:presence.count') }),
  ],
};
/** Rows beyond those that are filled in. */
const spareRows = 4;
const rowPrefix = (row: number): string => `p${row}.`;

/** One request about one meeting; null: a new one. */
interface StaffMeeting extends StaffRound {
  readonly meeting: Meeting | null;
}

const meetingEdit: StaffEdit<StaffMeeting, MeetingInput, Meeting> = {
  stored: ({ meeting, services }) =>
    meeting === null ? Promise.resolve(null) : services.assessment.meetings.get(meeting.id),
  raw(staff, stored) {
    if (stored === null) return {};
    const { date, present, keptBy = '', names = '' } = stored;
    const rows = present.map(({ role, organisation = '', side, count }, row) => {
      const values = { role, organisation, count, ...(side === undefined ? {} : { side }) };
      return formOf(presenceForm.fields, values, staff.language, rowPrefix(row));
    });
    return Object.assign(formOf(headForm.fields, { date, keptBy, names }, staff.language), ...rows) as RawForm;
  },
  parts: (staff) => [...fieldParts(headForm, staff), presencePart(staff)],
  read(staff, raw) {
    const { values, errors } = readForm(headForm, raw, staff.language);
    const rows = readRows(staff, raw);
    const all = [...errors, ...rows.flatMap((row) => row.errors)];
    if (all.length > 0) return { errors: all };
    const [date, keptBy, names] = ['date', 'keptBy', 'names'].map((field) => asText(values[field]));
    return {
      input: {
        date: date ?? '',
        keptBy: keptBy ?? '',
        names: names ?? '',
        present: rows.flatMap(({ present }) => present ?? []),
      },
    };
  },
  save({ meeting, round, services }, input, seen) {
    const { meetings } = services.assessment;
    return meeting === null ? meetings.add(round.id, input) : meetings.edit(meeting.id, input, seen);
  },
  refused(staff, { refused, details }) {
    const field = details?.['field'];
    return typeof field === 'string' ? fieldError(headForm, field, staff.t(`refusals:${refused}`, details)) : null;
  },
  done: (staff) => staff.path('/meeting?done=meeting'),
  show,
};

/** All rows together are one list: who was present. */
function presencePart(staff: StaffRound): EditPart {
  return {
    code: 'present',
    label: staff.t('meeting:presence.present'),
    has: (name) => /^p\d{1,2}\./.test(name),
    words: (raw) =>
      readRows(staff, raw)
        .flatMap(({ present, errors }, row) => {
          if (present) return presentWords(staff, present);
          const prefix = rowPrefix(row);
          return errors.length > 0 ? [rawText(raw, `${prefix}role`), rawText(raw, `${prefix}count`)].join(' ') : [];
        })
        .join(', '),
  };
}

export async function meetingPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const meeting = await find(request, staff);
  return meeting === undefined ? notFound() : showEdit(meetingEdit, { ...staff, meeting });
}

export async function saveMeeting(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const meeting = await find(request, staff);
  return meeting === undefined ? notFound() : saveEdit(meetingEdit, { ...staff, meeting }, request);
}

export async function removeMeeting(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const meeting = await find(request, staff);
  if (!meeting) return notFound();
  const refusal = await staff.services.assessment.meetings.remove(meeting.id);
  return refusal ?? redirect(staff.path('/meeting'));
}

/** null: a new one; undefined: there is no such meeting of this round. */
async function find(request: Request, { round, services }: StaffRound): Promise<Meeting | null | undefined> {
  const id = request.params['meeting'];
  if (id === undefined) return null;
  const meeting = await services.assessment.meetings.get(String(id));
  return meeting?.roundId === round.id ? meeting : undefined;
}

function readRows(staff: StaffRound, raw: RawForm) {
  return Array.from({ length: rowsOf(raw) }, (_, row) => readRow(staff, raw, row));
}

function readRow({ language, t }: StaffRound, raw: RawForm, row: number) {
  const prefix = rowPrefix(row);
  const { values, errors } = readForm(presenceForm, raw, language, prefix);
  const [role, organisation] = [asText(values['role']), asText(values['organisation'])];
  const count = asNumber(values['count']);
  const side = presenceSides.find((one) => one === values['side']);
  const isEmpty = role === '' && organisation === '' && count === null;
  const at = (field: string, key: string) => fieldError(presenceForm, field, t(key), prefix);
  const missing =
    errors.length > 0 || isEmpty
      ? []
      : [
          ...(role === '' ? [at('role', 'meeting:presence.missingRole')] : []),
          ...(count === null ? [at('count', 'meeting:presence.missingCount')] : []),
        ];
  const faults = [...errors, ...missing].map((error) => ({ ...error, field: prefix + error.field }));
  const present = role === '' || count === null ? null : { role, organisation, count, ...(side ? { side } : {}) };
  return { errors: faults, present };
}

/** As many rows as were sent, within what a meeting may have. */
function rowsOf(raw: RawForm): number {
  const sent = Object.keys(raw).flatMap((name) => /^p(\d{1,2})\./.exec(name)?.[1] ?? []);
  return Math.min(mostPresenceRows, Math.max(0, ...sent.map((row) => Number(row) + 1)));
}

function show(staff: StaffMeeting, { raw, errors, edit, status }: Shown): Outcome {
  const { language, meeting, round, t, unit } = staff;
  const rows = Math.min(mostPresenceRows, Math.max(rowsOf(raw), (meeting?.present.length ?? 0) + spareRows));
  return staffPage(
    staff,
    'staff/meeting/presence',
    {
      title: t(meeting ? 'meeting:presence.edit' : 'meeting:presence.new'),
      errors: errorLinks(errors),
      unit,
      roundName: roundTitle(round, staff),
      address: staff.path(meeting ? `/meetings/${meeting.id}` : '/meetings/new'),
      removePath: meeting ? staff.path(`/meetings/${meeting.id}/remove`) : null,
      back: staff.path('/meeting'),
      edit,
      head: shownFields(headForm, raw, language, errors),
      erasedOn: meeting?.namesErasedOn === undefined ? null : formatDate(meeting.namesErasedOn, language),
      rows: Array.from({ length: rows }, (_, row) => {
        const prefix = rowPrefix(row);
        const own = errors
          .filter(({ field }) => field.startsWith(prefix))
          .map((error) => ({ ...error, field: error.field.slice(prefix.length) }));
        return shownFields(presenceForm, raw, language, own, prefix);
      }),
    },
    status,
  );
}
