import { isSpecial, otherKey, type Answers } from '../../definitions/answers';
import { inLanguage, type FactField, type Instrument, type Question, type Text } from '../../definitions/instrument';
import { formatDate, formatMoney, formatNumber, formatPercent } from '../../locales/formats';
import { translator, type Language } from '../../locales/translate';
import { typeset } from '../../locales/typography';

/** An answer in words, one line for each thing chosen; empty where there is none. */
export function answerWords(
  instrument: Instrument,
  question: Question | FactField,
  answers: Answers,
  language: Language,
): string[] {
  const answer = answers[question.code];
  const t = translator(language);
  const say = (text: Text): string => typeset(inLanguage(text, language), language);
  if (answer === undefined) return [];
  if (isSpecial(answer)) return [t(`survey:special.${answer.special}`)];
  switch (question.type) {
    case 'rating': {
      const word = instrument.scale?.points[String(answer)];
      return [word ? `${String(answer)} – ${say(word)}` : String(answer)];
    }
    case 'yes-no':
      return [t(answer === true ? 'survey:yes' : 'survey:no')];
    case 'single-choice':
    case 'multiple-choice':
    case 'ranking': {
      const words = answers[otherKey(question.code)];
      return [answer].flat().map((code, index) => {
        const choice = question.choices.find((one) => one.code === code);
        const label = choice ? say(choice.text) : String(code);
        const whole = choice?.other && typeof words === 'string' ? `${label}: ${words}` : label;
        return question.type === 'ranking' ? `${index + 1}. ${whole}` : whole;
      });
    }
    case 'number':
      return [
        [formatNumber(Number(answer), language, undefined), question.unit && say(question.unit)]
          .filter(Boolean)
          .join('\u00a0'),
      ];
    case 'percent':
      return [formatPercent(Number(answer), language, Number.isInteger(answer) ? 0 : 1)];
    case 'money':
      return [formatMoney(Number(answer), language)];
    case 'date':
      return [formatDate(String(answer), language)];
    case 'short-text':
    case 'long-text':
      return String(answer).split('\n');
  }
}
