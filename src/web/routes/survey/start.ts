import type { Request } from 'express';
import { groupsAsked } from '../../../assessment/asking-plan';
import { wayOf } from '../../../assessment/round';
import { translator } from '../../../locales/translate';
import { page, type Outcome } from '../../outcome';
import { roundClause } from '../../view-models/round-clause';
import type { Survey } from './open-round';
import { groupsByLink, usesCodes } from './choose-group';
import { firstUnfinished } from './form-pages';
import { heldTicket } from './ticket';

/** Who asks, why, how long it takes, what is stored and what is not. */
export async function startPage(request: Request, survey: Survey): Promise<Outcome> {
  const { language, round, services, questionnaire, own } = survey;
  const t = translator(language);
  const begun = own?.draft.state === 'open' && own.draft.group !== null;
  const byTicket = own?.draft.state === 'open' && own.draft.ticket !== null;
  const sending = own?.draft.state === 'sending';
  const held = await heldTicket(request, survey);
  const byLink = groupsByLink(survey).length > 0;
  const group = held?.ticket.group ?? (own?.draft.state === 'open' && byTicket ? own.draft.group : null);
  const coded = groupsAsked(questionnaire.instrument, round).find(({ code }) => wayOf(round, code) !== 'link');
  // Whoever came by a code is told of codes; without one the open link speaks, where the round has it.
  const way = group !== null ? wayOf(round, group) : byLink || !coded ? 'link' : wayOf(round, coded.code);
  const clause = await roundClause(services, round, questionnaire.instrument, [way], language);
  const named = (name: string) => clause.parts.find((part) => part.name === name);
  return page('survey/start', {
    title: t('survey:start.title'),
    unitName: await survey.unitName(),
    minutes: questionnaire.instrument.forms[round.form]?.minutes,
    closesOn: round.closesOn,
    assessedYear: round.assessedYear,
    followUp: round.name === 'follow-up',
    stored: named('stored'),
    notStored: named('notStored'),
    clause: { ...clause, parts: clause.parts.filter(({ name }) => name !== 'stored' && name !== 'notStored') },
    groupPath: survey.path('/group'),
    resumePath: begun ? firstUnfinished(survey) : sending ? survey.path('/check') : null,
    anewPath: survey.path('/anew'),
    byTicket,
    sending,
    sent: own?.draft.state === 'submitted',
    ticket: held && { state: held.ticket.state, group: held.groupName, beginPath: survey.path('/begin') },
    byLink,
    cardPath: usesCodes(survey) ? survey.path('/card') : null,
    codePath: survey.path('/resume'),
    // Comes while this page is read, so that the first questions need not wait for it.
    nextScripts: ['survey.js'],
  });
}
