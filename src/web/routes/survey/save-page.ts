import type { Request } from 'express';
import { codesOf, type Flow } from '../../../definitions/flow';
import type { Page } from '../../../definitions/instrument';
import { isLanguage } from '../../../locales/translate';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { fieldId } from '../../forms/field-names';
import { rawForm, rawText, type RawForm } from '../../forms/raw';
import { firstField, readAnswers, type FieldError } from '../../forms/read-answers';
import { isStrange } from '../../forms/strange-fields';
import { languageCookie } from '../../language';
import { json, notFound, redirect, withCookie, type Outcome } from '../../outcome';
import { wayOut, type Survey } from './open-round';
import { leftOut, showQuestions } from './question-page';
import { formPage, neighbour, openDraft, pagePath, questionsOf, startOver, type OpenDraft } from './form-pages';

/** A page is sent: save what can be saved, then go where the pressed button says, or show what has to be mended. */
export async function savePage(request: Request, survey: Survey): Promise<Outcome | Refusal> {
  const page = formPage(survey, String(request.params['page']));
  if (page === undefined) return notFound();
  const before = openDraft(survey);
  if (before === null) survey.countMisuse('old-form');
  if (before === null || before.group === null) return redirect(startOver(survey));

  const form = rawForm(request.body);
  const saved = await save(survey, before, page, form);
  if (isRefusal(saved)) return (await wayOut(saved, request, survey)) ?? saved;
  const { draft, errors } = saved;
  const { flow } = draft;

  const fromCheck = rawText(form, 'from') === 'check';
  const asked = rawText(form, 'language');
  if (isLanguage(asked)) {
    // What cannot be saved stays typed in the fields, so that another language costs nothing.
    const outcome =
      errors.length > 0
        ? showQuestions(survey, draft, page, { language: asked, form, fromCheck })
        : redirect(pagePath(survey, page) + (fromCheck ? '?from=check' : ''));
    return withCookie(outcome, languageCookie(asked));
  }

  const goingBack = rawText(form, 'action') === 'back';
  const appeared = newlyVisible(form, before.flow, flow, page);
  // What nobody has seen yet cannot have been left out.
  const missing = goingBack
    ? []
    : requiredMissing(survey, flow, page, errors).filter(({ question }) => !appeared.includes(question));
  const invalid = goingBack ? [] : flow.invalid.filter(({ question }) => codesOf(page).includes(question));
  if (errors.length + missing.length + invalid.length > 0) {
    return showQuestions(survey, draft, page, { form, errors: [...errors, ...missing], invalid, appeared, fromCheck });
  }
  if (goingBack) {
    const previous = neighbour(survey, flow, page, -1);
    return redirect(previous ? pagePath(survey, previous) : survey.path('/group'));
  }

  if (appeared.length > 0) return redirect(pagePath(survey, page) + query({ new: appeared.join(','), fromCheck }));

  const reminds = leftOut(flow, page, survey).length > 0 && !draft.remindedPages.includes(page.code);
  if (reminds && rawText(form, 'action') !== 'leave-out') {
    const marked = await survey.services.collection.drafts.markReminded(draft.token, page.code, draft.seen);
    if (isRefusal(marked)) return (await wayOut(marked, request, survey)) ?? marked;
    return redirect(pagePath(survey, page) + query({ reminder: '1', fromCheck }));
  }

  const next = fromCheck ? undefined : neighbour(survey, flow, page, 1);
  return redirect(next ? pagePath(survey, next) : survey.path('/check'));
}

/** Saves while somebody is filling in; what is no answer yet is left for the page itself to tell. */
export async function autosavePage(request: Request, survey: Survey): Promise<Outcome> {
  const page = formPage(survey, String(request.params['page']));
  if (page === undefined) return notFound();
  const draft = openDraft(survey);
  if (draft === null) {
    survey.countMisuse('old-form');
    return json({ saved: false }, 409);
  }
  const saved = await save(survey, draft, page, rawForm(request.body));
  return isRefusal(saved) ? json({ saved: false }, 409) : json({ saved: true });
}

/** Fields of a page that are no answers. */
const ownFields = ['shown', 'from', 'action', 'language'];

async function save(
  survey: Survey,
  before: OpenDraft,
  page: Page,
  form: RawForm,
): Promise<{ readonly draft: OpenDraft; readonly errors: readonly FieldError[] } | Refusal> {
  const { questionnaire, services } = survey;
  const questions = questionsOf(survey, page);
  const read = readAnswers(questionnaire.instrument, questions, form);
  if (isStrange(form, questions, read.errors, ownFields)) survey.countMisuse('strange-field');
  const saved = await services.collection.drafts.save(before.token, read.answers, before.seen);
  if (isRefusal(saved)) return saved;
  if (saved.state === 'submitted') return { refused: 'draft-sent' };
  const { group, answers, remindedPages } = saved;
  const flow = questionnaire.flow({ group, answers });
  const draft = { token: before.token, seen: saved, group, answers, remindedPages, flow };
  // Nobody has to mend what is not asked any more.
  return { draft, errors: read.errors.filter(({ question }) => flow.visible.has(question)) };
}

function requiredMissing(survey: Survey, flow: Flow, page: Page, errors: readonly FieldError[]): FieldError[] {
  return questionsOf(survey, page)
    .filter(({ code }) => flow.required.has(code) && flow.answers[code] === undefined)
    .filter(({ code }) => !errors.some(({ question }) => question === code))
    .map((question) => ({
      question: question.code,
      target: fieldId(firstField(question, question.code)),
      fault: { code: 'answer-missing' },
    }));
}

/** Questions of this page that the person has not seen yet and has to be shown before going on. */
function newlyVisible(form: RawForm, before: Flow, after: Flow, page: Page): string[] {
  const listed = rawText(form, 'shown');
  const seen = listed === '' ? before.visible : new Set(listed.split(','));
  return codesOf(page).filter(
    (code) => after.visible.has(code) && !seen.has(code) && after.answers[code] === undefined,
  );
}

function query({ fromCheck, ...rest }: { fromCheck: boolean } & Record<string, string | boolean>): string {
  const parameters = new URLSearchParams(rest as Record<string, string>);
  if (fromCheck) parameters.set('from', 'check');
  return `?${parameters.toString()}`;
}
