import type { Request } from 'express';
import {
  mostUnits,
  visitorsOfUnit,
  visitReportInput,
  type VisitReport,
  type VisitReportInput,
} from '../../../../advisory/study-visits';
import { inLanguage } from '../../../../definitions/instrument';
import type { Event } from '../../../../events/event';
import type { Programme } from '../../../../programme/document/programme';
import type { Refusal } from '../../../../shared/errors';
import { readNumber } from '../../../../shared/typed-number';
import { rawText, type RawForm } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import type { PlacePicker } from '../../../view-models/place-picker';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type FormError, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { chosenUnit, nameIn, unitSelect } from './choices';

const reportForm: StaffForm = {
  fields: ['hosts', 'report'].map((code) =>
    schemaField(visitReportInput, code, { text: textOf(`advisory:visit.${code}`) }),
  ),
  required: { hosts: 'advisory:missing.hosts' },
};

/** Rows offered beyond those filled in: saving brings more. */
const spareRows = 3;

/** One request about the report of one visit. */
interface StaffVisit extends Staff {
  readonly event: Event;
  readonly programme: Programme;
  /** What was written before, if anything was. */
  readonly report: VisitReport | null;
  /** All units that may be chosen. */
  readonly units: PlacePicker;
}

const reportEdit: StaffEdit<StaffVisit, VisitReportInput, VisitReport> = {
  stored: ({ event, services }) => services.advisory.visitReports.get(event.id),
  raw({ language }, stored) {
    if (stored === null) return {};
    const rows = stored.participants.flatMap(({ unit, count }, row) => [
      [`unit${row + 1}`, [unit.code]],
      [`count${row + 1}`, [String(count)]],
    ]);
    const { hosts, report } = stored;
    return { ...formOf(reportForm.fields, { hosts, report }, language), ...(Object.fromEntries(rows) as RawForm) };
  },
  parts: (staff) => [
    ...fieldParts(reportForm, staff),
    {
      code: 'participants',
      label: staff.t('advisory:visit.participants'),
      has: (name) => /^(unit|count)\d{1,2}$/.test(name),
      words: (raw) =>
        typedRows(raw)
          .map(({ code, typed }) => `${nameIn(staff.units, code)} (${typed})`)
          .join(', '),
    },
  ],
  async read(staff, raw) {
    const { event, language, programme, report } = staff;
    const { values, errors } = readForm(reportForm, raw, language);
    const rows = await readRows(staff, programme, report, raw);
    const all = [...errors, ...rows.errors];
    if (all.length > 0) return { errors: all };
    return {
      input: {
        ...{ id: event.id, programme: programme.id, activity: event.activity, participants: rows.participants },
        hosts: asText(values['hosts']),
        report: asText(values['report']),
      },
    };
  },
  save: ({ services }, input, seen) => services.advisory.visitReports.save(input, seen),
  refused(staff, { refused, details }) {
    const { field, row = 1 } = details ?? {};
    const text = staff.t(`advisory:refusals.${refused}`, details);
    if (field === 'participants') return { field: `unit${row}`, target: `unit${row}`, text };
    return typeof field === 'string' ? fieldError(reportForm, field, text) : null;
  },
  done: ({ programme }) => `/staff/advice?programme=${programme.id}#visits`,
  show,
};

export async function visitPage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(reportEdit, subject);
}

export async function saveVisit(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(reportEdit, subject, request);
}

async function find(request: Request, staff: Staff): Promise<StaffVisit | null> {
  const { services } = staff;
  const event = await services.events.events.get(String(request.params['event']));
  const programme = event && services.programmes.get(event.programme);
  if (!event || !programme || event.kind !== 'study-visit') return null;
  const report = await services.advisory.visitReports.get(event.id);
  const units = await unitSelect(staff, programme, { id: 'unit', label: '', chosen: '' });
  return { ...staff, event, programme, report, units };
}

/** Rows with a unit or a number in them. */
function typedRows(raw: RawForm): { readonly row: number; readonly code: string; readonly typed: string }[] {
  return Array.from({ length: mostUnits }, (_, index) => index + 1)
    .map((row) => ({ row, code: rawText(raw, `unit${row}`), typed: rawText(raw, `count${row}`).trim() }))
    .filter(({ code, typed }) => code !== '' || typed !== '');
}

/** A row needs both, a unit and a number. */
async function readRows(
  staff: Staff,
  programme: Programme,
  report: VisitReport | null,
  raw: RawForm,
): Promise<{ participants: VisitReportInput['participants']; errors: FormError[] }> {
  const participants: VisitReportInput['participants'][number][] = [];
  const errors: FormError[] = [];
  for (const { row, code, typed } of typedRows(raw)) {
    const own = report?.participants.find(({ unit }) => unit.code === code)?.unit ?? null;
    const unit = await chosenUnit(staff, programme, code, own);
    const reading = readNumber(typed);
    const count = 'number' in reading ? reading.number : null;
    if (unit === null) {
      errors.push({ field: `unit${row}`, target: `unit${row}`, text: staff.t('advisory:missing.unitOfRow', { row }) });
    } else if (count === null || !Number.isInteger(count) || count < visitorsOfUnit.min || count > visitorsOfUnit.max) {
      const text = staff.t('advisory:refusals.participants-malformed', { row });
      errors.push({ field: `count${row}`, target: `count${row}`, text });
    } else participants.push({ unit, count });
  }
  return { participants, errors };
}

async function show(staff: StaffVisit, { raw, errors, edit, status }: Shown): Promise<Outcome> {
  const { event, programme, report } = staff;
  const count = Math.min(mostUnits, (typedRows(raw).at(-1)?.row ?? 0) + spareRows);
  const errorAt = (id: string): { readonly error?: string } => {
    const text = errors.find(({ target }) => target === id)?.text;
    return text === undefined ? {} : { error: text };
  };
  const rows = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const [unitId, countId] = [`unit${index + 1}`, `count${index + 1}`];
      const chosen = rawText(raw, unitId);
      const own = report?.participants.find(({ unit }) => unit.code === chosen)?.unit ?? null;
      const label = staff.t('advisory:visit.unitOfRow', { row: index + 1 });
      return {
        unit: await unitSelect(staff, programme, { id: unitId, label, chosen, ...errorAt(unitId) }, own),
        count: { id: countId, value: rawText(raw, countId), row: index + 1, ...errorAt(countId) },
      };
    }),
  );
  const model = {
    scripts: ['places.js'],
    title: staff.t('advisory:visit.title'),
    errors: errorLinks(errors),
    address: `/staff/advice/visits/${event.id}`,
    programme,
    event: { id: event.id, title: inLanguage(event.title, staff.language), day: event.startsAt.slice(0, 10) },
    edit,
    rows,
    fields: shownFields(reportForm, raw, staff.language, errors),
  };
  return staffPage(staff, 'staff/advice/visit', model, status);
}
