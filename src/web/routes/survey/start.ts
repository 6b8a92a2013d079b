import type { Request } from 'express';
import { translator } from '../../../locales/translate';
import { page, type Outcome } from '../../outcome';
import type { Survey } from './open-round';
import { groupsByLink, usesCodes } from './choose-group';
import { firstUnfinished } from './form-pages';
import { heldTicket } from './ticket';

/** Who asks, why, how long it takes, what is stored and what is not. */
export async function startPage(request: Request, survey: Survey): Promise<Outcome> {
  const { language, round, unitName, questionnaire, own } = survey;
  const t = translator(language);
  const begun = own?.draft.state === 'open' && own.draft.group !== null;
  const byTicket = own?.draft.state === 'open' && own.draft.ticket !== null;
  const sending = own?.draft.state === 'sending';
  const held = await heldTicket(request, survey);
  const byLink = groupsByLink(survey).length > 0;
  return page('survey/start', {
    title: t('survey:start.title'),
    unitName,
    minutes: questionnaire.instrument.forms[round.form]?.minutes,
    closesOn: round.closesOn,
    assessedYear: round.assessedYear,
    followUp: round.name === 'follow-up',
    k: round.thresholds?.k,
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
  });
}
