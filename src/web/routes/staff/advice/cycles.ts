import type { Request } from 'express';
import {
  adoptionDeadline,
  outcomeMoves,
  requiredElements,
  type CooperationProgramme,
} from '../../../../advisory/cooperation-programme';
import { documentEndings, largestDocument } from '../../../../advisory/documents';
import { cyclePlanInput, usualMeetings, type AdviceCycle, type CyclePlan } from '../../../../advisory/group-advice';
import { formatDate, formatList } from '../../../../locales/formats';
import { activitiesOf, type Programme } from '../../../../programme/document/programme';
import { dayOf } from '../../../../shared/clock';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { movesOf } from '../../../../shared/moves';
import { rawForm, rawList, rawText, type RawForm } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type ErrorLink, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fieldParts, marksOf, saveEdit, type EditPart, type EditState, type Shown, type StaffEdit } from '../edit';
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

function planRaw({ language }: Staff, { plannedMeetings, outcome }: AdviceCycle): RawForm {
  return formOf(planForm.fields, { plannedMeetings, year: outcome.year }, language);
}

/** What of the page's forms was typed and is to be shown again. */
export interface TypedOfCycle {
  readonly plan?: Shown;
  readonly document?: Shown;
  readonly adoption?: { readonly day: string; readonly error: ErrorLink };
}

export async function showCycle(staff: StaffCycle, { plan, document, adoption }: TypedOfCycle = {}): Promise<Outcome> {
  const { services, t, language, programme } = staff;
  const { groupAdvice, documents } = services.advisory;
  // Somebody may have saved while this was being typed.
  const cycle = (await groupAdvice.get(staff.cycle.id)) ?? staff.cycle;
  const { outcome, plannedMeetings } = cycle;
  const meetings = await groupAdvice.meetings(cycle.id);
  const held = meetings.filter((meeting) => groupAdvice.wasHeld(meeting)).length;
  const file = outcome.file === null ? null : await documents.get(outcome.file);
  const told = document?.raw ?? documentRaw(outcome);
  const elements = rawList(told, 'elements');
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
  const fresh = (parts: readonly EditPart[], raw: RawForm): EditState => ({
    ...{ revision: cycle.revision, seen: marksOf(parts, raw), conflict: null },
  });
  const planned = plan?.raw ?? planRaw(staff, cycle);
  const errors = [
    ...errorLinks([...(plan?.errors ?? []), ...(document?.errors ?? [])]),
    ...(adoption ? [adoption.error] : []),
  ];
  const errorAt = (field: string): string | undefined => document?.errors.find((error) => error.field === field)?.text;
  const model = {
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
    planEdit: plan?.edit ?? fresh(fieldParts(planForm, staff), planned),
    planFields: shownFields(planForm, planned, language, plan?.errors ?? []),
    planOpen: plan !== undefined,
    moves: movesOf(outcomeMoves, outcome.state, 'staff').map(({ action, to }) => ({
      action,
      needsDay: to === 'adopted',
    })),
    adoptionDay: adoption?.day ?? '',
    adoptionError: adoption?.error.text,
    file: file && { name: file.name },
    documentEdit: document?.edit ?? fresh(documentParts(staff), told),
    link: rawText(told, 'link'),
    linkError: errorAt('link'),
    fileError: errorAt('file'),
    elements: requiredElements.map((element) => ({ element, checked: elements.includes(element) })),
    readyElements: elements.length,
    allElements: requiredElements.length,
    endings: documentEndings.map((ending) => `.${ending}`).join(','),
    megabytes: largestDocument / 1_000_000,
  };
  return staffPage(staff, 'staff/advice/cycle', model, plan?.status ?? document?.status);
}

/** Where the document is and what it has, as the fields of its form. */
export function documentRaw({ link, elements }: CooperationProgramme): RawForm {
  return { link: [link ?? ''], elements };
}

export function documentParts({ t, language }: Staff): EditPart[] {
  return [
    {
      code: 'link',
      label: t('advisory:document.link'),
      has: (name) => name === 'link',
      words: (raw) => rawText(raw, 'link').trim(),
    },
    {
      code: 'elements',
      label: t('advisory:document.elements'),
      has: (name) => name === 'elements',
      words(raw) {
        const chosen = requiredElements.filter((element) => rawList(raw, 'elements').includes(element));
        return formatList(
          chosen.map((element) => t(`advisory:elements.${element}`)),
          language,
        );
      },
    },
  ];
}
