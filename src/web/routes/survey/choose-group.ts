import type { Request } from 'express';
import { groupsAsked, type AskedGroup } from '../../../assessment/asking-plan';
import { wayOf } from '../../../assessment/round';
import { inLanguage } from '../../../definitions/instrument';
import { isLanguage, translator, type Language } from '../../../locales/translate';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { rawForm, rawText } from '../../forms/raw';
import { languageCookie } from '../../language';
import { page, redirect, withCookie, type Outcome, type PageOutcome } from '../../outcome';
import { draftCookie, wayOut, type Survey } from './open-round';
import { firstUnfinished, pagePath } from './form-pages';
import { heldTicket } from './ticket';

export async function groupPage(request: Request, survey: Survey): Promise<Outcome> {
  const draft = survey.own?.draft;
  if (draft?.state === 'sending') return redirect(survey.path('/check'));
  // A ticket settles the group.
  if (draft?.state === 'open' && draft.ticket !== null) return redirect(firstUnfinished(survey));
  if ((await heldTicket(request, survey))?.ticket.state === 'free') return redirect(survey.path());
  if (groupsByLink(survey).length === 0) return redirect(survey.path('/card'));
  return groupForm(survey, survey.language, draft?.state === 'open' ? draft.group : null);
}

async function groupForm(
  survey: Survey,
  language: Language,
  chosen: string | null,
  missing = false,
): Promise<PageOutcome> {
  const t = translator(language);
  const groups = groupsByLink(survey);
  return page('survey/group', {
    language,
    title: t('survey:group.title'),
    unitName: await survey.unitName(),
    errors: missing ? [{ text: t('survey:group.missing'), href: '#group' }] : [],
    action: survey.path('/group'),
    startPath: survey.path(),
    languageForm: 'group-form',
    cardPath: usesCodes(survey) ? survey.path('/card') : null,
    options: groups.map(({ code, name, hint }, index) => ({
      id: index === 0 ? 'group' : `group-${code}`,
      value: code,
      label: inLanguage(name, language),
      hint: hint && inLanguage(hint, language),
      checked: code === chosen,
    })),
  });
}

/** The groups that answer by the open link. */
export function groupsByLink({ questionnaire, round }: Survey): readonly AskedGroup[] {
  return groupsAsked(questionnaire.instrument, round).filter(({ code }) => wayOf(round, code) === 'link');
}

/** Whether some group answers by codes that can be typed. */
export function usesCodes({ questionnaire, round }: Survey): boolean {
  return groupsAsked(questionnaire.instrument, round).some(({ code }) => wayOf(round, code) !== 'link');
}

/** Begins a draft, or changes the group of the one that is there: answers that still fit stay. */
export async function chooseGroup(request: Request, survey: Survey): Promise<Outcome | Refusal> {
  const form = rawForm(request.body);
  const group = rawText(form, 'group');
  const asked = rawText(form, 'language');
  if (isLanguage(asked)) return withCookie(await groupForm(survey, asked, group), languageCookie(asked));

  const groups = groupsByLink(survey);
  if (!groups.some(({ code }) => code === group)) return groupForm(survey, survey.language, null, true);

  // What is being sent already must not be left behind for a new draft: it is not counted until it has its receipt.
  if (survey.own?.draft.state === 'sending') return redirect(survey.path('/check'));
  if (survey.own?.draft.state === 'open' && survey.own.draft.ticket !== null) return redirect(firstUnfinished(survey));
  const { drafts } = survey.services.collection;
  const usable = survey.own?.draft.state === 'open' ? survey.own : null;
  const begun = usable ?? (await drafts.start(survey.round.id));
  if (isRefusal(begun)) return begun;
  const chosen = await drafts.chooseGroup(begun.token, group);
  if (isRefusal(chosen)) return (await wayOut(chosen, request, survey)) ?? chosen;
  if (chosen.state === 'submitted') return redirect(survey.path('/receipt'));

  const first = survey.questionnaire.flow(chosen).pages[0];
  const onward = redirect(first ? pagePath(survey, first) : survey.path('/check'));
  return usable ? onward : withCookie(onward, draftCookie(survey.round, begun.token));
}
