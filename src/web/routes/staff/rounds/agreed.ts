import type { Request } from 'express';
import { agreedScoreInput, type AgreedScore, type AgreedScoreInput } from '../../../../assessment/agreed-scores';
import { resultsStateOf } from '../../../../assessment/results-status';
import type { RoundResults } from '../../../../assessment/results';
import { areasOf, inLanguage, sides, type Area } from '../../../../definitions/instrument';
import { formatDate, formatNumber } from '../../../../locales/formats';
import { agreedStep } from '../../../../scoring';
import { isRefusal, refuse, type Refusal } from '../../../../shared/errors';
import { round2 } from '../../../../shared/rounding';
import { rawText } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { answerWords } from '../../../view-models/answer-words';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

const outOfScope = 'none';

/** All areas with what the group agreed, the survey's figure and last time's score beside it; and the meetings. */
export async function agreedPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { language, round, services, t, unit } = staff;
  const areas = areasOf(staff.known.instrument);
  const inScope = areas.filter(({ code }) => !round.outOfScope.includes(code));
  const { set, before, results } = await agreedAndSurvey(staff);
  const done = areas.find(({ code }) => code === request.query['done']);
  const meetings = await services.assessment.meetings.ofRound(round.id);
  return staffPage(staff, 'staff/rounds/agreed', {
    title: t('staff:meeting.title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path(),
    notice: done ? t('staff:meeting.saved', { area: inLanguage(done.name, language) }) : noticeOf(request, staff),
    draft: round.status === 'draft',
    surveyLater: results === null && round.status !== 'draft' ? resultsLater(staff) : null,
    progress: { set: inScope.filter(({ code }) => set.has(code)).length, total: inScope.length },
    withBefore: before.size > 0,
    withSurvey: results !== null,
    planes: (staff.known.instrument.planes ?? []).map((plane) => ({
      name: inLanguage(plane.name, language),
      areas: plane.areas.map((area) => {
        const own = set.get(area.code);
        const inRound = !round.outOfScope.includes(area.code);
        return {
          code: area.code,
          name: inLanguage(area.name, language),
          href: staff.path(`/meeting/${area.code}`),
          before: scoreWords(staff, before.get(area.code)),
          survey: surveyWords(staff, results, area.code),
          agreed: inRound ? scoreWords(staff, own) : t('staff:meeting.outOfScope'),
          isSet: own !== undefined,
          inRound,
        };
      }),
    })),
    meetings: meetings.map(({ id, date, present }) => ({
      href: staff.path(`/meetings/${id}`),
      day: formatDate(date, language),
      present: present.map(({ role, count }) => `${role} (${count})`).join(', '),
    })),
    addMeeting: staff.path('/meetings/new'),
  });
}

/** Why there are no figures of the survey yet. */
function resultsLater({ round, t }: StaffRound): string {
  return t(resultsStateOf(round) === 'waiting' ? 'staff:meeting.surveyNotComputed' : 'staff:meeting.surveyLater');
}

function noticeOf(request: Request, { t }: StaffRound): string | null {
  return request.query['done'] === 'meeting' ? t('staff:meetingForm.saved') : null;
}

/** One request about the score of one area. */
interface StaffArea extends StaffRound {
  readonly area: Area;
}

const scoreEdit: StaffEdit<StaffArea, AgreedScoreInput, AgreedScore> = {
  async stored({ area, round, services }) {
    const scores = await services.assessment.agreedScores.ofRound(round.id);
    return scores.find((score) => score.area === area.code) ?? null;
  },
  raw: (_staff, stored) =>
    stored === null
      ? {}
      : {
          score: [stored.score === null ? outOfScope : String(stored.score)],
          reasons: [stored.reasons],
          dissent: [stored.dissent],
        },
  parts: (staff) => fieldParts(agreedForm(staff), staff),
  read(staff, raw) {
    const { values, errors } = readForm(agreedForm(staff), raw, staff.language);
    if (errors.length > 0) return { errors };
    const chosen = asText(values['score']);
    return {
      input: {
        score: scorePoints(staff).find((point) => String(point) === chosen) ?? null,
        reasons: asText(values['reasons']),
        dissent: asText(values['dissent']),
      },
    };
  },
  save: ({ area, round, services }, input, seen) =>
    services.assessment.agreedScores.set(round.id, area.code, input, seen),
  refused(staff, { refused, details }) {
    const { field = 'score' } = details ?? {};
    return fieldError(agreedForm(staff), String(field), staff.t(`refusals:${refused}`, details));
  },
  done: (staff, _saved, raw) => nextPath(staff, staff.area, rawText(raw, 'action') === 'next'),
  show,
};

export async function agreedAreaPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const area = areaOf(request, staff);
  if (!area) return notFound();
  if (staff.round.status === 'draft') return redirect(staff.path('/meeting'));
  return showEdit(scoreEdit, { ...staff, area });
}

export async function saveAgreed(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const area = areaOf(request, staff);
  if (!area) return notFound();
  if (staff.round.status === 'draft') return refuse('round-not-open');
  return saveEdit(scoreEdit, { ...staff, area }, request);
}

function areaOf(request: Request, { known }: StaffRound): Area | undefined {
  return areasOf(known.instrument).find(({ code }) => code === request.params['area']);
}

/** The next area of the round's scope, or the list. */
function nextPath(staff: StaffRound, area: Area, onward: boolean): string {
  const inScope = areasOf(staff.known.instrument).filter(({ code }) => !staff.round.outOfScope.includes(code));
  const next = onward ? inScope[inScope.findIndex(({ code }) => code === area.code) + 1] : undefined;
  return next ? staff.path(`/meeting/${next.code}`) : staff.path(`/meeting?done=${area.code}`);
}

