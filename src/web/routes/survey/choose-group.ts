import type { Request } from 'express';
import { groupsAsked } from '../../../assessment/asking-plan';
import { inLanguage } from '../../../definitions/instrument';
import { isLanguage, translator, type Language } from '../../../locales/translate';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { rawForm, rawText } from '../../forms/raw';
import { languageCookie } from '../../language';
import { page, redirect, withCookie, type Outcome, type PageOutcome } from '../../outcome';
import { draftCookie, wayOut, type Survey } from './open-round';
import { pagePath } from './form-pages';

export function groupPage(_request: Request, survey: Survey): Outcome {
  const draft = survey.own?.draft;
  if (draft?.state === 'sending') return redirect(survey.path('/check'));
  return groupForm(survey, survey.language, draft?.state === 'open' ? draft.group : null);
}

function groupForm(survey: Survey, language: Language, chosen: string | null, missing = false): PageOutcome {
  const t = translator(language);
  const groups = groupsAsked(survey.questionnaire.instrument, survey.round);
  return page('survey/group', {
    language,
    title: t('survey:group.title'),
    unitName: survey.unitName,
    errors: missing ? [{ text: t('survey:group.missing'), href: '#group' }] : [],
    action: survey.path('/group'),
    startPath: survey.path(),
    languageForm: 'group-form',
    options: groups.map(({ code, name, hint }, index) => ({
      id: index === 0 ? 'group' : `group-${code}`,
      value: code,
      label: inLanguage(name, language),
      hint: hint && inLanguage(hint, language),
      checked: code === chosen,
    })),
  });
}

/** Begins a draft, or changes the group of the one that is there: answers that still fit stay. */
export async function chooseGroup(request: Request, survey: Survey): Promise<Outcome | Refusal> {
  const form = rawForm(request.body);
  const group = rawText(form, 'group');
  const asked = rawText(form, 'language');
  if (isLanguage(asked)) return withCookie(groupForm(survey, asked, group), languageCookie(asked));

  const groups = groupsAsked(survey.questionnaire.instrument, survey.round);
  if (!groups.some(({ code }) => code === group)) return groupForm(survey, survey.language, null, true);

  // What is being sent already must not be left behind for a new draft: it is not counted until it has its receipt.
  if (survey.own?.draft.state === 'sending') return redirect(survey.path('/check'));
  const { drafts } = survey.services.collection;
  const usable = survey.own?.draft.state === 'open' ? survey.own : null;
  const begun = usable ?? (await drafts.start(survey.round.id));
  if (isRefusal(begun)) return begun;
  const chosen = await drafts.chooseGroup(begun.token, group);
  if (isRefusal(chosen)) return wayOut(chosen, request, survey) ?? chosen;
  if (chosen.state === 'submitted') return redirect(survey.path('/receipt'));

  const first = survey.questionnaire.flow(chosen).pages[0];
  const onward = redirect(first ? pagePath(survey, first) : survey.path('/check'));
  return usable ? onward : withCookie(onward, draftCookie(survey.round, begun.token));
}
