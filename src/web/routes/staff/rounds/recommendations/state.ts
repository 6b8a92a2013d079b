import type { Request } from 'express';
import {
  stateReportInput,
  type Recommendation,
  type RecommendationState,
  type StateReport,
} from '../../../../../assessment/recommendations/recommendation';
import { statesFrom } from '../../../../../assessment/recommendations/recommendation-status';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { schemaField } from '../../../../forms/schema-field';
import type { Outcome } from '../../../../outcome';
import { formOf } from '../../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../../form';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import { shownRecommendation } from './shown';
import type { StaffRecommendation } from './with-recommendation';

/** What is reported of a recommendation has a revision of its own. */
type Report = StateReport & { readonly revision: number };

const reportOf = ({ state, remark, reportRevision }: Recommendation): Report => ({
  ...{ state, remark, revision: reportRevision },
});

/** Offers the states that can follow the present one. */
function stateForm(from: RecommendationState): StaffForm {
  return {
    fields: [
      {
        type: 'single-choice',
        code: 'state',
        text: textOf('recommendations:report.state'),
        choices: statesFrom(from).map((code) => ({ code, text: textOf(`report:recommendations.state.${code}`) })),
      },
      schemaField(stateReportInput, 'remark', {
        text: textOf('recommendations:report.remark'),
        hint: textOf('recommendations:report.remarkHint'),
      }),
    ],
    required: { state: 'recommendations:report.missing' },
  };
}

const formOfStaff = ({ recommendation }: StaffRecommendation): StaffForm => stateForm(recommendation.state);

const stateEdit: StaffEdit<StaffRecommendation, StateReport, Report> = {
  async stored({ recommendation, services }) {
    const stored = await services.assessment.recommendations.get(recommendation.id);
    return stored === null ? null : reportOf(stored);
  },
  raw: (staff, stored) =>
    stored === null
      ? {}
      : formOf(formOfStaff(staff).fields, { state: stored.state, remark: stored.remark }, staff.language),
  parts: (staff) => fieldParts(formOfStaff(staff), staff),
  read(staff, raw) {
    const { values, errors } = readForm(formOfStaff(staff), raw, staff.language);
    if (errors.length > 0) return { errors };
    const state = statesFrom(staff.recommendation.state).find((one) => one === values['state']);
    return { input: { state: state ?? staff.recommendation.state, remark: asText(values['remark']) } };
  },
  async save({ member, recommendation, services }, input, seen) {
    const saved = await services.assessment.recommendations.report(recommendation.id, input, member.user, seen);
    return isRefusal(saved) ? saved : reportOf(saved);
  },
  refused(staff, { refused, details }) {
    if (details?.['field'] === undefined) return null;
    return fieldError(formOfStaff(staff), String(details['field']), staff.t(`refusals:${refused}`, details));
  },
  done: (staff) => staff.path(`/recommendations?done=reported#r-${staff.recommendation.id}`),
  show,
};

export function statePage(_request: Request, staff: StaffRecommendation): Promise<Outcome> {
  return showEdit(stateEdit, staff);
}

export function reportState(request: Request, staff: StaffRecommendation): Promise<Outcome | Refusal> {
  return saveEdit(stateEdit, staff, request);
}

function show(staff: StaffRecommendation, { raw, errors, edit, status }: Shown): Outcome {
  const { known, language, recommendation, round, t, unit } = staff;
  return staffPage(
    staff,
    'staff/rounds/recommendations/state',
    {
      title: t('recommendations:report.title', { number: recommendation.number }),
      errors: errorLinks(errors),
      unit,
      roundName: roundTitle(round, staff),
      address: staff.path(`/recommendations/${recommendation.id}/state`),
      back: staff.path('/recommendations'),
      recommendation: shownRecommendation(staff, known.instrument, recommendation),
      edit,
      fields: shownFields(formOfStaff(staff), raw, language, errors),
    },
    status,
  );
}
