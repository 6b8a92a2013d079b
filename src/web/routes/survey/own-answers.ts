import type { Request } from 'express';
import { groupsAsked } from '../../../assessment/asking-plan';
import { inLanguage, wordingFor } from '../../../definitions/instrument';
import { translator } from '../../../locales/translate';
import { file, redirect, type Outcome } from '../../outcome';
import { answerWords } from '../../view-models/answer-words';
import { questionsOf, startOver } from './form-pages';
import type { Survey } from './open-round';

/** What somebody has answered, as a text file to keep: once it is sent, nothing here can show it again. */
export async function ownAnswersFile(_request: Request, survey: Survey): Promise<Outcome> {
  const { language, own, questionnaire, round } = survey;
  if (own === null || own.draft.state === 'submitted' || own.draft.group === null) return redirect(startOver(survey));
  const { group, answers } = own.draft;
  const { instrument } = questionnaire;
  const t = translator(language);
  const flow = questionnaire.flow({ group, answers });
  const chosen = groupsAsked(instrument, round).find(({ code }) => code === group);
  const lines = [
    t('survey:start.title'),
    await survey.unitName(),
    `${t('survey:check.group')}: ${chosen ? inLanguage(chosen.name, language) : ''}`,
    t('survey:own.notSent'),
    ...flow.pages.flatMap((part) => [
      '',
      inLanguage(part.title, language).toLocaleUpperCase(language),
      ...questionsOf(survey, part)
        .filter(({ code }) => flow.visible.has(code))
        .flatMap((question) => {
          const words = answerWords(instrument, question, flow.answers, language);
          const said = words.length > 0 ? words : [t('survey:check.none')];
          return ['', inLanguage(wordingFor(question, group).text, language), ...said.map((line) => `  ${line}`)];
        }),
    ]),
    '',
  ];
  // Windows' own editor reads UTF-8 by its mark, and lines by both signs.
  const text = `\ufeff${lines.join('\r\n').replaceAll('\u00a0', ' ')}`;
  return file(t('survey:own.file'), 'text/plain; charset=utf-8', text);
}
