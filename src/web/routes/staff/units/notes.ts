import type { Request } from 'express';
import { noteInput, wordsOf, type Note, type NoteInput } from '../../../../assessment/notes';
import type { Unit } from '../../../../assessment/units';
import { formatDate, formatTime } from '../../../../locales/formats';
import { dayOf } from '../../../../shared/clock';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { pagedBy } from '../../../view-models/paging';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { namesOf, type NameOf } from '../who-when';

const noteForm: StaffForm = {
  fields: [schemaField(noteInput, 'text', { text: textOf('office:notes.text'), hint: textOf('office:notes.hint') })],
  required: { text: 'office:notes.missing' },
};
const notesOnPage = 10;

/** One request about one note of a unit; null: a new one. */
interface StaffNote extends Staff {
  readonly unit: Unit;
  readonly note: Note | null;
}

const noteEdit: StaffEdit<StaffNote, NoteInput, Note> = {
  stored: ({ note, services }) => (note === null ? Promise.resolve(null) : services.assessment.notes.get(note.id)),
  parts: (staff) => fieldParts(noteForm, staff),
  raw: (staff, stored) => (stored === null ? {} : formOf(noteForm.fields, { text: wordsOf(stored) }, staff.language)),
  read(staff, raw) {
    const { values, errors } = readForm(noteForm, raw, staff.language);
    return errors.length > 0 ? { errors } : { input: { text: asText(values['text']) } };
  },
  save({ note, unit, member, services }, input, seen) {
    const { notes } = services.assessment;
    return note === null ? notes.add(unit.id, member.user, input) : notes.edit(note.id, member.user, input, seen);
  },
  refused: (staff, { refused, details }) =>
    details?.['field'] === undefined ? null : fieldError(noteForm, 'text', staff.t(`refusals:${refused}`, details)),
  done: ({ unit }) => `/staff/units/${unit.id}/notes?done=saved`,
  show: (staff, { raw, errors, edit, status }) =>
    staffPage(
      staff,
      'staff/units/note',
      {
        title: staff.t(staff.note ? 'office:notes.edit' : 'office:notes.new'),
        errors: errorLinks(errors),
        address: `/staff/units/${staff.unit.id}/notes/${staff.note?.id ?? 'new'}`,
        ...{ unit: staff.unit, edit },
        removePath: staff.note === null ? null : `/staff/units/${staff.unit.id}/notes/${staff.note.id}/remove`,
        fields: shownFields(noteForm, raw, staff.language, errors),
      },
      status,
    ),
};

/** All notes of a unit, the newest first, with their earlier wordings. */
export async function notesPage(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t } = staff;
  const unit = await services.assessment.units.get(String(request.params['unit']));
  if (unit === null) return notFound();
  const { shown, paging } = pagedBy(request, await services.assessment.notes.ofUnit(unit.id), t, notesOnPage);
  const nameOf = await namesOf(
    staff,
    shown.map(({ author }) => author),
  );
  return staffPage(staff, 'staff/units/notes', {
    title: t('office:notes.title'),
    saved: request.query['done'] === 'saved',
    ...{ unit, paging },
    notes: shown.map((note) => shownNote(note, staff, nameOf)),
  });
}

/** A note as it is read, with what it said before. */
export function shownNote(note: Note, staff: Staff, nameOf: NameOf) {
  const { member, t } = staff;
  const edited = note.versions.length > 1 ? note.versions.at(-1) : undefined;
  return {
    text: wordsOf(note),
    by: t('office:notes.by', { author: nameOf(note.author), time: momentWords(note.writtenAt, staff) }),
    edited: edited === undefined ? null : t('office:notes.edited', { time: momentWords(edited.at, staff) }),
    earlier: note.versions
      .slice(0, -1)
      .toReversed()
      .map(({ text, at }) => ({ text, time: momentWords(at, staff) })),
    editPath: note.author === member.user ? `/staff/units/${note.unitId}/notes/${note.id}` : null,
  };
}

/** The form of a note; who did not write it reads it among the others. */
export async function notePage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  if (subject === null) return notFound();
  const isOthers = subject.note !== null && subject.note.author !== staff.member.user;
  return isOthers ? redirect(`/staff/units/${subject.unit.id}/notes`) : showEdit(noteEdit, subject);
}

export async function saveNote(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(noteEdit, subject, request);
}

export async function removeNote(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  if (!subject?.note) return notFound();
  const removed = await staff.services.assessment.notes.remove(subject.note.id, staff.member.user);
  return isRefusal(removed) ? removed : redirect(`/staff/units/${subject.unit.id}/notes?done=saved`);
}

/** The domain keeps a note to its author; here it only has to be one of the unit. */
async function find(request: Request, staff: Staff): Promise<StaffNote | null> {
  const { notes, units } = staff.services.assessment;
  const unit = await units.get(String(request.params['unit']));
  if (unit === null) return null;
  const id = request.params['note'];
  if (id === undefined) return { ...staff, unit, note: null };
  const note = await notes.get(String(id));
  return note?.unitId === unit.id ? { ...staff, unit, note } : null;
}

function momentWords(at: string, { language, t }: Staff): string {
  const moment = new Date(at);
  return t('office:notes.time', { day: formatDate(dayOf(moment), language), time: formatTime(moment, language) });
}
