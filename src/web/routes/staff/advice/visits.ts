import type { Request } from 'express';
import type { VisitReport, VisitReportInput } from '../../../../advisory/study-visits';
import { inLanguage } from '../../../../definitions/instrument';
import type { Event } from '../../../../events/event';
import type { Programme } from '../../../../programme/document/programme';
import { isRefusal } from '../../../../shared/errors';
import { readNumber } from '../../../../shared/typed-number';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type FormError, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { chosenUnit, unitSelect } from './choices';

const reportForm: StaffForm = {
  fields: [
    { type: 'short-text', code: 'hosts', text: textOf('advisory:visit.hosts'), maxLength: 500 },
    { type: 'long-text', code: 'report', text: textOf('advisory:visit.report'), maxLength: 4000 },
  ],
  required: { hosts: 'advisory:missing.hosts' },
};

/** Rows offered beyond those filled in: saving brings more. */
const spareRows = 3;
const mostRows = 30;

export async function visitPage(request: Request, staff: Staff): Promise<Outcome> {
  const found = await visitOf(request, staff);
  if (!found) return notFound();
  const { report } = found;
  const rows = (report?.participants ?? []).map(({ unit, count }, row) => [
    [`unit${row + 1}`, [unit.code]],
    [`count${row + 1}`, [String(count)]],
  ]);
  const typed = report ? formOf(reportForm.fields, { hosts: report.hosts, report: report.report }, staff.language) : {};
  return show(staff, found, { ...typed, ...(Object.fromEntries(rows.flat()) as RawForm) }, []);
}

export async function saveVisit(request: Request, staff: Staff): Promise<Outcome> {
  const found = await visitOf(request, staff);
  if (!found) return notFound();
  const { event, programme, report } = found;
  const raw = rawForm(request.body);
  const { values, errors } = readForm(reportForm, raw, staff.language);
  const rows = await readRows(staff, programme, report, raw);
  const all = [...errors, ...rows.errors];
  if (all.length > 0) return show(staff, found, raw, all);
  const input: VisitReportInput = {
    ...{ id: event.id, programme: programme.id, activity: event.activity, participants: rows.participants },
    hosts: asText(values['hosts']),
    report: asText(values['report']),
  };
  const saved = await staff.services.advisory.visitReports.save(input, Number(rawText(raw, 'revision')));
  if (!isRefusal(saved)) return redirect(`/staff/advice?programme=${programme.id}#visits`);
  const text = staff.t(`advisory:refusals.${saved.refused}`, saved.details);
  const error =
    saved.refused === 'unit-twice' ? { field: '', target: 'unit1', text } : fieldError(reportForm, 'hosts', text);
  const now = await staff.services.advisory.visitReports.get(event.id);
  return show(staff, { ...found, report: now }, raw, [error]);
}

interface Visit {
  readonly event: Event;
  readonly programme: Programme;
  readonly report: VisitReport | null;
}

async function visitOf(request: Request, { services }: Staff): Promise<Visit | null> {
  const event = await services.events.events.get(String(request.params['event']));
  const programme = event && services.programmes.get(event.programme);
  if (!event || !programme || event.kind !== 'study-visit') return null;
  return { event, programme, report: await services.advisory.visitReports.get(event.id) };
}

/** Rows with a unit or a number in them; a row needs both. */
async function readRows(
  staff: Staff,
  programme: Programme,
  report: VisitReport | null,
  raw: RawForm,
): Promise<{ participants: VisitReportInput['participants']; errors: FormError[] }> {
  const participants: VisitReportInput['participants'][number][] = [];
  const errors: FormError[] = [];
  for (let row = 1; row <= mostRows; row++) {
    const [code, typed] = [rawText(raw, `unit${row}`), rawText(raw, `count${row}`).trim()];
    if (code === '' && typed === '') continue;
    const own = report?.participants.find(({ unit }) => unit.code === code)?.unit ?? null;
    const unit = await chosenUnit(staff, programme, code, own);
    const reading = readNumber(typed);
    const count = 'number' in reading ? reading.number : null;
    if (unit === null) {
      errors.push({ field: `unit${row}`, target: `unit${row}`, text: staff.t('advisory:missing.unitOfRow', { row }) });
    } else if (count === null || !Number.isInteger(count) || count < 1 || count > 1000) {
      const text = staff.t('advisory:refusals.participants-malformed', { row });
      errors.push({ field: `count${row}`, target: `count${row}`, text });
    } else participants.push({ unit, count });
  }
  return { participants, errors };
}

async function show(
  staff: Staff,
  { event, programme, report }: Visit,
  raw: RawForm,
  errors: readonly FormError[],
): Promise<Outcome> {
  const filled = Array.from({ length: mostRows }, (_, row) => row + 1).filter(
    (row) => rawText(raw, `unit${row}`) !== '' || rawText(raw, `count${row}`) !== '',
  );
  const count = Math.min(mostRows, (filled.at(-1) ?? 0) + spareRows);
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
  return staffPage(staff, 'staff/advice/visit', {
    title: staff.t('advisory:visit.title'),
    errors: errorLinks(errors),
    address: `/staff/advice/visits/${event.id}`,
    programme,
    event: { id: event.id, title: inLanguage(event.title, staff.language), day: event.startsAt.slice(0, 10) },
    revision: report?.revision ?? 0,
    rows,
    fields: shownFields(reportForm, raw, staff.language, errors),
  });
}
