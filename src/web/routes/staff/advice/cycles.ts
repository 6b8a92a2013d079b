import type { Request } from 'express';
import { requiredElements } from '../../../../cooperation/elements';
import { cyclePlanInput, usualMeetings, type AdviceCycle, type CyclePlan } from '../../../../advisory/group-advice';
import { activitiesOf, type Programme } from '../../../../programme/document/programme';
import { dayOf } from '../../../../shared/clock';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, marksOf, saveEdit, type EditState, type Shown, type StaffEdit } from '../edit';
import {
  asNumber,
  errorLinks,
  fieldError,
  readForm,
  shownFields,
  textOf,
  type FormError,
  type StaffForm,
} from '../form';
import { staffPage, type Staff } from '../signed-in';
import { chosenUnit, programmeOf, topicWords, unitSelect } from './choices';

const planForm: StaffForm = {
  fields: [
    schemaField(cyclePlanInput, 'plannedMeetings', {
      text: textOf('advisory:cycle.planned'),
      hint: textOf('advisory:cycle.plannedHint', { min: usualMeetings.min, max: usualMeetings.max }),
    }),
    schemaField(cyclePlanInput, 'year', {
      text: textOf('advisory:cycle.year'),
      hint: textOf('advisory:cycle.yearHint'),
    }),
  ],
  required: { plannedMeetings: 'advisory:missing.plannedMeetings', year: 'advisory:missing.year' },
};

/** One request about one cycle. */
export interface StaffCycle extends Staff {
  readonly cycle: AdviceCycle;
  readonly programme: Programme;
}

export async function newCyclePage(request: Request, staff: Staff): Promise<Outcome> {
  const programme = programmeOf(request, staff);
  const [activity] = programme ? activitiesOf(programme, 'group-advice') : [];
  if (!programme || !activity) return notFound();
  const next = Number(dayOf(staff.services.clock()).slice(0, 4)) + 1;
  return showNew(staff, programme, formOf(planForm.fields, { plannedMeetings: 6, year: next }, staff.language), []);
}

export async function createCycle(request: Request, staff: Staff): Promise<Outcome> {
  const programme = programmeOf(request, staff);
  const [activity] = programme ? activitiesOf(programme, 'group-advice') : [];
  if (!programme || !activity) return notFound();
  const raw = rawForm(request.body);
  const { values, errors } = readForm(planForm, raw, staff.language);
  const unit = await chosenUnit(staff, programme, rawText(raw, 'unit'));
  const missing = unit ? [] : [{ field: 'unit', target: 'unit', text: staff.t('advisory:missing.unit') }];
  if (unit === null || errors.length > 0) return showNew(staff, programme, raw, [...missing, ...errors]);
  const made = await staff.services.advisory.groupAdvice.create({
    ...{ programme: programme.id, activity: activity.code, unit },
    ...planOf(values),
  });
  if (!isRefusal(made)) return redirect(`/staff/advice/groups/${made.id}`);
  const text = staff.t(`advisory:refusals.${made.refused}`, made.details);
  return showNew(staff, programme, raw, [{ field: 'unit', target: 'unit', text }]);
}

async function showNew(
  staff: Staff,
  programme: Programme,
  raw: RawForm,
  errors: readonly FormError[],
): Promise<Outcome> {
  const unitError = errors.find(({ field }) => field === 'unit')?.text;
  const field = { id: 'unit', label: staff.t('advisory:unit.label'), chosen: rawText(raw, 'unit') };
  return staffPage(staff, 'staff/advice/cycle-new', {
    scripts: ['places.js'],
    title: staff.t('advisory:cycle.new'),
    errors: errorLinks(errors),
    address: `/staff/advice/groups/new?programme=${programme.id}`,
    programme,
    unit: await unitSelect(staff, programme, unitError === undefined ? field : { ...field, error: unitError }),
    fields: shownFields(planForm, raw, staff.language, errors),
  });
}

/** The cycle of the address and the programme it belongs to; null where either is gone. */
export async function cycleOf(request: Request, staff: Staff): Promise<StaffCycle | null> {
  const cycle = await staff.services.advisory.groupAdvice.get(String(request.params['cycle']));
  const programme = cycle && staff.services.programmes.get(cycle.programme);
  return cycle && programme ? { ...staff, cycle, programme } : null;
}

