import type { Comparison, Condition } from '../definitions/paper/condition';
import type { PaperLine } from '../definitions/paper/lines';
import { inLanguage } from '../definitions/instrument';
import { formatDate, formatList, formatNumber } from '../locales/formats';
import { translator, type Language } from '../locales/translate';

const comparisons: Readonly<Record<Comparison, string>> = {
  ...{ '<': 'less', '<=': 'most', '>': 'more', '>=': 'least', '==': 'exactly', '!=': 'other' },
};

/** „Tylko jeśli w pytaniu 2 zaznaczono „tak””: of whom a question on paper asks. Questions are named by their numbers. */
export function conditionWords(condition: Condition, lines: readonly PaperLine[], language: Language): string {
  const t = translator(language);
  const say = (key: string, parameters: Readonly<Record<string, unknown>>) =>
    t(`handouts:condition.${key}`, parameters);
  const lineOf = (code: string) => lines.find(({ question }) => question.code === code);

  function words(one: Condition): string {
    switch (one.kind) {
      case 'all':
        return together(one.of) ?? one.of.map(words).join(t('handouts:condition.and'));
      case 'any':
        return one.of.map(words).join(t('handouts:condition.or'));
      case 'yes':
        return say('chosen', { ...place(one.question), answer: t(one.not ? 'survey:no' : 'survey:yes'), count: 1 });
      case 'answered':
        return say(one.not ? 'notAnswered' : 'answered', place(one.question));
      case 'chosen':
        return say(one.not ? 'notChosen' : 'chosen', { ...place(one.question), answer: choices(one) });
      case 'count': {
        const key = `count.${comparisons[one.operator]}`;
        return say(key, { ...place(one.question), count: Number(one.value) });
      }
      case 'compared':
        return say(`compared.${comparisons[one.operator]}`, { ...place(one.question), value: valueWords(one.value) });
      case 'depends': {
        const numbers = one.questions.flatMap((code) => lineOf(code)?.number ?? []).map(String);
        return say('depends', { questions: formatList(numbers, language), count: numbers.length });
      }
    }
  }

  /** „co najmniej 2 odpowiedzi inne niż „żadna z nich””: two conditions of one question that say one thing. */
  function together([first, second, ...others]: readonly Condition[]): string | null {
    if (first?.kind !== 'chosen' || !first.not || second?.kind !== 'count' || others.length > 0) return null;
    if (first.question !== second.question || second.operator !== '>=') return null;
    return say('leastOther', { ...place(first.question), answer: choices(first), count: Number(second.value) });
  }

  const place = (code: string) => ({ number: lineOf(code)?.number ?? '–' });
  function choices({ question: code, codes }: Extract<Condition, { kind: 'chosen' }>): string {
    const question = lineOf(code)?.question;
    const named = codes.map((one) => {
      const choice =
        question && 'choices' in question ? question.choices.find((option) => option.code === one) : undefined;
      return choice ? inLanguage(choice.text, language) : one;
    });
    return named.join(t('handouts:condition.between'));
  }
  function valueWords(value: number | string): string {
    return typeof value === 'number' ? formatNumber(value, language, undefined) : formatDate(value, language);
  }

  return t('handouts:condition.only', { condition: words(condition) });
}