/** All that an area may be given: the scale in half points. */
function scorePoints({ known }: StaffRound): readonly number[] {
  const { min, max } = known.instrument.scale ?? { min: 1, max: 5 };
  return Array.from({ length: (max - min) / agreedStep + 1 }, (_, at) => min + at * agreedStep);
}

function agreedForm(staff: StaffRound): StaffForm {
  const points = scorePoints(staff);
  const inWords = (point: number) => ({ pl: formatNumber(point, 'pl', 1), en: formatNumber(point, 'en', 1) });
  return {
    fields: [
      {
        type: 'single-choice',
        code: 'score',
        text: textOf('staff:meeting.score'),
        hint: textOf('staff:meeting.scoreHint', { min: points.at(0), max: points.at(-1) }),
        choices: [
          ...points.map((point) => ({ code: String(point), text: inWords(point) })),
          { code: outOfScope, text: textOf('staff:meeting.noScore') },
        ],
      },
      schemaField(agreedScoreInput, 'reasons', {
        text: textOf('staff:meeting.reasons'),
        hint: textOf('staff:meeting.reasonsHint'),
      }),
      schemaField(agreedScoreInput, 'dissent', {
        text: textOf('staff:meeting.dissent'),
        hint: textOf('staff:meeting.dissentHint'),
      }),
    ],
    required: { score: 'staff:meeting.missing' },
  };
}

async function show(staff: StaffArea, { raw, errors, edit, status }: Shown): Promise<Outcome> {
  const { area, language, round, t, unit } = staff;
  const inScope = areasOf(staff.known.instrument).filter(({ code }) => !round.outOfScope.includes(code));
  const at = inScope.findIndex(({ code }) => code === area.code);
  const { before, results } = await agreedAndSurvey(staff);
  const last = before.get(area.code);
  return staffPage(
    staff,
    'staff/rounds/agreed-area',
    {
      title: inLanguage(area.name, language),
      errors: errorLinks(errors),
      unit,
      roundName: roundTitle(round, staff),
      address: staff.path(`/meeting/${area.code}`),
      back: staff.path('/meeting'),
      step: at < 0 ? null : t('staff:meeting.step', { at: at + 1, count: inScope.length }),
      description: area.description ? inLanguage(area.description, language) : null,
      survey: surveyRows(staff, results, area.code),
      surveyLater: results === null ? resultsLater(staff) : null,
      facts: await factRows(staff, area.code),
      last: last ? { score: scoreWords(staff, last), reasons: last.reasons } : null,
      edit,
      fields: shownFields(agreedForm(staff), raw, language, errors),
      isLast: at === inScope.length - 1,
    },
    status,
  );
}

/** What the group has agreed, what it agreed in the baseline, and the survey once the round is closed. */
async function agreedAndSurvey({ round, services }: StaffRound) {
  const { agreedScores, results, rounds } = services.assessment;
  const byArea = (scores: readonly AgreedScore[]) => new Map(scores.map((score) => [score.area, score]));
  const baseline =
    round.name === 'follow-up'
      ? (await rounds.ofAssessment(round.assessmentId)).find(({ name }) => name === 'baseline')
      : undefined;
  const own = resultsStateOf(round) === 'computed' ? await results.roundResults(round.id) : null;
  return {
    set: byArea(round.status === 'draft' ? [] : await agreedScores.ofRound(round.id)),
    before: byArea(baseline ? await agreedScores.ofRound(baseline.id) : []),
    results: own === null || isRefusal(own) ? null : own,
  };
}

function scoreWords({ language, t }: StaffRound, score: AgreedScore | undefined): string {
  if (!score) return t('staff:meeting.notYet');
  return score.score === null ? t('staff:meeting.outOfScope') : formatNumber(score.score, language, 1);
}

function surveyWords({ language, t }: StaffRound, results: RoundResults | null, area: string): string {
  const score = results?.released.scorecard.areas[area];
  if (!score) return '';
  if (score.survey !== null) return formatNumber(round2(score.survey), language, 2);
  const hidden = sides.some((side) => score.sides[side].hidden);
  return t(hidden ? 'staff:meeting.hidden' : `report:why.${score.missing ?? 'no-answers'}`);
}

function surveyRows(staff: StaffRound, results: RoundResults | null, area: string) {
  const score = results?.released.scorecard.areas[area];
  if (!score) return [];
  const { language, t } = staff;
  return [
    { name: t('staff:meeting.joint'), value: surveyWords(staff, results, area), side: null },
    ...sides.map((side) => {
      const { hidden, mean, missing } = score.sides[side];
      const value =
        mean === null
          ? t(hidden ? 'staff:meeting.hidden' : `report:why.${missing ?? 'no-answers'}`)
          : formatNumber(round2(mean), language, 2);
      return { name: t(`report:side.${side}.name`), value, side };
    }),
  ];
}

async function factRows({ known, language, round, services, t }: StaffRound, area: string) {
  const saved = await services.assessment.factSheet.ofRound(round.id);
  return (known.instrument.facts ?? [])
    .filter((field) => field.area === area)
    .flatMap((field) => {
      const fact = saved.find(({ code }) => code === field.code);
      if (!fact) return [];
      const value =
        fact.value === null
          ? (fact.noData ?? '')
          : answerWords(known.instrument, field, { [field.code]: fact.value }, language).join(', ');
      return {
        name: inLanguage(field.text, language),
        value: t('staff:meeting.factYear', { value, year: String(fact.year) }),
      };
    });
}
