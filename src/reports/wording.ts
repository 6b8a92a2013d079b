import { inLanguage, type Text } from '../definitions/instrument';
import { formatDate, formatList, formatNumber, formatPercent, formatSigned } from '../locales/formats';
import { translator, type Language } from '../locales/translate';
import { typeset } from '../locales/typography';
import { publishedPercent, publishedPoints, round2 } from '../shared/rounding';

/** Everything that turns figures into words of one language. All figures are rounded here, once (method §3). */
export interface Wording {
  readonly language: Language;
  /** Words of the namespace `report`. */
  say(key: string, parameters?: Readonly<Record<string, unknown>>): string;
  text(words: Text): string;
  /** A score as published: „2,43”. */
  score(value: number): string;
  /** Whole number. */
  count(value: number): string;
  /** Share of a whole as whole percent. */
  share(part: number, whole: number): string;
  points(from: number, to: number): string;
  /** The change of published figures: „+23 %”; null where the first is published as 0. */
  percent(from: number, to: number): string | null;
  interval(interval: readonly [number, number]): string;
  /** An interval that may go below 0: „od −0,12 do 0,58”. */
  span(interval: readonly [number, number]): string;
  /** A p value as published: „0,0312”; „< 0,0001” where it is published as 0. */
  probability(value: number): string;
  /** A statistic with so many decimals. */
  number(value: number, decimals: number): string;
  date(day: string): string;
  list(parts: readonly string[]): string;
  /** A name as it is written inside a Polish sentence: „pracownicy urzędu”, but „Rada Działalności …”. */
  inside(name: string): string;
  /** In the quotation marks of the language. */
  quote(words: string): string;
}

export function wordingOf(language: Language): Wording {
  const translate = translator(language);
  const score = (value: number) => formatNumber(round2(value), language, 2);
  return {
    language,
    say: (key, parameters) => typeset(translate(`report:${key}`, parameters), language),
    text: (words) => typeset(inLanguage(words, language), language),
    score,
    count: (value) => formatNumber(value, language, 0),
    share: (part, whole) => formatPercent(Math.round((100 * part) / whole), language),
    points: (from, to) => formatSigned(publishedPoints(from, to), language, 2),
    percent(from, to) {
      const percent = publishedPercent(from, to);
      if (percent === null) return null;
      const sign = percent > 0 ? '+' : percent < 0 ? '\u2212' : '';
      return `${sign}${formatPercent(Math.abs(percent), language)}`;
    },
    interval: ([low, high]) => `${score(low)}–${score(high)}`,
    span: ([low, high]) =>
      typeset(
        translate('report:span', { low: formatSigned(low, language, 2), high: formatSigned(high, language, 2) }),
        language,
      ),
    probability: (value) =>
      `${value < 0.00005 ? '<\u00a0' : ''}${formatNumber(value < 0.00005 ? 0.0001 : value, language, 4)}`,
    number: (value, decimals) => formatNumber(value, language, decimals),
    date: (day) => formatDate(day, language),
    list: (parts) => formatList(parts, language),
    // A name of several capitals is a proper name.
    inside: (name) => (language === 'pl' && !/^\p{Lu}\S*\s.*\p{Lu}|^\p{Lu}{2}/u.test(name) ? lowerFirst(name) : name),
    quote: (words) => (language === 'pl' ? `„${words}”` : `“${words}”`),
  };
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLocaleLowerCase('pl') + name.slice(1);
}
