import type { Request } from 'express';
import { translator } from '../../../locales/translate';
import { isRefusal } from '../../../shared/errors';
import { rawForm, rawText } from '../../forms/raw';
import { page, redirect, withCookie, type Outcome } from '../../outcome';
import { draftCookie, type Survey } from './open-round';

type Fault = 'missing' | 'malformed' | 'unknown' | 'busy';

/** Where somebody who has begun elsewhere types the code that they took there. */
export function resumePage(_request: Request, survey: Survey): Promise<Outcome> {
  return resumeForm(survey, '', null);
}

async function resumeForm(survey: Survey, typed: string, fault: Fault | null): Promise<Outcome> {
  const t = translator(survey.language);
  const made = page('survey/resume', {
    title: t('survey:resume.title'),
    unitName: await survey.unitName(),
    errors: fault === null ? [] : [{ text: t(`survey:resume.${fault}`), href: '#code' }],
    address: survey.path('/resume'),
    action: survey.path('/resume'),
    startPath: survey.path(),
    typed,
    leaves: survey.own?.draft.state === 'open' && survey.own.draft.resumeCode === null,
  });
  return fault === 'busy' ? { ...made, status: 503 } : made;
}

/** The draft goes on in this browser too; it stays in the other one. */
export async function resumeDraft(request: Request, survey: Survey): Promise<Outcome> {
  const { round, services } = survey;
  const typed = rawText(rawForm(request.body), 'code').trim();
  if (typed === '') return resumeForm(survey, '', 'missing');
  const found = await services.collection.drafts.resume(round.id, typed);
  if (!isRefusal(found)) return withCookie(redirect(survey.path('/go-on')), draftCookie(round, found.token));
  survey.countMisuse(found.refused === 'busy' ? 'turned-away' : 'wrong-code');
  return resumeForm(survey, typed, faults[found.refused]);
}

const faults = { 'code-malformed': 'malformed', 'code-unknown': 'unknown', busy: 'busy' } as const;
