import type { Request } from 'express';
import { inLanguage } from '../../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { redirect, type Outcome } from '../../../outcome';
import { answerWords } from '../../../view-models/answer-words';
import type { QuestionField } from '../../../view-models/question-field';
import { errorLinks, fieldError, readForm, shownFields, type FormError, type StaffForm } from '../form';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import { fieldOfRefusal, roundAnswers, roundEdit, roundForm, roundRaw, sizeField } from './round-form';
import type { StaffRound } from './with-round';

interface Shown {
  readonly raw: RawForm;
  /** The state of the round that the form was made from. */
  readonly revision: number;
  readonly errors?: readonly FormError[];
  /** What somebody else saved meanwhile; null where nobody did. */
  readonly conflict?: readonly { readonly name: string; readonly value: string }[] | null;
}

export function editRoundPage(_request: Request, staff: StaffRound): Outcome {
  const form = roundForm(staff.known.instrument, staff.round.status);
  return show(staff, { raw: roundRaw(form, staff.round, staff.language), revision: staff.round.revision });
}

export async function saveRound(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { known, round, services, t } = staff;
  const form = roundForm(known.instrument, round.status);
  const raw = rawForm(request.body);
  const seen = Number(rawText(raw, 'revision'));
  const { values, errors } = readForm(form, raw, staff.language);
  const faults = [...errors, ...(await tooSmall(staff, form, values))];
  if (faults.length > 0) return show(staff, { raw, revision: seen, errors: faults });

  const saved = await services.assessment.rounds.edit(round.id, roundEdit(form, values, known.instrument), seen);
  if (!isRefusal(saved)) return redirect(staff.path('?done=saved'));
  if (saved.refused === 'changed-meanwhile') {
    // From here on the person has seen what is saved, and saving again means it.
    const now = (await services.assessment.rounds.get(round.id)) ?? round;
    const conflict = differences(staff, form, roundAnswers(now), values);
    return show({ ...staff, round: now }, { raw, revision: now.revision, conflict });
  }
  const field = fieldOfRefusal(saved.refused, saved.details);
  if (field === null) return saved;
  const text = t(`refusals:${saved.refused}`, saved.details);
  return show(staff, { raw, revision: seen, errors: [fieldError(form, field, text)] });
}

/** A group cannot be smaller than the people of it who have answered: such a round would have no results. */
async function tooSmall(
  staff: StaffRound,
  form: StaffForm,
  values: ReturnType<typeof readForm>['values'],
): Promise<FormError[]> {
  const counts = await staff.services.assessment.submissions.counts(staff.round.id);
  return Object.entries(counts).flatMap(([group, count]) => {
    const size = values[sizeField(group)];
    if (typeof size !== 'number' || size >= count) return [];
    return [fieldError(form, sizeField(group), staff.t('staff:roundForm.sizeBelow', { count }))];
  });
}

function differences(
  { known, language, t }: StaffRound,
  form: StaffForm,
  saved: ReturnType<typeof roundAnswers>,
  typed: ReturnType<typeof readForm>['values'],
) {
  return form.fields
    .filter(({ code }) => JSON.stringify(saved[code] ?? null) !== JSON.stringify(typed[code] ?? null))
    .map((field) => ({
      name: inLanguage(field.text, language),
      value: answerWords(known.instrument, field, saved, language).join(', ') || t('staff:roundForm.none'),
    }));
}

function show(staff: StaffRound, { raw, revision, errors = [], conflict = null }: Shown): Outcome {
  const { known, language, round, t, unit } = staff;
  const form = roundForm(known.instrument, round.status);
  return staffPage(
    staff,
    'staff/rounds/form',
    {
      title: t('staff:roundForm.edit'),
      errors: errorLinks(errors),
      address: staff.path('/edit'),
      back: { href: staff.path(), text: roundTitle(round, staff) },
      unit,
      revision,
      conflict,
      parts: shownParts(shownFields(form, raw, language, errors)),
      button: t('staff:form.save'),
      explanation: t(`staff:round.settings.frozen.${round.status}`),
      nothing: form.fields.length === 0,
    },
    conflict ? 409 : undefined,
  );
}

/** The sizes stand together under one heading. */
export function shownParts(fields: Readonly<Record<string, QuestionField>>) {
  const all = Object.values(fields);
  const isSize = ({ code }: QuestionField): boolean => code.startsWith('size-');
  return {
    before: all.filter((field) => !isSize(field) && field.code !== 'outOfScope'),
    sizes: all.filter(isSize),
    scope: fields['outOfScope'] ?? null,
  };
}
