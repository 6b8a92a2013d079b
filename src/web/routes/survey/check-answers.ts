import type { Request } from 'express';
import { groupsAsked } from '../../../assessment/asking-plan';
import type { Flow } from '../../../definitions/flow';
import { inLanguage, wordingFor } from '../../../definitions/instrument';
import { translator } from '../../../locales/translate';
import { setWords } from '../../../locales/typography';
import { fieldId } from '../../forms/field-names';
import { firstField } from '../../forms/read-answers';
import { page, redirect, type ErrorLink, type Outcome } from '../../outcome';
import { answerWords } from '../../view-models/answer-words';
import type { Survey } from './open-round';
import { openDraft, pagePath, questionsOf, startOver, type OpenDraft } from './form-pages';

export function checkPage(_request: Request, survey: Survey): Outcome {
  const { own, questionnaire } = survey;
  if (own?.draft.state === 'sending') {
    const { group, answers } = own.draft;
    const flow = questionnaire.flow({ group, answers });
    return showCheck(
      survey,
      { token: own.token, seen: own.draft, group, answers, remindedPages: [], flow },
      [],
      'sending',
    );
  }
  const draft = openDraft(survey);
  if (draft === null || draft.group === null) return redirect(startOver(survey));
  return showCheck(survey, draft);
}

/**
 * @param toMend codes of questions, or that there is not one rating.
 * @param standsStill the answers cannot be changed: they are being sent and can be sent again, or their ticket was used
 * for others.
 */
export function showCheck(
  survey: Survey,
  { group, flow }: OpenDraft,
  toMend: readonly string[] | 'any-rating' = [],
  standsStill: 'sending' | 'ticket-used' | null = null,
): Outcome {
  const { language, questionnaire } = survey;
  const { instrument } = questionnaire;
  const t = translator(language);
  const errors: ErrorLink[] = [];
  if (toMend === 'any-rating') {
    const rating = firstRating(survey, flow);
    if (rating) errors.push({ text: t('survey:check.nothingRated'), href: rating });
  }
  const parts = flow.pages.map((part) => ({
    title: setWords(part.title, language),
    rows: questionsOf(survey, part)
      .filter(({ code }) => flow.visible.has(code))
      .map((question) => {
        const label = setWords(wordingFor(question, group).text, language);
        const href = `${pagePath(survey, part)}?from=check#${fieldId(firstField(question, question.code))}`;
        const error = toMend.includes(question.code);
        if (error) errors.push({ text: label, href });
        return { label, href, error, words: answerWords(instrument, question, flow.answers, language) };
      }),
  }));
  const chosen = groupsAsked(instrument, survey.round).find(({ code }) => code === group);
  const rows = parts.flatMap((part) => part.rows);
  const made = page('survey/check', {
    title: t('survey:check.title'),
    address: survey.path('/check'),
    errors,
    parts,
    groupName: chosen && inLanguage(chosen.name, language),
    groupPath: survey.path('/group'),
    anewPath: survey.path('/anew'),
    answered: rows.filter(({ words }) => words.length > 0).length,
    asked: rows.length,
    action: survey.path('/submit'),
    backPath: lastPagePath(survey, flow.pages.at(-1)),
    standsStill: standsStill !== null,
    ticketUsed: standsStill === 'ticket-used',
    fixedGroup: survey.own?.draft.state === 'open' && survey.own.draft.ticket !== null,
    codePath: survey.path('/code'),
    ownPath: survey.path('/answers.txt'),
  });
  return standsStill === 'ticket-used' ? { ...made, status: 409 } : made;
}

function lastPagePath(survey: Survey, last: Parameters<typeof pagePath>[1] | undefined): string {
  return last ? pagePath(survey, last) : survey.path('/group');
}

/** Where the first rating that is asked can be given. */
function firstRating(survey: Survey, flow: Flow): string | null {
  for (const part of flow.pages) {
    const rating = questionsOf(survey, part).find(({ type, code }) => type === 'rating' && flow.visible.has(code));
    if (rating) return `${pagePath(survey, part)}?from=check#${fieldId(firstField(rating, rating.code))}`;
  }
  return null;
}
