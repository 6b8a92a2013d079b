import type { Request } from 'express';
import { translator } from '../../../locales/translate';
import { page, redirect, withCookie, type Outcome } from '../../outcome';
import { noDraftCookie, type Survey } from './open-round';
import { firstUnfinished } from './form-pages';

/** Asks whether what this browser holds of somebody's answers may go. */
export async function anewPage(_request: Request, survey: Survey): Promise<Outcome> {
  if (survey.own?.draft.state === 'sending') return redirect(survey.path('/check'));
  if (survey.own?.draft.state !== 'open') return redirect(survey.path('/group'));
  return page('survey/anew', {
    title: translator(survey.language)('survey:anew.title'),
    unitName: await survey.unitName(),
    action: survey.path('/anew'),
    backPath: firstUnfinished(survey),
  });
}

/** Takes the answers out of the store and their key out of the browser, so that nobody can go back to them. */
export async function beginAnew(_request: Request, survey: Survey): Promise<Outcome> {
  const { own, services } = survey;
  // What is being sent already is not counted until it has its receipt: it must not be left behind.
  if (own !== null && !(await services.collection.drafts.discard(own.token))) return redirect(survey.path('/check'));
  return withCookie(redirect(survey.path('/group')), noDraftCookie(survey.round));
}
