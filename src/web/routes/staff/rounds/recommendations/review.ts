import type { Request } from 'express';
import {
  fateCounts,
  fateInput,
  fates,
  type Fate,
  type FateInput,
  type Reviewed,
  type ReviewedFate,
} from '../../../../../assessment/recommendations/reviews';
import type { RecommendationState } from '../../../../../assessment/recommendations/recommendation';
import type { Refusal } from '../../../../../shared/errors';
import { rawText } from '../../../../forms/raw';
import { schemaField } from '../../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../../outcome';
import { formOf } from '../../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../../form';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { shownRecommendation } from './shown';

const reviewPath = (staff: StaffRound, rest = ''): string => staff.path(`/review${rest}`);

/** What the follow-up begins with: each recommendation of the baseline, and what has become of it. */
export async function reviewPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { known, round, services, t, unit } = staff;
  if (round.name !== 'follow-up') return notFound();
  const { recommendationReviews, recommendations } = services.assessment;
  const [reviewed, frozen, closed] = await Promise.all([
    recommendationReviews.ofRound(round),
    recommendationReviews.isFrozen(round.id),
    recommendations.isFrozen(round.id),
  ]);
  const counts = fateCounts(reviewed.map(({ fate }) => ({ fate: fate?.fate ?? null })));
  const next = reviewed.find(({ fate }) => fate === null)?.recommendation;
  const mayEdit = staff.may('recommendations.edit');
  return staffPage(staff, 'staff/rounds/recommendations/review', {
    title: t('recommendations:review.title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path(),
    notice: request.query['done'] === 'saved' ? t('recommendations:review.saved') : null,
    frozen,
    progress: t('recommendations:review.progress', { count: counts.all - counts.open, all: counts.all }),
    counts: fates.map((fate) => ({
      fate,
      words: t(`report:recommendations.fate.${fate}`),
      count: reviewed.filter((one) => one.fate?.fate === fate).length,
    })),
    next: frozen || !mayEdit || next === undefined ? null : reviewPath(staff, `/${next.id}`),
    allReviewed: counts.open === 0,
    own: staff.path('/recommendations'),
    reviewed: reviewed.map(({ recommendation, fate }) => ({
      ...shownRecommendation(staff, known.instrument, recommendation, fate),
      href: frozen || !mayEdit ? null : reviewPath(staff, `/${recommendation.id}`),
      takeUp:
        closed || !mayEdit || fate === null || fate.fate === 'done'
          ? null
          : staff.path(`/recommendations/new?from=${recommendation.id}`),
    })),
  });
}

/** One request about the fate of one recommendation. */
interface StaffFate extends StaffRound {
  readonly reviewed: readonly Reviewed[];
  readonly one: Reviewed;
}

const fateForm: StaffForm = {
  fields: [
    schemaField(fateInput, 'fate', {
      text: textOf('recommendations:review.fate'),
      choice: (code) => textOf(`report:recommendations.fate.${code}`),
    }),
    schemaField(fateInput, 'why', {
      text: textOf('recommendations:review.why'),
      hint: textOf('recommendations:review.whyHint'),
    }),
    schemaField(fateInput, 'evidence', {
      text: textOf('recommendations:review.evidence'),
      hint: textOf('recommendations:review.evidenceHint'),
    }),
  ],
  required: { fate: 'recommendations:review.missing' },
};

/** What was reported between the rounds, as a proposal. */
const proposed: Readonly<Partial<Record<RecommendationState, Fate>>> = {
  done: 'done',
  partly: 'partly',
  'not-done': 'not-done',
  'given-up': 'not-done',
};

const fateEdit: StaffEdit<StaffFate, FateInput, ReviewedFate> = {
  async stored({ one, round, services }) {
    const reviewed = await services.assessment.recommendationReviews.ofRound(round);
    return reviewed.find(({ recommendation }) => recommendation.id === one.recommendation.id)?.fate ?? null;
  },
  raw(staff, stored) {
    if (stored !== null) {
      const { fate, why, evidence } = stored;
      return formOf(fateForm.fields, { fate, why, evidence }, staff.language);
    }
    const { state, remark } = staff.one.recommendation;
    const fate = proposed[state];
    return fate === undefined ? {} : formOf(fateForm.fields, { fate, why: remark }, staff.language);
  },
  parts: (staff) => fieldParts(fateForm, staff),
  read(staff, raw) {
    const { values, errors } = readForm(fateForm, raw, staff.language);
    const fate = fates.find((one) => one === values['fate']);
    if (errors.length > 0 || fate === undefined) return { errors };
    return { input: { fate, why: asText(values['why']), evidence: asText(values['evidence']) } };
  },
  save: ({ member, one, round, services }, input, seen) =>
    services.assessment.recommendationReviews.decide(round.id, one.recommendation.id, input, member.user, seen),
  refused(staff, { refused, details }) {
    if (details?.['field'] === undefined) return null;
    return fieldError(fateForm, String(details['field']), staff.t(`refusals:${refused}`, details));
  },
  done(staff, _saved, raw) {
    const next = rawText(raw, 'action') === 'next' ? nextOf(staff) : undefined;
    if (next !== undefined) return reviewPath(staff, `/${next.recommendation.id}`);
    return reviewPath(staff, `?done=saved#r-${staff.one.recommendation.id}`);
  },
  show,
};

export async function fatePage(request: Request, staff: StaffRound): Promise<Outcome> {
  const found = await fateOf(request, staff);
  if (found === null) return notFound();
  if (await staff.services.assessment.recommendationReviews.isFrozen(staff.round.id))
    return redirect(reviewPath(staff));
  return showEdit(fateEdit, found);
}

export async function saveFate(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const found = await fateOf(request, staff);
  return found === null ? notFound() : saveEdit(fateEdit, found, request);
}

async function fateOf(request: Request, staff: StaffRound): Promise<StaffFate | null> {
  const reviewed = await staff.services.assessment.recommendationReviews.ofRound(staff.round);
  const one = reviewed.find(({ recommendation }) => recommendation.id === request.params['recommendation']);
  return one === undefined ? null : { ...staff, reviewed, one };
}

/** The next one without a fate, after this one or from the beginning. */
function nextOf({ reviewed, one }: StaffFate): Reviewed | undefined {
  const at = reviewed.indexOf(one);
  return [...reviewed.slice(at + 1), ...reviewed.slice(0, at)].find(({ fate }) => fate === null);
}

function show(staff: StaffFate, { raw, errors, edit, status }: Shown): Outcome {
  const { known, language, one, reviewed, round, t, unit } = staff;
  const { recommendation, fate } = one;
  return staffPage(
    staff,
    'staff/rounds/recommendations/fate',
    {
      title: t('recommendations:review.one', { number: recommendation.number }),
      errors: errorLinks(errors),
      unit,
      roundName: roundTitle(round, staff),
      step: t('recommendations:review.step', { at: reviewed.indexOf(one) + 1, count: reviewed.length }),
      address: reviewPath(staff, `/${recommendation.id}`),
      back: reviewPath(staff),
      // How late it is matters no more: the review ends its time.
      recommendation: { ...shownRecommendation(staff, known.instrument, recommendation), late: null },
      proposed: fate === null && proposed[recommendation.state] !== undefined,
      edit,
      fields: shownFields(fateForm, raw, language, errors),
      isLast: nextOf(staff) === undefined,
    },
    status,
  );
}
