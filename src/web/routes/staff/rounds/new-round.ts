import type { Request } from 'express';
import type { Assessment } from '../../../../assessment/assessments';
import { roundNames, type Round, type RoundName } from '../../../../assessment/round';
import { editableIn, type RoundInput } from '../../../../assessment/rounds';
import type { Unit } from '../../../../assessment/units';
import type { Instrument } from '../../../../definitions/instrument';
import { isRefusal, refuse, type Refusal } from '../../../../shared/errors';
import { rawForm, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { errorLinks, readForm, shownFields, type FormError } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { shownParts } from './edit-round';
import { refusalAtField, roundEdit, roundForm, roundRaw } from './round-form';

const allOfDraft = editableIn({ status: 'draft' });

interface NewRound {
  readonly staff: Staff;
  readonly name: RoundName;
  readonly assessment: Assessment;
  readonly unit: Unit;
  readonly instrument: Instrument;
  readonly baseline: Round | null;
}

export async function newRoundPage(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const made = await find(request, staff);
  if (made === null || isRefusal(made)) return made ?? notFound();
  const { baseline, instrument, name } = made;
  const form = roundForm(instrument, allOfDraft);
  // Two rounds are there to be compared: what the first asked is the best guess for the second.
  const copied = name === 'follow-up' && baseline;
  const guess = copied
    ? {
        form: copied.form,
        groupSizes: copied.groupSizes,
        notAsked: copied.notAsked ?? [],
        outOfScope: copied.outOfScope,
      }
    : {};
  const only = instrument.forms.core ? {} : { form: 'full' as const };
  return show(made, roundRaw(form, { ...only, ...guess }, staff.language), [], Boolean(copied));
}

export async function createRound(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const made = await find(request, staff);
  if (made === null || isRefusal(made)) return made ?? notFound();
  const { assessment, instrument, name } = made;
  const raw = rawForm(request.body);
  const form = roundForm(instrument, allOfDraft);
  const { values, errors } = readForm(form, raw, staff.language);
  if (errors.length > 0) return show(made, raw, errors, false);
  const input = { ...roundEdit(form, values, instrument), assessmentId: assessment.id, name } as RoundInput;
  const round = await staff.services.assessment.rounds.create(input);
  if (!isRefusal(round)) return redirect(`/staff/rounds/${round.id}`);
  const error = refusalAtField(staff, form, round);
  return error === null ? round : show(made, raw, [error], false);
}

async function find(request: Request, staff: Staff): Promise<NewRound | Refusal | null> {
  const { assessments, rounds, units } = staff.services.assessment;
  const name = roundNames.find((one) => one === request.params['name']);
  const assessment = await assessments.get(String(request.params['assessment']));
  const unit = assessment && (await units.get(assessment.unitId));
  if (name === undefined || !assessment || !unit) return null;
  const made = await rounds.ofAssessment(assessment.id);
  if (made.some((round) => round.name === name)) return refuse('round-exists');
  const baseline = made.find((round) => round.name === 'baseline') ?? null;
  const known = baseline
    ? await rounds.expectedInstrument(baseline)
    : staff.services.instruments.latest(assessment.instrumentId);
  if (known === undefined) return refuse('instrument-unknown');
  if (isRefusal(known)) return known;
  return { staff, name, assessment, unit, instrument: known.instrument, baseline };
}

function show(made: NewRound, raw: RawForm, errors: readonly FormError[], copied: boolean): Outcome {
  const { staff, name, assessment, unit, instrument } = made;
  const form = roundForm(instrument, allOfDraft);
  return staffPage(staff, 'staff/rounds/form', {
    title: staff.t(`staff:roundForm.new.${name}`),
    errors: errorLinks(errors),
    address: `/staff/assessments/${assessment.id}/rounds/new/${name}`,
    back: { href: `/staff/assessments/${assessment.id}`, text: assessment.title },
    unit,
    copied,
    parts: shownParts(shownFields(form, raw, staff.language, errors)),
    button: staff.t('staff:roundForm.create'),
    explanation: staff.t('staff:round.settings.frozen.draft'),
  });
}
