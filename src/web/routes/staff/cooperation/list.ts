import type { Request } from 'express';
import type { Unit } from '../../../../assessment/units';
import { requiredElements } from '../../../../cooperation/elements';
import { programmeYear } from '../../../../cooperation/programme';
import { dayOf } from '../../../../shared/clock';
import { searchable } from '../../../../shared/plain-text';
import { placeCode } from '../../../../territory/place';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import Type from 'typebox';
import { asNumber, errorLinks, readForm, shownFields, textOf, type FormError, type StaffForm } from '../form';
import { listingOf } from '../listing';
import { staffPage, type Staff } from '../signed-in';
import { latenessWords } from './words';

/** Programmes of one page of the list. */
const shownAtOnce = 50;

const yearInput = Type.Object({ year: programmeYear });
const yearForm: StaffForm = {
  fields: [
    schemaField(yearInput, 'year', { text: textOf('cooperation:new.year'), hint: textOf('cooperation:new.yearHint') }),
  ],
  required: { year: 'cooperation:new.yearMissing' },
};

/** The programmes that one may see, latest year first, with what is late. */
export async function listPage(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t } = staff;
  const { query } = listingOf(request, ['year']);
  const page = Math.max(1, Number(request.query['page']) || 1);
  const [all, units, ready] = await Promise.all([
    services.cooperation.all(),
    services.assessment.units.all(),
    services.cooperation.readyCounts(),
  ]);
  const unitIds = new Map(units.map(({ id, code }) => [placeCode(code), id]));
  const within = all.filter(({ unitKey }) => staff.may('programme.read', unitIds.get(unitKey) ?? null));
  const wanted = searchable(query);
  const found = within.filter(({ unit, year }) => searchable(`${unit.name} ${year}`).includes(wanted));
  const pages = Math.max(1, Math.ceil(found.length / shownAtOnce));
  const at = Math.min(page, pages);
  const href = (number: number): string => `/staff/cooperation?${new URLSearchParams({ ...(query === '' ? {} : { q: query }), page: String(number) }).toString()}`; // prettier-ignore
  return staffPage(staff, 'staff/cooperation/list', {
    title: t('cooperation:list.title'),
    query,
    any: within.length > 0,
    found: t('cooperation:list.found', { count: found.length }),
    programmes: found.slice((at - 1) * shownAtOnce, at * shownAtOnce).map((programme) => ({
      href: `/staff/cooperation/${programme.id}`,
      unit: programme.unit.name,
      year: programme.year,
      state: programme.state,
      ready: ready.get(programme.id) ?? 0,
      all: requiredElements.length,
      late: latenessWords(staff, programme).warnings,
    })),
    pages: pages > 1 ? { at, of: pages, before: at > 1 ? href(at - 1) : null, after: at < pages ? href(at + 1) : null } : null, // prettier-ignore
  });
}

export async function newProgrammePage(request: Request, staff: Staff): Promise<Outcome> {
  const next = Number(dayOf(staff.services.clock()).slice(0, 4)) + 1;
  const unit = typeof request.query['unit'] === 'string' ? request.query['unit'] : '';
  return showNew(staff, { ...formOf(yearForm.fields, { year: next }, staff.language), unit: [unit] }, []);
}

/** Opens the programme of the unit for the year; made where there is none. */
export async function createProgramme(request: Request, staff: Staff): Promise<Outcome> {
  const raw = rawForm(request.body);
  const { values, errors } = readForm(yearForm, raw, staff.language);
  const unit = (await unitsOf(staff)).find(({ id }) => id === rawText(raw, 'unit'));
  const missing = unit ? [] : [{ field: 'unit', target: 'unit', text: staff.t('cooperation:new.unitMissing') }];
  const year = asNumber(values['year']);
  if (unit === undefined || errors.length > 0 || year === null) return showNew(staff, raw, [...missing, ...errors]);
  const { id } = await staff.services.cooperation.ensure(unit, year);
  return redirect(`/staff/cooperation/${id}`);
}

async function unitsOf(staff: Staff): Promise<Unit[]> {
  return (await staff.services.assessment.units.all()).filter(({ id }) => staff.may('programme.edit', id));
}

async function showNew(staff: Staff, raw: RawForm, errors: readonly FormError[]): Promise<Outcome> {
  const chosen = rawText(raw, 'unit');
  const units = await unitsOf(staff);
  return staffPage(staff, 'staff/cooperation/new', {
    title: staff.t('cooperation:new.title'),
    errors: errorLinks(errors),
    address: '/staff/cooperation/new',
    units: units.map(({ id, name }) => ({ id, name, selected: id === chosen })),
    unitError: errors.find(({ field }) => field === 'unit')?.text,
    fields: shownFields(yearForm, raw, staff.language, errors),
  });
}
