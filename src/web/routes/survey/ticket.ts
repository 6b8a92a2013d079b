import type { Request } from 'express';
import { groupsAsked } from '../../../assessment/asking-plan';
import { readCode, type Code } from '../../../collection/code';
import type { Ticket } from '../../../collection/tickets';
import { inLanguage } from '../../../definitions/instrument';
import { translator } from '../../../locales/translate';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { readCookie } from '../../cookies';
import { rawForm, rawText } from '../../forms/raw';
import type { Handler } from '../../handle';
import { page, redirect, withCookie, type Cookie, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { firstUnfinished, pagePath } from './form-pages';
import { draftCookie, findRound, surveyPath, unknownSurvey, wayOut, type Survey } from './open-round';

/** A card's or an invitation's code that this browser came with, and has not begun with yet. */
export interface HeldTicket {
  readonly code: Code;
  readonly ticket: Ticket;
  readonly groupName: string;
}

/** Until the browser is closed or a draft begun; sent back to this survey's pages only. */
function ticketCookie(linkCode: string, code: Code | ''): Cookie {
  return { name: 'ticket', value: code, path: surveyPath({ linkCode }) };
}

/** The ticket of this browser; null where it came without one, or with one that is none of this round. */
export async function heldTicket(request: Request, survey: Survey): Promise<HeldTicket | null> {
  const { language, questionnaire, round, services } = survey;
  const carried = readCookie(request, 'ticket') ?? '';
  const code = readCode(carried);
  const ticket = code && (await services.collection.tickets.ofCode(round.id, code));
  if (carried !== '' && !ticket) survey.countMisuse('wrong-code');
  if (!code || !ticket) return null;
  const group = groupsAsked(questionnaire.instrument, round).find(({ code: one }) => one === ticket.group);
  return { code, ticket, groupName: group ? inLanguage(group.name, language) : '' };
}

/**
 * The link of an invitation or of the code in the corner of a card. Whoever opens it, a scanner of letters too, changes
 * nothing: the code goes into the browser, and the address that follows is without it.
 */
export function ticketLink(services: Services): Handler {
  return async (request) => {
    const round = await findRound(services, request);
    if (round === null) return unknownSurvey(request);
    const code = readCode(String(request.params['ticket']));
    const onward = redirect(code === null ? `${surveyPath(round)}/card?slip` : surveyPath(round));
    return {
      ...(code === null ? onward : withCookie(onward, ticketCookie(round.linkCode, code))),
      secretAddress: true,
    };
  };
}

export function cardPage(request: Request, survey: Survey): Promise<Outcome> {
  const slip = request.query['slip'] !== undefined;
  if (slip) survey.countMisuse('wrong-code');
  return cardForm(survey, '', slip ? 'malformed' : null);
}

async function cardForm(
  survey: Survey,
  typed: string,
  fault: 'missing' | 'malformed' | 'unknown' | null,
): Promise<Outcome> {
  const t = translator(survey.language);
  return page('survey/card', {
    title: t('survey:card.title'),
    unitName: await survey.unitName(),
    errors: fault === null ? [] : [{ text: t(`survey:card.${fault}`), href: '#code' }],
    address: survey.path('/card'),
    action: survey.path('/card'),
    startPath: survey.path(),
    typed,
  });
}

/** Somebody has typed the code of a card. */
export async function enterCard(request: Request, survey: Survey): Promise<Outcome> {
  const typed = rawText(rawForm(request.body), 'code').trim();
  if (typed === '') return cardForm(survey, '', 'missing');
  const code = readCode(typed);
  const ticket = code && (await survey.services.collection.tickets.ofCode(survey.round.id, code));
  if (code === null || ticket === null || ticket.state === 'void') {
    survey.countMisuse('wrong-code');
    return cardForm(survey, typed, code === null ? 'malformed' : 'unknown');
  }
  return withCookie(redirect(survey.path()), ticketCookie(survey.round.linkCode, code));
}

/** Begins the draft of whoever holds a ticket. */
export async function beginWithTicket(request: Request, survey: Survey): Promise<Outcome | Refusal> {
  const { own, questionnaire, round, services } = survey;
  const held = await heldTicket(request, survey);
  if (held === null) return redirect(survey.path());
  if (own?.draft.state === 'sending') return redirect(survey.path('/check'));
  if (own?.draft.state === 'open') {
    // Two people at one computer: what the other one has begun is not thrown away without a question.
    return redirect(own.draft.ticket === held.ticket.id ? firstUnfinished(survey) : survey.path('/anew'));
  }
  const begun = await services.collection.drafts.startWith(round.id, held.code);
  if (isRefusal(begun)) {
    if (begun.refused === 'ticket-used') survey.countMisuse('used-code');
    return begun.refused.startsWith('ticket-')
      ? redirect(survey.path())
      : ((await wayOut(begun, request, survey)) ?? begun);
  }
  const [first] = questionnaire.flow({ group: held.ticket.group, answers: {} }).pages;
  const onward = redirect(first ? pagePath(survey, first) : survey.path('/check'));
  return withCookie(withCookie(onward, draftCookie(round, begun.token)), ticketCookie(round.linkCode, ''));
}
