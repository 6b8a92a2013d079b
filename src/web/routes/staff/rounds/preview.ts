import type { Request } from 'express';
import { checkAnswer } from '../../../../definitions/answer-check';
import type { Answer, Answers } from '../../../../definitions/answers';
import { codesOf } from '../../../../definitions/flow';
import { inLanguage, type Page } from '../../../../definitions/instrument';
import { rawForm, rawText } from '../../../forms/raw';
import { readAnswers } from '../../../forms/read-answers';
import { notFound, type Outcome, type PageOutcome } from '../../../outcome';
import type { Survey } from '../../survey/open-round';
import { neighbour, questionsOf } from '../../survey/form-pages';
import { showQuestions, type Shown } from '../../survey/question-page';
import { staffPage } from '../signed-in';
import { groupOf } from './handouts';
import type { StaffRound } from './with-round';

/**
 * The form of one group, page by page as a respondent sees it, so that staff can walk through it. Nothing is stored: what
 * is typed travels in a hidden field from page to page and is gone with the last.
 */
interface Preview {
  readonly survey: Survey;
  readonly group: string;
  readonly groupName: string;
  /** Of the pages before. */
  readonly given: Answers;
}

export async function previewPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const preview = await previewOf(request, staff, {});
  if (preview === null) return notFound();
  const [first] = flowOf(preview).pages;
  return first === undefined ? ended(staff, preview) : show(preview, first);
}

/** A page was sent: shows what has to be mended, or the page before or after. */
export async function previewNext(request: Request, staff: StaffRound): Promise<Outcome> {
  const form = rawForm(request.body);
  const before = await previewOf(request, staff, carried(rawText(form, 'given')));
  const page = before?.survey.questionnaire.instrument.forms[staff.round.form]?.pages.find(
    ({ code }) => code === request.params['page'],
  );
  if (before === null || page === undefined) return notFound();
  const { survey } = before;
  const read = readAnswers(survey.questionnaire.instrument, questionsOf(survey, page), form);
  const kept = Object.entries({ ...before.given, ...read.answers }).filter(
    (entry): entry is [string, Answer] => entry[1] !== null,
  );
  const preview = { ...before, given: Object.fromEntries(kept) };
  const flow = flowOf(preview);
  const back = rawText(form, 'action') === 'back';
  const errors = read.errors.filter(({ question }) => flow.visible.has(question));
  const invalid = flow.invalid.filter(({ question }) => codesOf(page).includes(question));
  if (!back && errors.length + invalid.length > 0) return show(preview, page, { form, errors, invalid });
  const next = neighbour(survey, flow, page, back ? -1 : 1);
  if (next !== undefined) return show(preview, next);
  return back ? previewPage(request, staff) : ended(staff, preview);
}

async function previewOf(request: Request, staff: StaffRound, typed: Answers): Promise<Preview | null> {
  const { language, round, services, unit } = staff;
  const group = groupOf(staff, request.params['group']);
  if (group === undefined) return null;
  const questionnaire = await services.collection.questionnaires.expected(round, staff.known.instrument);
  const path = (rest = ''): string => staff.path(`/preview/${encodeURIComponent(group.code)}${rest}`);
  const countMisuse = () => undefined;
  const survey: Survey = {
    services,
    language,
    round,
    unitName: () => Promise.resolve(unit.name),
    questionnaire,
    own: null,
    path,
    countMisuse,
  };
  const { instrument } = questionnaire;
  const fitting = Object.entries(typed).filter(([code, answer]) => {
    const question = instrument.questions.find((one) => one.code === code);
    return question !== undefined && checkAnswer(instrument, question, answer) === null;
  });
  return { survey, group: group.code, groupName: inLanguage(group.name, language), given: Object.fromEntries(fitting) };
}

/** What the page before has put into its hidden field; nothing where it is not as we wrote it. */
function carried(text: string): Answers {
  try {
    const given: unknown = JSON.parse(text);
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Answers) : {};
  } catch {
    return {};
  }
}

function flowOf({ survey, group, given }: Preview) {
  return survey.questionnaire.flow({ group, answers: given });
}

function show(preview: Preview, page: Page, shown: Shown = {}): PageOutcome {
  const { survey, group, groupName, given } = preview;
  const draft = { token: '', seen: null, group, answers: given, remindedPages: [], flow: flowOf(preview) };
  const outcome = showQuestions(survey, draft, page, shown);
  return {
    ...outcome,
    model: {
      ...outcome.model,
      address: survey.path(),
      ...{ savePath: null, anewPath: null, codePath: null, languageForm: null },
      preview: { groupName, given: JSON.stringify(given), back: `/staff/rounds/${survey.round.id}/plan` },
    },
  };
}

function ended(staff: StaffRound, { survey, groupName }: Preview): Outcome {
  const { t, unit } = staff;
  return staffPage(staff, 'staff/rounds/preview-end', {
    title: t('staff:preview.ended'),
    ...{ unit, groupName },
    address: survey.path(),
    back: staff.path('/plan'),
  });
}
