import type { Request } from 'express';
import { contactInput, contactYears, type Contact, type ContactInput } from '../../../../assessment/contacts';
import type { Unit } from '../../../../assessment/units';
import type { Refusal } from '../../../../shared/errors';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';

const contactForm: StaffForm = {
  fields: [
    schemaField(contactInput, 'name', { text: textOf('office:contact.name') }),
    schemaField(contactInput, 'role', { text: textOf('office:contact.role'), hint: textOf('office:contact.roleHint') }),
    schemaField(contactInput, 'email', { text: textOf('office:contact.email') }),
    schemaField(contactInput, 'phone', { text: textOf('office:contact.phone') }),
  ],
  required: { name: 'office:contact.missing' },
};

/** One request about one contact person of a unit; null: a new one. */
interface StaffContact extends Staff {
  readonly unit: Unit;
  readonly contact: Contact | null;
}

const contactEdit: StaffEdit<StaffContact, ContactInput, Contact> = {
  stored: ({ contact, services }) =>
    contact === null ? Promise.resolve(null) : services.assessment.contacts.get(contact.id),
  parts: (staff) => fieldParts(contactForm, staff),
  raw(staff, stored) {
    if (stored === null) return {};
    const { name, role, email, phone } = stored;
    return formOf(contactForm.fields, { name, role, email, phone }, staff.language);
  },
  read(staff, raw) {
    const { values, errors } = readForm(contactForm, raw, staff.language);
    if (errors.length > 0) return { errors };
    const [name, role, email, phone] = ['name', 'role', 'email', 'phone'].map((field) => asText(values[field]));
    return { input: { name: name ?? '', role: role ?? '', email: email ?? '', phone: phone ?? '' } };
  },
  save({ contact, unit, services }, input, seen) {
    const { contacts } = services.assessment;
    return contact === null ? contacts.add(unit.id, input) : contacts.edit(contact.id, input, seen);
  },
  refused: (staff, { refused, details }) =>
    typeof details?.['field'] === 'string'
      ? fieldError(contactForm, details['field'], staff.t(`refusals:${refused}`, details))
      : null,
  done: ({ unit }) => `/staff/units/${unit.id}?done=saved`,
  show: (staff, { raw, errors, edit, status }) =>
    staffPage(
      staff,
      'staff/units/contact',
      {
        title: staff.t(staff.contact ? 'office:contact.edit' : 'office:contact.new'),
        errors: errorLinks(errors),
        address: addressOf(staff),
        ...{ unit: staff.unit, edit, years: contactYears },
        removePath: staff.contact === null ? null : `${addressOf(staff)}/remove`,
        fields: shownFields(contactForm, raw, staff.language, errors),
      },
      status,
    ),
};

const addressOf = ({ unit, contact }: StaffContact): string =>
  `/staff/units/${unit.id}/contacts/${contact?.id ?? 'new'}`;

export async function contactPage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(contactEdit, subject);
}

export async function saveContact(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(contactEdit, subject, request);
}

export async function removeContact(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  if (!subject?.contact) return notFound();
  await staff.services.assessment.contacts.remove(subject.contact.id);
  return redirect(`/staff/units/${subject.unit.id}?done=removed`);
}

async function find(request: Request, staff: Staff): Promise<StaffContact | null> {
  const { contacts, units } = staff.services.assessment;
  const unit = await units.get(String(request.params['unit']));
  if (unit === null) return null;
  const id = request.params['contact'];
  if (id === undefined) return { ...staff, unit, contact: null };
  const contact = await contacts.get(String(id));
  return contact?.unitId === unit.id ? { ...staff, unit, contact } : null;
}
