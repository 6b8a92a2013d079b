import type { Request } from 'express';
import { clauseInput, type Clause, type ClauseInput } from '../../../assessment/clauses';
import type { Unit } from '../../../assessment/units';
import { usualThresholds } from '../../../definitions/instrument';
import { clauseWords, type WayIn } from '../../../reports/clause';
import type { Refusal } from '../../../shared/errors';
import { schemaField } from '../../forms/schema-field';
import { notFound, type Outcome } from '../../outcome';
import { formOf } from '../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from './edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from './form';
import { staffPage, type Staff } from './signed-in';

const words = (name: string) => ({
  text: textOf(`staff:clause.${name}`),
  hint: textOf(`staff:clause.${name}Hint`),
});
const names = ['controller', 'contact', 'dpo', 'more', 'moreEn'] as const;
const clauseForm: StaffForm = { fields: names.map((name) => schemaField(clauseInput, name, words(name))) };

/** One request about the clause of one unit, shown as it reads on one way in. */
interface StaffClause extends Staff {
  readonly unit: Unit;
  readonly way: WayIn;
  /** It has just been saved. */
  readonly saved: boolean;
}

const ways: readonly WayIn[] = ['link', 'cards', 'invitations', 'paper'];

const clauseEdit: StaffEdit<StaffClause, ClauseInput, Clause> = {
  stored: ({ unit, services }) => services.assessment.clauses.ofUnit(unit.id),
  parts: (staff) => fieldParts(clauseForm, staff),
  raw(staff, stored) {
    if (stored === null) return {};
    return formOf(clauseForm.fields, Object.fromEntries(names.map((name) => [name, stored[name]])), staff.language);
  },
  read(staff, raw) {
    const { values, errors } = readForm(clauseForm, raw, staff.language);
    if (errors.length > 0) return { errors };
    const of = (name: (typeof names)[number]): string => asText(values[name]);
    return {
      input: {
        ...{ controller: of('controller'), contact: of('contact'), dpo: of('dpo') },
        ...{ more: of('more'), moreEn: of('moreEn') },
      },
    };
  },
  save: ({ unit, services }, input, seen) => services.assessment.clauses.edit(unit.id, input, seen),
  refused(staff, { refused, details }) {
    const field = details?.['field'];
    return typeof field === 'string' ? fieldError(clauseForm, field, staff.t(`refusals:${refused}`, details)) : null;
  },
  done: ({ unit }) => `/staff/units/${unit.id}/clause?done=saved#preview`,
  async show(staff, { raw, errors, edit, status }) {
    const { language, services, t, unit, way } = staff;
    const inForce = await services.assessment.clauses.inForce(unit.id);
    const address = `/staff/units/${unit.id}/clause`;
    return staffPage(
      staff,
      'staff/clause',
      {
        title: t('staff:clause.title'),
        errors: errorLinks(errors),
        ...{ address, unit, edit },
        notice: staff.saved ? t('staff:clause.saved') : null,
        fields: Object.values(shownFields(clauseForm, raw, language, errors)),
        preview: clauseWords(inForce, [way], usualThresholds, language),
        ways: ways.map((one) => ({
          href: `${address}?way=${one}#preview`,
          text: t(`staff:clause.ways.${one}`),
          current: one === way,
        })),
      },
      status,
    );
  },
};

export async function clausePage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(clauseEdit, subject);
}

export async function saveClause(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(clauseEdit, subject, request);
}

async function find(request: Request, staff: Staff): Promise<StaffClause | null> {
  const unit = await staff.services.assessment.units.get(String(request.params['unit']));
  const way = ways.find((one) => one === request.query['way']) ?? 'link';
  return unit === null ? null : { ...staff, unit, way, saved: request.query['done'] === 'saved' };
}