export async function cyclePage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await cycleOf(request, staff);
  return subject ? showCycle(subject) : notFound();
}

const planEdit: StaffEdit<StaffCycle, CyclePlan, AdviceCycle> = {
  stored: ({ cycle, services }) => services.advisory.groupAdvice.get(cycle.id),
  raw: (staff, stored) => planRaw(staff, stored ?? staff.cycle),
  parts: (staff) => fieldParts(planForm, staff),
  read(staff, raw) {
    const { values, errors } = readForm(planForm, raw, staff.language);
    return errors.length > 0 ? { errors } : { input: planOf(values) };
  },
  save: ({ cycle, services }, input, seen) => services.advisory.groupAdvice.plan(cycle.id, input, seen),
  refused(staff, { refused, details }) {
    const field = details?.['field'];
    if (typeof field !== 'string') return null;
    return fieldError(planForm, field, staff.t(`advisory:refusals.${refused}`, details));
  },
  done: ({ cycle }) => `/staff/advice/groups/${cycle.id}`,
  show: (staff, plan) => showCycle(staff, { plan }),
};

export async function planCycle(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await cycleOf(request, staff);
  return subject ? saveEdit(planEdit, subject, request) : notFound();
}

function planOf(values: ReturnType<typeof readForm>['values']): CyclePlan {
  return { plannedMeetings: asNumber(values['plannedMeetings']) ?? 0, year: asNumber(values['year']) ?? 0 };
}

function planRaw({ language }: Staff, { plannedMeetings, year }: AdviceCycle): RawForm {
  return formOf(planForm.fields, { plannedMeetings, year }, language);
}

/** @param plan what of the form was typed and is to be shown again */
export async function showCycle(staff: StaffCycle, { plan }: { readonly plan?: Shown } = {}): Promise<Outcome> {
  const { services, t, language, programme } = staff;
  const { groupAdvice } = services.advisory;
  // Somebody may have saved while this was being typed.
  const cycle = (await groupAdvice.get(staff.cycle.id)) ?? staff.cycle;
  const { plannedMeetings } = cycle;
  const meetings = await groupAdvice.meetings(cycle.id);
  const held = meetings.filter((meeting) => groupAdvice.wasHeld(meeting)).length;
  const planned = plan?.raw ?? planRaw(staff, cycle);
  const parts = fieldParts(planForm, staff);
  const fresh: EditState = { revision: cycle.revision, seen: marksOf(parts, planned), conflict: null };
  const isUnusual = plannedMeetings < usualMeetings.min || plannedMeetings > usualMeetings.max;
  const model = {
    title: cycle.unit.name,
    errors: errorLinks(plan?.errors ?? []),
    address: `/staff/advice/groups/${cycle.id}`,
    programme,
    cycle,
    warnings: isUnusual ? [t('advisory:warning.planned', { ...usualMeetings, count: plannedMeetings })] : [],
    held,
    meetings: meetings.map((meeting) => ({
      ...meeting,
      topic: topicWords(staff, programme, meeting.topic),
      people: meeting.present.office + meeting.present.ngo + meeting.present.other,
      isHeld: groupAdvice.wasHeld(meeting),
    })),
    planEdit: plan?.edit ?? fresh,
    planFields: shownFields(planForm, planned, language, plan?.errors ?? []),
    planOpen: plan !== undefined,
    cooperation: await cooperationOf(staff, cycle),
  };
  return staffPage(staff, 'staff/advice/cycle', model, plan?.status);
}

/** The programme that comes of the cycle, as far as it is. */
async function cooperationOf({ services, t }: Staff, { unitKey, year }: AdviceCycle) {
  const programme = await services.cooperation.of(unitKey, year);
  if (programme === null) return null;
  const elements = await services.cooperation.elements(programme.id);
  return {
    href: `/staff/cooperation/${programme.id}`,
    title: t('cooperation:title', { year }),
    state: t(`cooperation:states.${programme.state}`),
    ready: elements.filter(({ state }) => state === 'ready').length,
    all: requiredElements.length,
  };
}
