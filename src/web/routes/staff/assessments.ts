import type { Request } from 'express';
import { areComparable } from '../../../assessment/results-status';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { rawForm, type RawForm } from '../../forms/raw';
import { notFound, redirect, type Outcome } from '../../outcome';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type FormError, type StaffForm } from './form';
import type { Unit } from '../../../assessment/units';
import { roundLines } from './round-lines';
import { staffPage, type Staff } from './signed-in';

const fieldOf: Readonly<Record<string, string>> = {
  'title-missing': 'title',
  'title-too-long': 'title',
  'instrument-unknown': 'instrument',
};

/** The newest version of each questionnaire with scores stands for all its versions. */
function assessmentForm({ services }: Staff): StaffForm {
  const usable = services.instruments.all().filter(({ instrument }) => instrument.kind === 'assessment');
  const newest = new Map(usable.map(({ instrument }) => [instrument.id, instrument]));
  return {
    fields: [
      {
        type: 'short-text',
        code: 'title',
        text: textOf('staff:assessment.name'),
        hint: textOf('staff:assessment.nameHint'),
      },
      {
        type: 'single-choice',
        code: 'instrument',
        text: textOf('staff:assessment.instrument'),
        choices: [...newest.values()].map(({ id, title }) => ({ code: id, text: title })),
      },
    ],
    required: { title: 'staff:assessment.missing.title', instrument: 'staff:assessment.missing.instrument' },
  };
}

/** One assessment: its rounds side by side, and what may be made of them. */
export async function assessmentPage(request: Request, staff: Staff): Promise<Outcome> {
  const { assessments, rounds, units } = staff.services.assessment;
  const assessment = await assessments.get(String(request.params['assessment']));
  const unit = assessment && (await units.get(assessment.unitId));
  if (!assessment || !unit) return notFound();
  const made = await rounds.ofAssessment(assessment.id);
  return staffPage(staff, 'staff/assessment', {
    title: assessment.title,
    unit,
    assessment,
    rounds: await roundLines(staff, made),
    missing: (['baseline', 'follow-up'] as const)
      .filter((name) => !made.some((round) => round.name === name))
      .map((name) => ({
        href: `/staff/assessments/${assessment.id}/rounds/new/${name}`,
        text: staff.t(`staff:assessment.make.${name}`),
      })),
    comparable: areComparable(made),
  });
}

export async function newAssessmentPage(request: Request, staff: Staff): Promise<Outcome> {
  const unit = await staff.services.assessment.units.get(String(request.params['unit']));
  if (!unit) return notFound();
  const form = assessmentForm(staff);
  const choices = form.fields.flatMap((field) => ('choices' in field ? field.choices : []));
  return show(staff, unit, form, choices.length === 1 ? { instrument: choices.map(({ code }) => code) } : {}, []);
}

export async function createAssessment(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const { assessments, units } = staff.services.assessment;
  const unit = await units.get(String(request.params['unit']));
  if (!unit) return notFound();
  const form = assessmentForm(staff);
  const raw = rawForm(request.body);
  const { values, errors } = readForm(form, raw, staff.language);
  if (errors.length > 0) return show(staff, unit, form, raw, errors);
  const made = await assessments.create({
    unitId: unit.id,
    title: asText(values['title']),
    instrumentId: asText(values['instrument']),
  });
  if (!isRefusal(made)) return redirect(`/staff/assessments/${made.id}/rounds/new/baseline`);
  const field = fieldOf[made.refused];
  if (field === undefined) return made;
  return show(staff, unit, form, raw, [fieldError(form, field, staff.t(`refusals:${made.refused}`, made.details))]);
}

function show(staff: Staff, unit: Unit, form: StaffForm, raw: RawForm, errors: readonly FormError[]): Outcome {
  return staffPage(staff, 'staff/assessment-new', {
    title: staff.t('staff:assessment.new'),
    errors: errorLinks(errors),
    address: `/staff/units/${unit.id}/assessments/new`,
    unit,
    fields: shownFields(form, raw, staff.language, errors),
  });
}
