import type { Request } from 'express';
import { consultationInput, type Consultation, type ConsultationInput } from '../../../../cooperation/programme';
import type { Refusal } from '../../../../shared/errors';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asNumber, asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage } from '../signed-in';
import type { StaffProgramme } from './with-programme';

interface StaffConsultation extends StaffProgramme {
  /** null: a new one. */
  readonly id: string | null;
}

const names = ['from', 'to', 'how', 'withWhom', 'received', 'accepted', 'link'] as const;
const form: StaffForm = {
  fields: names.map((name) =>
    schemaField(consultationInput, name, { text: textOf(`cooperation:consultation.${name}`) }),
  ),
  required: Object.fromEntries(
    (['from', 'to', 'how', 'withWhom', 'received', 'accepted'] as const).map((name) => [
      name,
      `cooperation:missing.${name}`,
    ]),
  ),
};

const edit: StaffEdit<StaffConsultation, ConsultationInput, Consultation> = {
  stored: (staff) => storedOf(staff),
  raw: ({ language }, stored) => (stored === null ? {} : formOf(form.fields, { ...stored }, language)),
  parts: (staff) => fieldParts(form, staff),
  read(staff, raw) {
    const { values, errors } = readForm(form, raw, staff.language);
    if (errors.length > 0) return { errors };
    return {
      input: {
        ...{ from: asText(values['from']), to: asText(values['to']) },
        ...{ how: asText(values['how']), withWhom: asText(values['withWhom']), link: asText(values['link']) },
        ...{ received: asNumber(values['received']) ?? 0, accepted: asNumber(values['accepted']) ?? 0 },
      },
    };
  },
  save: ({ id, programme, services }, input, seen) =>
    id === null
      ? services.cooperation.addConsultation(programme.id, input)
      : services.cooperation.editConsultation(id, input, seen),
  refused(staff, { refused, details }) {
    return fieldError(form, String(details?.['field'] ?? 'from'), staff.t(`cooperation:refusals.${refused}`, details));
  },
  done: (staff) => staff.path('#consultations'),
  show,
};

export async function consultationPage(request: Request, staff: StaffProgramme): Promise<Outcome> {
  const subject = await consultationOf(request, staff);
  return subject === null ? notFound() : showEdit(edit, subject);
}

export async function saveConsultation(request: Request, staff: StaffProgramme): Promise<Outcome | Refusal> {
  const subject = await consultationOf(request, staff);
  return subject === null ? notFound() : saveEdit(edit, subject, request);
}

export async function removeConsultation(request: Request, staff: StaffProgramme): Promise<Outcome> {
  await staff.services.cooperation.removeConsultation(staff.programme.id, String(request.params['consultation']));
  return redirect(staff.path('#consultations'));
}

async function consultationOf(request: Request, staff: StaffProgramme): Promise<StaffConsultation | null> {
  const id = request.params['consultation'];
  if (typeof id !== 'string') return { ...staff, id: null };
  const subject = { ...staff, id };
  return (await storedOf(subject)) === null ? null : subject;
}

async function storedOf({ id, programme, services }: StaffConsultation): Promise<Consultation | null> {
  if (id === null) return null;
  return (await services.cooperation.consultations(programme.id)).find((one) => one.id === id) ?? null;
}

function show(staff: StaffConsultation, { raw, errors, edit: state, status }: Shown): Outcome {
  const { id, language, programme, t } = staff;
  const model = {
    title: t(id === null ? 'cooperation:consultation.new' : 'cooperation:consultation.edit'),
    errors: errorLinks(errors),
    programme,
    programmeTitle: t('cooperation:title', { year: programme.year }),
    address: staff.path(`/consultations/${id ?? 'new'}`),
    back: staff.path('#consultations'),
    isNew: id === null,
    edit: state,
    fields: shownFields(form, raw, language, errors),
  };
  return staffPage(staff, 'staff/cooperation/consultation', model, status);
}
