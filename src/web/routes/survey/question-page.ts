import type { Request } from 'express';
import { codesOf, type Flow } from '../../../definitions/flow';
import { areasOf, inLanguage, type Page } from '../../../definitions/instrument';
import { translator, type Language } from '../../../locales/translate';
import { setWords } from '../../../locales/typography';
import { asDataBlock } from '../../data-block';
import { fieldId } from '../../forms/field-names';
import { firstField, type FieldError } from '../../forms/read-answers';
import { faultText } from '../../forms/fault-text';
import type { RawForm } from '../../forms/raw';
import { notFound, page as showPage, redirect, type ErrorLink, type Outcome, type PageOutcome } from '../../outcome';
import { formOf } from '../../view-models/answer-fields';
import { keptField } from '../../view-models/kept-fields';
import type { Survey } from './open-round';
import { formPage, neighbour, openDraft, pagePath, questionsOf, startOver, type OpenDraft } from './form-pages';

/** A header above the items of a matrix is said again after this many. */
const rowsUnderHeader = 6;

export function questionPage(request: Request, survey: Survey): Outcome {
  const page = formPage(survey, String(request.params['page']));
  if (page === undefined) return notFound();
  const draft = openDraft(survey);
  if (draft === null || draft.group === null) return redirect(startOver(survey));
  if (!draft.flow.pages.some(({ code }) => code === page.code)) return redirect(survey.path('/check'));
  const { new: listed } = request.query;
  const appeared = typeof listed === 'string' ? listed.split(',') : [];
  return showQuestions(survey, draft, page, {
    appeared: appeared.filter((code) => draft.flow.visible.has(code)),
    reminder: request.query['reminder'] !== undefined,
    fromCheck: request.query['from'] === 'check',
  });
}

export interface Shown {
  readonly language?: Language;
  /** What was typed; the saved answers where left out. */
  readonly form?: RawForm;
  readonly errors?: readonly FieldError[];
  /** Sentences of the instrument's own rules, by question. */
  readonly invalid?: Flow['invalid'];
  readonly appeared?: readonly string[];
  readonly reminder?: boolean;
  readonly fromCheck?: boolean;
}

export function showQuestions(survey: Survey, draft: OpenDraft, page: Page, shown: Shown): PageOutcome {
  const { questionnaire } = survey;
  const { instrument } = questionnaire;
  const language = shown.language ?? survey.language;
  const t = translator(language);
  const questions = questionsOf(survey, page);
  const byCode = new Map(questions.map((question) => [question.code, question]));
  const linkTo = (code: string): string => {
    const question = byCode.get(code);
    return `#${fieldId(question ? firstField(question, code) : code)}`;
  };

  const errors: (ErrorLink & { readonly question: string })[] = [
    ...(shown.errors ?? []).map(({ question, target, fault }) => ({
      question,
      href: `#${target}`,
      text: faultText(fault, language),
    })),
    ...(shown.invalid ?? []).map(({ question, message }) => ({
      question,
      href: linkTo(question),
      text: inLanguage(message, language),
    })),
  ];
  const context = {
    instrument,
    language,
    group: draft.group,
    form: shown.form ?? formOf(questions, draft.answers, language),
    visible: draft.flow.visible,
    required: draft.flow.required,
    errors: Object.fromEntries(errors.map(({ question, text }) => [question, text])),
  };
  const fields = new Map(questions.map((question) => [question.code, keptField(question, context)]));
  const inOrder = codesOf(page).flatMap((code) => fields.get(code) ?? []);
  const links = (codes: readonly string[]): ErrorLink[] =>
    codes.flatMap((code) => {
      const field = fields.get(code);
      return field ? [{ text: field.label, href: linkTo(code) }] : [];
    });

  const number = draft.flow.pages.findIndex(({ code }) => code === page.code) + 1;
  const sections = page.sections
    .map((section) => {
      const area = areasOf(instrument).find(({ code }) => code === section.area);
      const title = section.title ?? area?.name;
      const shownFields = section.questions.flatMap((code) => fields.get(code) ?? []);
      return {
        id: `section-${page.sections.indexOf(section) + 1}`,
        title: title && setWords(title, language),
        lead: !section.title && area?.description ? setWords(area.description, language) : null,
        visible: shownFields.some(({ visible }) => visible),
        fields: section.display === 'matrix' ? [] : shownFields,
        blocks: section.display === 'matrix' ? inBlocks(shownFields) : [],
      };
    })
    .filter(({ fields: list, blocks }) => list.length > 0 || blocks.length > 0);
  const back = neighbour(survey, draft.flow, page, -1);

  return showPage('survey/question-page', {
    language,
    title: inLanguage(page.title, language),
    lead: page.lead,
    errors: inPageOrder(errors, codesOf(page)),
    part: { number, count: draft.flow.pages.length },
    progress: progressOf(draft.flow),
    sections,
    scale: fields.size > 0 ? inOrder.find(({ ends }) => ends)?.options : undefined,
    action: pagePath(survey, page),
    languageForm: 'page-form',
    shownCodes: inOrder.flatMap(({ visible, code }) => (visible ? [code] : [])).join(','),
    appeared: links(shown.appeared ?? []),
    reminder: shown.reminder ? reminderOf(links(leftOut(draft.flow, page, survey))) : null,
    fromCheck: shown.fromCheck ?? false,
    isFirst: back === undefined,
    isLast: neighbour(survey, draft.flow, page, 1) === undefined,
    savePath: `${pagePath(survey, page)}/save`,
    pageRules: asDataBlock(questionnaire.pageRules(draft, draft.flow, page)),
    scripts: ['survey.js'],
    messages: {
      saved: t('survey:save.saved'),
      saving: t('survey:save.saving'),
      offline: t('survey:save.offline'),
      ended: t('survey:save.ended'),
    },
    anewPath: survey.path('/anew'),
    codePath: survey.path('/code'),
  });
}

/** How far somebody is: what is answered of what is asked, wherever it stands. */
function progressOf({ answers, visible }: Flow): { readonly answered: number; readonly asked: number } {
  return { answered: [...visible].filter((code) => answers[code] !== undefined).length, asked: visible.size };
}

/** Most questions that a reminder names; where more were left out it leads to the first. */
const mostReminders = 3;

function reminderOf(leftOut: readonly ErrorLink[]) {
  const few = leftOut.length <= mostReminders;
  return leftOut.length === 0
    ? null
    : { count: leftOut.length, few: few ? leftOut : [], first: few ? null : leftOut[0] };
}

/** Visible ratings of a page that have no answer, in order. */
export function leftOut(flow: Flow, page: Page, survey: Survey): string[] {
  const ratings = new Set(
    survey.questionnaire.instrument.questions.flatMap(({ type, code }) => (type === 'rating' ? [code] : [])),
  );
  return codesOf(page).filter(
    (code) => ratings.has(code) && flow.visible.has(code) && flow.answers[code] === undefined,
  );
}

/** Errors in the order of the questions, as the page is read. */
function inPageOrder<Linked extends { readonly question: string }>(
  errors: readonly Linked[],
  codes: readonly string[],
): Linked[] {
  return [...errors].sort((one, other) => codes.indexOf(one.question) - codes.indexOf(other.question));
}

function inBlocks<Item>(items: readonly Item[]): { readonly fields: readonly Item[] }[] {
  const blocks = [];
  for (let start = 0; start < items.length; start += rowsUnderHeader) {
    blocks.push({ fields: items.slice(start, start + rowsUnderHeader) });
  }
  return blocks;
}
