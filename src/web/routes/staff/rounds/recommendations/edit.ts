import type { Request } from 'express';
import {
  recommendationInput,
  type Recommendation,
  type RecommendationInput,
} from '../../../../../assessment/recommendations/recommendation';
import { areasOf } from '../../../../../definitions/instrument';
import type { Refusal } from '../../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../../forms/raw';
import { revisionOf } from '../../../../forms/revision';
import { schemaField } from '../../../../forms/schema-field';
import { redirect, type Outcome } from '../../../../outcome';
import { formOf } from '../../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../../form';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { dueOf, duePart, rawOfDue, withDay } from './due-field';
import { areaName } from './shown';
import type { StaffRecommendation } from './with-recommendation';

/** What the form calls the whole cooperation: a choice has to have a code. */
const whole = 'whole';

/** One request about one recommendation; null: a new one, which begins with `given`. */
interface StaffText extends StaffRound {
  readonly recommendation: Recommendation | null;
  readonly given: RawForm;
}

function textForm({ known }: StaffRound): StaffForm {
  const areas = areasOf(known.instrument).map(({ code, name }) => ({
    code,
    text: { pl: `${code} ${name.pl}`, en: `${code} ${name.en ?? name.pl}` },
  }));
  return {
    fields: [
      schemaField(recommendationInput, 'what', {
        text: textOf('recommendations:form.what'),
        hint: textOf('recommendations:form.whatHint'),
      }),
      schemaField(recommendationInput, 'who', {
        text: textOf('recommendations:form.who'),
        hint: textOf('recommendations:form.whoHint'),
      }),
      {
        type: 'date',
        code: 'due',
        text: textOf('recommendations:form.due'),
        hint: textOf('recommendations:form.dueHint'),
      },
      {
        type: 'single-choice',
        code: 'area',
        text: textOf('recommendations:form.area'),
        choices: [...areas, { code: whole, text: textOf('report:recommendations.whole') }],
      },
    ],
    required: { what: 'recommendations:form.missing', area: 'recommendations:form.missingArea' },
  };
}

const textEdit: StaffEdit<StaffText, RecommendationInput, Recommendation> = {
  stored: ({ recommendation, services }) =>
    recommendation === null ? Promise.resolve(null) : services.assessment.recommendations.get(recommendation.id),
  raw: (staff, stored) => (stored === null ? staff.given : rawOf(staff, stored)),
  parts: (staff) =>
    fieldParts(textForm(staff), staff).map((part) => (part.code === 'due' ? duePart(part, staff.language) : part)),
  read(staff, typed) {
    const { raw, monthOnly } = withDay(typed);
    const { values, errors } = readForm(textForm(staff), raw, staff.language);
    if (errors.length > 0) return { errors };
    const [area, due] = [asText(values['area']), asText(values['due'])];
    return {
      input: {
        area: area === whole ? null : area,
        what: asText(values['what']),
        who: asText(values['who']),
        due: dueOf(due === '' ? null : due, monthOnly),
      },
    };
  },
  save({ recommendation, round, services }, input, seen) {
    const { recommendations } = services.assessment;
    return recommendation === null
      ? recommendations.add(round.id, input)
      : recommendations.edit(recommendation.id, input, seen);
  },
  refused(staff, { refused, details }) {
    if (details?.['field'] === undefined) return null;
    return fieldError(textForm(staff), String(details['field']), staff.t(`refusals:${refused}`, details));
  },
  done: (staff, { id }, raw) =>
    rawText(raw, 'action') === 'another'
      ? staff.path(`/recommendations/new?area=${encodeURIComponent(rawText(raw, 'area'))}&done=added`)
      : staff.path(`/recommendations?done=saved#r-${id}`),
  show,
};

function rawOf(staff: StaffRound, { area, what, who, due }: RecommendationInput): RawForm {
  return { ...formOf(textForm(staff).fields, { what, who, area: area ?? whole }, staff.language), ...rawOfDue(due) };
}

/** `?area=` is where it was asked for; `?from=` is one of the earlier round that is taken up again. */
export async function newRecommendationPage(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  if (await isFrozen(staff)) return redirect(staff.path('/recommendations'));
  const { area, from, done } = request.query;
  const notice = done === 'added' ? staff.t('recommendations:saved') : null;
  return showEdit(
    { ...textEdit, show: (one, shown) => show(one, shown, notice) },
    {
      ...{ ...staff, recommendation: null },
      given: (await takenUp(staff, from)) ?? (typeof area === 'string' ? { area: [area] } : {}),
    },
  );
}

export function addRecommendation(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  return saveEdit(textEdit, { ...staff, recommendation: null, given: {} }, request);
}

export async function recommendationPage(_request: Request, staff: StaffRecommendation): Promise<Outcome | Refusal> {
  if (await isFrozen(staff)) return redirect(staff.path('/recommendations'));
  return showEdit(textEdit, { ...staff, given: {} });
}

export function saveRecommendation(request: Request, staff: StaffRecommendation): Promise<Outcome | Refusal> {
  return saveEdit(textEdit, { ...staff, given: {} }, request);
}

export async function removeRecommendation(request: Request, staff: StaffRecommendation): Promise<Outcome | Refusal> {
  const { recommendation, services } = staff;
  const seen = revisionOf(rawForm(request.body));
  const refusal = await services.assessment.recommendations.remove(recommendation.id, seen);
  return refusal ?? redirect(staff.path('/recommendations?done=removed'));
}

/** What was not done, or only in part, as the beginning of a recommendation of this round: its day has to be new. */
async function takenUp(staff: StaffRound, from: unknown): Promise<RawForm | null> {
  if (typeof from !== 'string') return null;
  const reviewed = await staff.services.assessment.recommendationReviews.ofRound(staff.round);
  const earlier = reviewed.find(({ recommendation }) => recommendation.id === from)?.recommendation;
  return earlier === undefined ? null : rawOf(staff, { ...earlier, due: null });
}

function isFrozen({ round, services }: StaffRound): Promise<boolean> {
  return services.assessment.recommendations.isFrozen(round.id);
}

function show(staff: StaffText, { raw, errors, edit, status }: Shown, notice: string | null = null): Outcome {
  const { known, language, recommendation, round, t, unit } = staff;
  const base = staff.path('/recommendations');
  return staffPage(
    staff,
    'staff/rounds/recommendations/edit',
    {
      title: t(recommendation ? 'recommendations:form.edit' : 'recommendations:form.new'),
      errors: errorLinks(errors),
      unit,
      roundName: roundTitle(round, staff),
      notice,
      address: recommendation ? `${base}/${recommendation.id}` : `${base}/new`,
      back: base,
      edit,
      fields: shownFields(textForm(staff), raw, language, errors),
      isNew: recommendation === null,
      remove:
        recommendation === null
          ? null
          : {
              path: `${base}/${recommendation.id}/remove`,
              revision: recommendation.revision,
              area: areaName(staff, known.instrument, recommendation.area),
            },
    },
    status,
  );
}
