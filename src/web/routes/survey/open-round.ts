import type { Request } from 'express';
import type { Draft } from '../../../collection/drafts';
import type { Questionnaire } from '../../../collection/questionnaire';
import type { Round } from '../../../assessment/round';
import { translator, type Language } from '../../../locales/translate';
import { Failure, type Refusal } from '../../../shared/errors';
import { readCookie } from '../../cookies';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, redirect, type Cookie, type Outcome } from '../../outcome';
import type { Services } from '../../services';

/** One respondent's request within an open round. */
export interface Survey {
  readonly services: Services;
  readonly language: Language;
  readonly round: Round;
  readonly unitName: string;
  readonly questionnaire: Questionnaire;
  /** The draft of this browser in this round, with its token; null where there is none. */
  readonly own: { readonly token: string; readonly draft: Draft } | null;
  /** Paths of this survey, to its start where left out. */
  path(rest?: string): string;
}

export type SurveyHandler = (request: Request, survey: Survey) => Outcome | Refusal | Promise<Outcome | Refusal>;

/** Lets only requests to an open round through; the others get the page that says why not. */
export function withOpenRound(services: Services): (handler: SurveyHandler) => Handler {
  return (handler) => async (request) => {
    const found = await findRound(services, request);
    if (found === null) return unknownSurvey(request);
    const { round, unitName } = found;
    if (request.params['code'] !== round.linkCode) return redirect(surveyPath(round));
    if (round.status === 'draft') return notYetOpen(request, round, unitName);
    if (round.status !== 'open') return closed(request, unitName);
    const questionnaire = await services.collection.questionnaires.of(round);
    const own = await ownDraft(services, request, round);
    const path = (rest = ''): string => `${surveyPath(round)}${rest}`;
    return handler(request, { services, language: languageOf(request), round, unitName, questionnaire, own, path });
  };
}

export async function findRound(
  services: Services,
  request: Request,
): Promise<{ readonly round: Round; readonly unitName: string } | null> {
  const { assessments, rounds, units } = services.assessment;
  // Whoever copies a code from paper types it as it comes; the draft's cookie knows one way of writing it.
  const round = await rounds.byLinkCode(String(request.params['code']).toLowerCase());
  if (round === null) return null;
  const assessment = await assessments.get(round.assessmentId);
  const unit = assessment && (await units.get(assessment.unitId));
  if (!unit) throw new Failure('unit-missing', 'The unit of a round is gone.');
  return { round, unitName: unit.name };
}

export async function ownDraft(services: Services, request: Request, round: Round): Promise<Survey['own']> {
  const token = readCookie(request, 'draft');
  if (token === null) return null;
  const draft = await services.collection.drafts.read(token);
  return draft?.roundId === round.id ? { token, draft } : null;
}

/** Given to the respondent's browser until it is closed, and sent back to this survey's pages only. */
export function draftCookie(round: Round, token: string): Cookie {
  return { name: 'draft', value: token, path: surveyPath(round) };
}

/** Takes the draft's key out of the browser. */
export function noDraftCookie(round: Round): Cookie {
  return draftCookie(round, '');
}

export function surveyPath(round: Round): string {
  return `/survey/${round.linkCode}`;
}

/** A refusal that the respondent can do something about, as the page to go to; null where it is another one. */
export function wayOut({ refused }: Refusal, request: Request, survey: Survey): Outcome | null {
  if (refused === 'draft-unknown') return redirect(survey.path());
  if (refused === 'draft-sent') return redirect(survey.path('/check'));
  return refused === 'round-closed' ? closed(request, survey.unitName) : null;
}

function unknownSurvey(request: Request): Outcome {
  return page('survey/unknown', { title: translator(languageOf(request))('survey:unknown.title') }, 404);
}

function notYetOpen(request: Request, { opensOn }: Round, unitName: string): Outcome {
  return page(
    'survey/not-yet',
    { title: translator(languageOf(request))('survey:notYet.title'), unitName, opensOn },
    403,
  );
}

function closed(request: Request, unitName: string): Outcome {
  return page('survey/closed', { title: translator(languageOf(request))('survey:closed.title'), unitName }, 410);
}
