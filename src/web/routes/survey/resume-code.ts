import type { Request } from 'express';
import { shownResumeCode } from '../../../collection/resume-codes';
import { translator } from '../../../locales/translate';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { page, redirect, type Outcome } from '../../outcome';
import { siteAddress } from '../../site-address';
import { firstUnfinished, openDraft, startOver } from './form-pages';
import { wayOut, type Survey } from './open-round';

/** The code to go on with elsewhere: offered, or shown again to whoever has taken it. */
export async function codePage(request: Request, survey: Survey): Promise<Outcome> {
  if (survey.own?.draft.state !== 'open') return redirect(startOver(survey));
  return showCode(request, survey, false);
}

async function showCode(request: Request, survey: Survey, busy: boolean): Promise<Outcome> {
  const { language, own, round, services } = survey;
  const t = translator(language);
  const code = own?.draft.state === 'open' ? own.draft.resumeCode : null;
  const made = page('survey/code', {
    title: t('survey:code.title'),
    unitName: await survey.unitName(),
    errors: busy ? [{ text: t('survey:code.busy'), href: '#take' }] : [],
    address: survey.path('/code'),
    action: survey.path('/code'),
    backPath: firstUnfinished(survey),
    code: code && shownResumeCode(code),
    resumeAddress: `${siteAddress(request, services.baseUrl)}${survey.path()}`,
    closesOn: round.closesOn,
    scripts: ['staff.js'],
  });
  return busy ? { ...made, status: 503 } : made;
}

export async function takeCode(request: Request, survey: Survey): Promise<Outcome | Refusal> {
  const draft = openDraft(survey);
  if (draft === null) return redirect(startOver(survey));
  const taken = await survey.services.collection.drafts.takeCode(draft.token);
  if (!isRefusal(taken)) return redirect(survey.path('/code'));
  return taken.refused === 'busy' ? showCode(request, survey, true) : ((await wayOut(taken, request, survey)) ?? taken);
}

/** Where a draft stands now, for a browser that has just got hold of it. */
export function goOn(_request: Request, survey: Survey): Outcome {
  return redirect(openDraft(survey) === null ? startOver(survey) : firstUnfinished(survey));
}
