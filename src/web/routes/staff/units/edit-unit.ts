import type { Request } from 'express';
import { unitInput, unitKinds, type Unit, type UnitInput, type UnitKind } from '../../../../assessment/units';
import type { Refusal } from '../../../../shared/errors';
import type { Place } from '../../../../territory/place';
import { rawText, type RawForm } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { placeGroups, unitNameOf, type PlacePicker } from '../../../view-models/place-picker';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';

const unitForm: StaffForm = {
  fields: [
    schemaField(unitInput, 'name', { text: textOf('staff:unit.name') }),
    schemaField(unitInput, 'kind', {
      text: textOf('staff:unit.kind'),
      choice: (kind) => textOf(`staff:unit.kinds.${kind}`),
    }),
    schemaField(unitInput, 'code', { text: textOf('staff:unit.code'), hint: textOf('staff:unit.codeHint') }),
    schemaField(unitInput, 'powiat', { text: textOf('staff:unit.powiat') }),
    schemaField(unitInput, 'subregion', { text: textOf('staff:unit.subregion') }),
  ],
  required: { name: 'staff:unit.missing.name', kind: 'staff:unit.missing.kind', code: 'staff:unit.missing.code' },
};

/** One request about one unit; null: a new one. */
interface StaffUnit extends Staff {
  readonly unit: Unit | null;
  readonly places: readonly Place[];
}

const unitEdit: StaffEdit<StaffUnit, UnitInput, Unit> = {
  logsWords: () => true,
  stored: async ({ unit, services }) => (unit === null ? null : services.assessment.units.get(unit.id)),
  parts: (staff) => fieldParts(unitForm, staff),
  raw(staff, stored) {
    if (stored === null) return {};
    const { name, kind, code, powiat, subregion } = stored;
    return formOf(unitForm.fields, { name, kind, code, powiat, subregion }, staff.language);
  },
  read(staff, typed) {
    const raw = withPlace(staff, typed);
    const { values, errors } = readForm(unitForm, raw, staff.language);
    if (errors.length > 0) return { errors };
    return {
      input: {
        code: asText(values['code']),
        name: asText(values['name']),
        kind: unitKinds.find((kind) => kind === values['kind']) as UnitKind,
        powiat: asText(values['powiat']),
        subregion: asText(values['subregion']),
      },
    };
  },
  async save({ unit, services }, input, seen) {
    const { units } = services.assessment;
    return unit === null ? units.create(input) : units.edit(unit.id, input, seen);
  },
  refused(staff, { refused, details }) {
    const field = refused === 'unit-code-taken' ? 'code' : details?.['field'];
    return typeof field === 'string' ? fieldError(unitForm, field, staff.t(`refusals:${refused}`, details)) : null;
  },
  done: ({ unit }, saved) =>
    unit === null ? `/staff/units/${saved.id}/assessments/new` : `/staff/units/${saved.id}?done=saved`,
  show: (staff, { raw, errors, edit, status }) =>
    staffPage(
      staff,
      'staff/units/edit',
      {
        title: staff.t(staff.unit ? 'staff:unit.edit' : 'staff:unit.new'),
        errors: errorLinks(errors),
        address: staff.unit ? `/staff/units/${staff.unit.id}/edit` : '/staff/units/new',
        unit: staff.unit,
        edit,
        place: staff.unit === null ? placePicker(staff, raw) : null,
        scripts: ['places.js'],
        fields: shownFields(unitForm, raw, staff.language, errors),
      },
      status,
    ),
};

/** The form of a new unit, or of the one of the address. */
export async function editUnitPage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(unitEdit, subject);
}

export async function saveUnit(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(unitEdit, subject, request);
}

async function find(request: Request, staff: Staff): Promise<StaffUnit | null> {
  const id = request.params['unit'];
  if (id === undefined) return { ...staff, unit: null, places: await staff.services.territory.all() };
  const unit = await staff.services.assessment.units.get(String(id));
  return unit === null ? null : { ...staff, unit, places: [] };
}

function placePicker({ places, language, t }: StaffUnit, raw: RawForm): PlacePicker {
  return {
    ...{ id: 'place', name: 'place', label: t('staff:unit.place'), hint: t('staff:unit.placeHint') },
    empty: t('staff:unit.noPlace'),
    groups: placeGroups(places, places, rawText(raw, 'place'), language),
  };
}

/** The form of a place of the register: its code and kind, and its name where none was typed. */
function withPlace({ places, language }: StaffUnit, raw: RawForm): RawForm {
  const place = places.find(({ code }) => code === rawText(raw, 'place'));
  if (place === undefined) return raw;
  const name = rawText(raw, 'name').trim() || unitNameOf(place, language);
  return { ...raw, name: [name], kind: [place.kind], code: [place.code] };
}
