import type { Request } from 'express';
import { translator } from '../../../locales/translate';
import { page, type Outcome } from '../../outcome';
import type { Survey } from './open-round';
import { firstUnfinished } from './form-pages';

/** Who asks, why, how long it takes, what is stored and what is not. */
export function startPage(_request: Request, survey: Survey): Outcome {
  const { language, round, unitName, questionnaire, own } = survey;
  const t = translator(language);
  const begun = own?.draft.state === 'open' && own.draft.group !== null;
  const sending = own?.draft.state === 'sending';
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
    sending,
    sent: own?.draft.state === 'submitted',
  });
}
