import type { Request } from 'express';
import { longestUnitName, unitKinds, type Unit, type UnitInput, type UnitKind } from '../../../assessment/units';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { rawForm, type RawForm } from '../../forms/raw';
import { notFound, redirect, type Outcome } from '../../outcome';
import { formOf } from '../../view-models/answer-fields';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type FormError, type StaffForm } from './form';
import { staffPage, type Staff } from './signed-in';

const unitForm: StaffForm = {
  fields: [
    { type: 'short-text', code: 'name', text: textOf('staff:unit.name'), maxLength: longestUnitName },
    {
      type: 'single-choice',
      code: 'kind',
      text: textOf('staff:unit.kind'),
      choices: unitKinds.map((kind) => ({ code: kind, text: textOf(`staff:unit.kinds.${kind}`) })),
    },
    {
      type: 'short-text',
      code: 'code',
      text: textOf('staff:unit.code'),
      hint: textOf('staff:unit.codeHint'),
      maxLength: 20,
    },
    { type: 'short-text', code: 'powiat', text: textOf('staff:unit.powiat') },
    { type: 'short-text', code: 'subregion', text: textOf('staff:unit.subregion') },
  ],
  required: { name: 'staff:unit.missing.name', kind: 'staff:unit.missing.kind', code: 'staff:unit.missing.code' },
};

/** Which field a refusal is about. */
const fieldOf: Readonly<Record<string, string>> = {
  'unit-code-malformed': 'code',
  'unit-code-taken': 'code',
  'unit-name-missing': 'name',
  'unit-name-too-long': 'name',
};

/** All units with what there is to do for each. */
export async function unitsPage(_request: Request, staff: Staff): Promise<Outcome> {
  const { assessments, units } = staff.services.assessment;
  const all = await assessments.all();
  const rows = (await units.all()).map((unit) => ({
    ...unit,
    assessments: all.filter(({ unitId }) => unitId === unit.id),
  }));
  return staffPage(staff, 'staff/units', { title: staff.t('staff:units.title'), rows });
}

export function newUnitPage(_request: Request, staff: Staff): Outcome {
  return show(staff, null, {}, []);
}

export async function editUnitPage(request: Request, staff: Staff): Promise<Outcome> {
  const unit = await staff.services.assessment.units.get(String(request.params['unit']));
  if (!unit) return notFound();
  const { name, kind, code, powiat = '', subregion = '' } = unit;
  const raw = formOf(unitForm.fields, { name, kind, code, powiat, subregion }, staff.language);
  return show(staff, unit, raw, []);
}

/** Makes a unit, or changes the one of the address. */
export async function saveUnit(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const { units } = staff.services.assessment;
  const id = request.params['unit'];
  const unit = id === undefined ? null : await units.get(String(id));
  if (id !== undefined && unit === null) return notFound();
  const raw = rawForm(request.body);
  const { values, errors } = readForm(unitForm, raw, staff.language);
  if (errors.length > 0) return show(staff, unit, raw, errors);
  const input: UnitInput = {
    code: asText(values['code']),
    name: asText(values['name']),
    kind: asText(values['kind']) as UnitKind,
    powiat: asText(values['powiat']),
    subregion: asText(values['subregion']),
  };
  const saved = unit ? await units.edit(unit.id, input) : await units.create(input);
  if (!isRefusal(saved)) return redirect(unit ? '/staff/units' : `/staff/units/${saved.id}/assessments/new`);
  const field = fieldOf[saved.refused];
  if (field === undefined) return saved;
  const text = staff.t(`refusals:${saved.refused}`, saved.details);
  return show(staff, unit, raw, [fieldError(unitForm, field, text)]);
}

function show(staff: Staff, unit: Unit | null, raw: RawForm, errors: readonly FormError[]): Outcome {
  const address = unit ? `/staff/units/${unit.id}/edit` : '/staff/units/new';
  return staffPage(staff, 'staff/unit', {
    title: staff.t(unit ? 'staff:unit.edit' : 'staff:unit.new'),
    errors: errorLinks(errors),
    address,
    unit,
    fields: shownFields(unitForm, raw, staff.language, errors),
  });
}
