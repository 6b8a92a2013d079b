import type { Request } from 'express';
import type { Round } from '../../../../assessment/round';
import { resultsStateOf } from '../../../../assessment/results-status';
import { editableIn, type RoundEdit } from '../../../../assessment/rounds';
import type { Refusal } from '../../../../shared/errors';
import type { Outcome } from '../../../outcome';
import type { QuestionField } from '../../../view-models/question-field';
import { fieldParts, saveEdit, showEdit, type StaffEdit } from '../edit';
import { errorLinks, readForm, shownFields, type StaffForm } from '../form';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import { refusalAtField, roundEdit, roundForm, roundRaw } from './round-form';
import type { StaffRound } from './with-round';

const formOfRound = ({ known, round }: StaffRound): StaffForm => roundForm(known.instrument, editableIn(round));

const settingsEdit: StaffEdit<StaffRound, RoundEdit, Round> = {
  logsWords: () => true,
  stored: ({ round, services }) => services.assessment.rounds.get(round.id),
  parts: (staff) => fieldParts(formOfRound(staff), staff),
  raw: (staff, stored) => roundRaw(formOfRound(staff), stored ?? staff.round, staff.language),
  read(staff, raw) {
    const form = formOfRound(staff);
    const { values, errors } = readForm(form, raw, staff.language);
    return errors.length > 0 ? { errors } : { input: roundEdit(form, values, staff.known.instrument) };
  },
  save: ({ round, services }, input, seen) => services.assessment.rounds.edit(round.id, input, seen),
  refused: (staff, refusal) => refusalAtField(staff, formOfRound(staff), refusal),
  // Sizes of a closed round are corrected on the way to its results.
  done: (staff) => staff.path(resultsStateOf(staff.round) === 'waiting' ? '/compute' : '?done=saved'),
  show(staff, { raw, errors, edit, status }) {
    const { language, round, t, unit } = staff;
    const form = formOfRound(staff);
    return staffPage(
      staff,
      'staff/rounds/form',
      {
        title: t('staff:roundForm.edit'),
        errors: errorLinks(errors),
        address: staff.path('/edit'),
        back: { href: staff.path(), text: roundTitle(round, staff) },
        unit,
        edit,
        parts: shownParts(shownFields(form, raw, language, errors)),
        button: t('staff:form.save'),
        explanation: frozenWords(staff),
        nothing: form.fields.length === 0,
      },
      status,
    );
  },
};

export function editRoundPage(_request: Request, staff: StaffRound): Promise<Outcome> {
  return showEdit(settingsEdit, staff);
}

export function saveRound(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  return saveEdit(settingsEdit, staff, request);
}

/** What can be changed of a round, what cannot any more, and why. */
export function frozenWords({ round, t }: StaffRound): string {
  return t(`staff:round.settings.frozen.${resultsStateOf(round) === 'computed' ? 'computed' : round.status}`);
}

/** The sizes stand together under one heading. */
export function shownParts(fields: Readonly<Record<string, QuestionField>>) {
  const all = Object.values(fields);
  const isSize = ({ code }: QuestionField): boolean => code.startsWith('size-');
  return {
    before: all.filter((field) => !isSize(field) && field.code !== 'outOfScope' && field.code !== 'notAsked'),
    sizes: all.filter(isSize),
    notAsked: fields['notAsked'] ?? null,
    scope: fields['outOfScope'] ?? null,
  };
}
