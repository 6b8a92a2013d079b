import type { Request } from 'express';
import type { Draft } from '../../../collection/draft';
import { roundOfToken } from '../../../collection/draft-cipher';
import type { MisuseKind } from '../../../collection/misuse-counts';
import type { Questionnaire } from '../../../collection/questionnaire';
import { takesAnswers, type Round } from '../../../assessment/round';
import { formatTime } from '../../../locales/formats';
import { translator, type Language } from '../../../locales/translate';
import { Failure, isRefusal, type Refusal } from '../../../shared/errors';
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
  readonly questionnaire: Questionnaire;
  /** The draft of this browser in this round, with its token; null where there is none. */
  readonly own: { readonly token: string; readonly draft: Draft } | null;
  /** The name of the unit whose round it is. */
  unitName(): Promise<string>;
  /** Paths of this survey, to its start where left out. */
  path(rest?: string): string;
  /** Staff see how much of what the pages do not send has come: a number, nothing of whom it came from. */
  countMisuse(kind: MisuseKind): void;
}

export type SurveyHandler = (request: Request, survey: Survey) => Outcome | Refusal | Promise<Outcome | Refusal>;

/**
 * Lets only requests to an open round through; the others get the page that says why not.
 *
 * @param forThoseWhoHaveBegun the page leads people to a draft of theirs that this browser does not hold yet
 */
export function withOpenRound(
  services: Services,
): (handler: SurveyHandler, forThoseWhoHaveBegun?: 'begun elsewhere') => Handler {
  return (handler, forThoseWhoHaveBegun) => async (request) => {
    const round = await findRound(services, request);
    if (round === null) return unknownSurvey(request);
    const unitName = () => unitNameOf(services, round);
    if (request.params['code'] !== round.linkCode) return redirect(surveyPath(round));
    if (round.status === 'draft') return notYetOpen(request, round, await unitName());
    if (!takesAnswers(round)) return closedPage(request, round, await unitName());
    const [own, questionnaire] = await Promise.all([
      ownDraft(services, request, round),
      services.collection.questionnaires.of(round),
    ]);
    // While it closes, only who has begun may go on.
    if (round.status === 'closing' && !own && !forThoseWhoHaveBegun) {
      return closedPage(request, round, await unitName());
    }
    const path = (rest = ''): string => `${surveyPath(round)}${rest}`;
    const countMisuse = (kind: MisuseKind) => services.collection.misuse.add(round.id, kind);
    if (own === null && isOfAnotherRound(request, round)) countMisuse('other-round');
    const survey = { services, language: languageOf(request), round, unitName, questionnaire, own, path, countMisuse };
    const outcome = await handler(request, survey);
    return isRefusal(outcome) ? outcome : withClosingNote(survey, outcome);
  };
}

export function findRound(services: Services, request: Request): Promise<Round | null> {
  // Whoever copies a code from paper types it as it comes; the draft's cookie knows one way of writing it.
  return services.assessment.rounds.byLinkCode(String(request.params['code']).toLowerCase());
}

export async function unitNameOf({ assessment: { assessments, units } }: Services, round: Round): Promise<string> {
  const assessment = await assessments.get(round.assessmentId);
  const unit = assessment && (await units.get(assessment.unitId));
  if (!unit) throw new Failure('unit-missing', 'The unit of a round is gone.');
  return unit.name;
}

function isOfAnotherRound(request: Request, round: Round): boolean {
  const token = readCookie(request, 'draft');
  const named = token === null ? null : roundOfToken(token);
  return named !== null && named !== round.id;
}

export async function ownDraft(services: Services, request: Request, round: Round): Promise<Survey['own']> {
  const token = readCookie(request, 'draft');
  if (token === null) return null;
  const draft = await services.collection.drafts.readIn(round, token);
  return draft && { token, draft };
}

/** Given to the respondent's browser until it is closed, and sent back to this survey's pages only. */
export function draftCookie(round: Round, token: string): Cookie {
  return { name: 'draft', value: token, path: surveyPath(round) };
}

/** Takes the draft's key out of the browser. */
export function noDraftCookie(round: Round): Cookie {
  return draftCookie(round, '');
}

export function surveyPath(round: Pick<Round, 'linkCode'>): string {
  return `/survey/${round.linkCode}`;
}

/** A refusal that the respondent can do something about, as the page to go to; null where it is another one. */
export async function wayOut({ refused }: Refusal, request: Request, survey: Survey): Promise<Outcome | null> {
  if (refused === 'draft-unknown' || refused === 'draft-sent') survey.countMisuse('old-form');
  if (refused === 'draft-unknown') return redirect(survey.path());
  if (refused === 'draft-sent') return redirect(survey.path('/check'));
  return refused === 'round-closed' ? closedPage(request, survey.round, await survey.unitName()) : null;
}

export function unknownSurvey(request: Request): Outcome {
  return page('survey/unknown', { title: translator(languageOf(request))('survey:unknown.title') }, 404);
}

function notYetOpen(request: Request, { opensOn }: Round, unitName: string): Outcome {
  return page(
    'survey/not-yet',
    { title: translator(languageOf(request))('survey:notYet.title'), unitName, opensOn },
    403,
  );
}

function closedPage(request: Request, round: Round, unitName: string): Outcome {
  const title = translator(languageOf(request))('survey:closed.title');
  // Who has begun on another device may still finish.
  const resumePath = round.status === 'closing' ? `${surveyPath(round)}/resume` : null;
  return page('survey/closed', { title, unitName, resumePath, until: closingTime(round, languageOf(request)) }, 410);
}

/** Every page of somebody who has begun says until when it can be finished, once closing has begun. */
function withClosingNote({ round, language }: Survey, outcome: Outcome): Outcome {
  if (outcome.kind !== 'page' || round.status !== 'closing') return outcome;
  return { ...outcome, model: { ...outcome.model, closingUntil: closingTime(round, language) } };
}

/** „14.30” on the clocks of Warsaw; null where closing has not begun. */
function closingTime({ status, closingUntil }: Round, language: Language): string | null {
  return status === 'closing' && closingUntil !== undefined ? formatTime(new Date(closingUntil), language) : null;
}
