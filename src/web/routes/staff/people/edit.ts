import type { Request } from 'express';
import type { Account } from '../../../../accounts/account';
import { personInput, type PersonInput } from '../../../../accounts/people';
import { coordinatorSides, roles, type Role } from '../../../../accounts/rights';
import type { Unit } from '../../../../assessment/units';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { schemaField } from '../../../forms/schema-field';
import { notFound, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from '../edit';
import { asList, asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';

/** One request about one person; null: somebody who is invited. */
interface StaffPerson extends Staff {
  readonly person: Account | null;
  readonly units: readonly Unit[];
}

/** The units of the person come first in the list, so that they are seen without looking for them. */
function formFor({ person, units }: StaffPerson): StaffForm {
  const own = new Set(person?.units);
  const ordered = [...units.filter(({ id }) => own.has(id)), ...units.filter(({ id }) => !own.has(id))];
  return {
    fields: [
      schemaField(personInput, 'name', { text: textOf('accounts:person.name') }),
      schemaField(personInput, 'email', {
        text: textOf('accounts:person.email'),
        hint: textOf('accounts:form.emailHint'),
      }),
      schemaField(personInput, 'role', {
        text: textOf('accounts:form.role'),
        choice: (role) => textOf(`accounts:form.roles.${role}`),
      }),
      {
        ...{ code: 'units', type: 'multiple-choice', text: textOf('accounts:form.units') },
        hint: textOf('accounts:form.unitsHint'),
        choices: ordered.map(({ id, name }) => ({ code: id, text: { pl: name, en: name } })),
      },
      schemaField(personInput, 'side', {
        text: textOf('accounts:form.side'),
        choice: (side) => textOf(`accounts:form.sides.${side}`),
      }),
    ],
    required: { name: 'accounts:form.missing.name', role: 'accounts:form.missing.role' },
  };
}

const personEdit: StaffEdit<StaffPerson, PersonInput, Account> = {
  // Names and addresses could not be taken out of the log again.
  logsWords: (code) => ['role', 'units', 'side'].includes(code),
  stored: async ({ person, services }) => (person === null ? null : services.people.get(person.id)),
  parts: (staff) => fieldParts(formFor(staff), staff),
  raw(staff, stored) {
    if (stored === null) return {};
    const { name, email, role, units, side } = stored;
    const answers = { name, role, units, ...(email === null ? {} : { email }), ...(side === null ? {} : { side }) };
    return formOf(formFor(staff).fields, answers, staff.language);
  },
  read(staff, raw) {
    const { values, errors } = readForm(formFor(staff), raw, staff.language);
    if (errors.length > 0) return { errors };
    const role = roles.find((one) => one === values['role']) as Role;
    const hasUnits = role === 'facilitator' || role === 'coordinator';
    return {
      input: {
        ...{ name: asText(values['name']), email: asText(values['email']), role },
        // Fields that mean nothing for the role may be left from another one.
        units: hasUnits ? asList(values['units']) : [],
        side: (role === 'coordinator' && coordinatorSides.find((one) => one === values['side'])) || null,
      },
    };
  },
  async save(staff, input, seen) {
    const { person, services, language } = staff;
    if (person !== null) return services.people.edit(person.id, input, seen);
    const invited = await services.people.invite(input);
    if (!isRefusal(invited) && writes(staff, invited)) await services.oneTimeLinks.invite(invited, language);
    return invited;
  },
  refused(staff, { refused, details }) {
    const fields: Readonly<Record<string, string>> = {
      'one-unit-needed': 'units',
      'too-many-units': 'units',
      'side-needed': 'side',
      'last-administrator': 'role',
    };
    const field = fields[refused] ?? details?.['field'];
    if (typeof field !== 'string') return null;
    return fieldError(formFor(staff), field, staff.t(`refusals:${refused}`, details));
  },
  done(staff, saved) {
    if (staff.person !== null) return `/staff/people/${saved.id}?done=edited`;
    return `/staff/people/${saved.id}${writes(staff, saved) ? '?done=invited' : ''}`;
  },
  show: (staff, { raw, errors, edit, status }) =>
    staffPage(
      staff,
      'staff/people/edit',
      {
        title: staff.t(staff.person === null ? 'accounts:form.invite' : 'accounts:form.edit'),
        errors: errorLinks(errors),
        address: staff.person === null ? '/staff/people/invite' : `/staff/people/${staff.person.id}/edit`,
        isNew: staff.person === null,
        byLetter: staff.services.mail.post !== null,
        back: staff.person === null ? '/staff/people' : `/staff/people/${staff.person.id}`,
        edit,
        fields: shownFields(formFor(staff), raw, staff.language, errors),
      },
      status,
    ),
};

/** The form of an invitation, or of the person of the address. */
export async function personForm(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(personEdit, subject);
}

export async function savePerson(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(personEdit, subject, request);
}

/** Whether the person gets a letter: there has to be an address, and a way for letters to go out. */
function writes({ services }: Staff, { email }: Account): boolean {
  return services.mail.post !== null && email !== null;
}

async function find(request: Request, staff: Staff): Promise<StaffPerson | null> {
  const units = await staff.services.assessment.units.all();
  const id = request.params['account'];
  if (id === undefined) return { ...staff, person: null, units };
  const person = await staff.services.people.get(String(id));
  return person === null || person.state === 'erased' ? null : { ...staff, person, units };
}
