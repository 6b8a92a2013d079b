import type { Request } from 'express';
import { adoptionDeadline, outcomeMoves, requiredElements } from '../../../../advisory/cooperation-programme';
import { documentEndings, largestDocument } from '../../../../advisory/documents';
import { usualMeetings, type AdviceCycle } from '../../../../advisory/group-advice';
import { formatDate } from '../../../../locales/formats';
import { activitiesOf, type Programme } from '../../../../programme/document/programme';
import { dayOf } from '../../../../shared/clock';
import { isRefusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type ErrorLink, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
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
    {
      type: 'number',
      code: 'plannedMeetings',
      text: textOf('advisory:cycle.planned'),
      hint: textOf('advisory:cycle.plannedHint', { min: usualMeetings.min, max: usualMeetings.max }),
      min: 1,
      max: 20,
    },
    {
      type: 'number',
      code: 'year',
      text: textOf('advisory:cycle.year'),
      hint: textOf('advisory:cycle.yearHint'),
      min: 2004,
      max: 2100,
    },
  ],
  required: { plannedMeetings: 'advisory:missing.plannedMeetings', year: 'advisory:missing.year' },
};

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
    plannedMeetings: asNumber(values['plannedMeetings']) ?? 0,
    year: asNumber(values['year']) ?? 0,
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
    title: staff.t('advisory:cycle.new'),
    errors: errorLinks(errors),
    address: `/staff/advice/groups/new?programme=${programme.id}`,
    programme,
    unit: await unitSelect(staff, programme, unitError === undefined ? field : { ...field, error: unitError }),
    fields: shownFields(planForm, raw, staff.language, errors),
  });
}

/** The cycle and the programme it belongs to; null where either is gone. */
export async function cycleOf(
  request: Request,
  { services }: Staff,
): Promise<{ readonly cycle: AdviceCycle; readonly programme: Programme } | null> {
  const cycle = await services.advisory.groupAdvice.get(String(request.params['cycle']));
  const programme = cycle && services.programmes.get(cycle.programme);
  return cycle && programme ? { cycle, programme } : null;
}

export async function cyclePage(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  return found ? showCycle(staff, found.cycle, found.programme) : notFound();
}

export async function planCycle(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  if (!found) return notFound();
  const { cycle, programme } = found;
  const raw = rawForm(request.body);
  const { values, errors } = readForm(planForm, raw, staff.language);
  if (errors.length > 0) return showCycle(staff, cycle, programme, { raw, errors });
  const plan = { plannedMeetings: asNumber(values['plannedMeetings']) ?? 0, year: asNumber(values['year']) ?? 0 };
  const planned = await staff.services.advisory.groupAdvice.plan(cycle.id, plan, Number(rawText(raw, 'revision')));
  if (!isRefusal(planned)) return redirect(`/staff/advice/groups/${cycle.id}`);
  const text = staff.t(`advisory:refusals.${planned.refused}`, planned.details);
  return showCycle(staff, cycle, programme, { raw, errors: [fieldError(planForm, 'plannedMeetings', text)] });
}

/** What was typed into one of the page's forms and is to be shown again. */
export interface Typed {
  readonly raw: RawForm;
  readonly errors: readonly FormError[];
}

export async function showCycle(
  staff: Staff,
  cycle: AdviceCycle,
  programme: Programme,
  plan: Typed | null = null,
  document: {
    readonly link: string;
    readonly elements: readonly string[];
    readonly errors: readonly ErrorLink[];
  } | null = null,
  adoption: { readonly day: string; readonly errors: readonly ErrorLink[] } | null = null,
): Promise<Outcome> {
  const { services, t, language } = staff;
  const { groupAdvice, documents } = services.advisory;
  const { outcome, plannedMeetings } = cycle;
  const meetings = await groupAdvice.meetings(cycle.id);
  const held = meetings.filter((meeting) => groupAdvice.wasHeld(meeting)).length;
  const file = outcome.file === null ? null : await documents.get(outcome.file);
  const elements = document?.elements ?? outcome.elements;
  const deadline = adoptionDeadline(outcome.year);
  const today = dayOf(services.clock());
  const late = outcome.adoptedOn === null ? today > deadline : outcome.adoptedOn > deadline;
  const warnings = [
    ...(plannedMeetings < usualMeetings.min || plannedMeetings > usualMeetings.max
      ? [t('advisory:warning.planned', { ...usualMeetings, count: plannedMeetings })]
      : []),
    ...(late
      ? [
          t(outcome.adoptedOn === null ? 'advisory:warning.notAdopted' : 'advisory:warning.adoptedLate', {
            year: outcome.year,
            deadline: formatDate(deadline, language),
          }),
        ]
      : []),
    ...(outcome.state === 'adopted' && file === null && outcome.link === null
      ? [t('advisory:warning.noDocument')]
      : []),
    ...(outcome.state === 'adopted' && outcome.elements.length < requiredElements.length
      ? [t('advisory:warning.elements', { count: requiredElements.length - outcome.elements.length })]
      : []),
  ];
  const planned = { plannedMeetings, year: outcome.year };
  const errors = [...errorLinks(plan?.errors ?? []), ...(document?.errors ?? []), ...(adoption?.errors ?? [])];
  return staffPage(staff, 'staff/advice/cycle', {
    title: cycle.unit.name,
    errors,
    address: `/staff/advice/groups/${cycle.id}`,
    programme,
    cycle,
    warnings,
    held,
    meetings: meetings.map((meeting) => ({
      ...meeting,
      topic: topicWords(staff, programme, meeting.topic),
      people: meeting.present.office + meeting.present.ngo + meeting.present.other,
      isHeld: groupAdvice.wasHeld(meeting),
    })),
    planFields: shownFields(
      planForm,
      plan?.raw ?? formOf(planForm.fields, planned, language),
      language,
      plan?.errors ?? [],
    ),
    planOpen: plan !== null,
    moves: outcomeMoves
      .filter(({ from }) => from === outcome.state)
      .map(({ action }) => ({ action, needsDay: action === 'adopt' })),
    adoptionDay: adoption?.day ?? '',
    adoptionError: adoption?.errors[0]?.text,
    file: file && { name: file.name },
    link: document?.link ?? outcome.link ?? '',
    documentError: document?.errors[0]?.text,
    elements: requiredElements.map((element) => ({ element, checked: elements.includes(element) })),
    readyElements: elements.length,
    allElements: requiredElements.length,
    endings: documentEndings.map((ending) => `.${ending}`).join(','),
    megabytes: largestDocument / 1_000_000,
  });
}
