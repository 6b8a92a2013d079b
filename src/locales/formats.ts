import { dayOf } from '../shared/clock';
import { remembered } from '../shared/remember';
import type { Language } from './translate';

/** Formats as people of a language write them: Polish decimal comma, non-breaking spaces, days in words. */
const locales: Record<Language, string> = { pl: 'pl-PL', en: 'en-GB' };

/** 2.5 → „2,5”; `decimals` fixes how many places are shown, otherwise at most 2 and no trailing zeros. */
export function formatNumber(value: number, language: Language, decimals?: number): string {
  return numberFormat(language, decimals ?? 0, decimals ?? 2).format(value);
}

const numberFormat = remembered(
  (language: Language, minimumFractionDigits: number, maximumFractionDigits: number) =>
    new Intl.NumberFormat(locales[language], { minimumFractionDigits, maximumFractionDigits }),
  (...options) => options.join(' '),
);

/** Whole percent: 62 → „62%” in English, „62 %” with a non-breaking space in Polish. */
export function formatPercent(value: number, language: Language, decimals = 0): string {
  return `${formatNumber(value, language, decimals)}${language === 'pl' ? '\u00a0%' : '%'}`;
}

/** A difference with its sign (a true minus): 1.13 → „+1,13”; 0 stays „0”. */
export function formatSigned(value: number, language: Language, decimals?: number): string {
  const size = formatNumber(Math.abs(value), language, decimals);
  if (Number(value.toFixed(decimals ?? 2)) === 0) return size;
  return `${value > 0 ? '+' : '\u2212'}${size}`;
}

/** A sum of money in złoty. */
export function formatMoney(value: number, language: Language): string {
  const decimals = Number.isInteger(value) ? 0 : 2;
  return language === 'pl'
    ? `${formatNumber(value, language, decimals)}\u00a0zł`
    : `PLN\u00a0${formatNumber(value, language, decimals)}`;
}

const dayFormat = remembered(
  (language: Language, style: 'long' | 'short') => {
    const month = style === 'long' ? 'long' : '2-digit';
    const dayOfMonth = style === 'long' ? 'numeric' : '2-digit';
    return new Intl.DateTimeFormat(locales[language], { day: dayOfMonth, month, year: 'numeric', timeZone: 'UTC' });
  },
  (...options) => options.join(' '),
);

/** A calendar day `YYYY-MM-DD` in words: „1 marca 2026”, “1 March 2026”; with `short`, „01.03.2026”. */
export function formatDate(day: string, language: Language, style: 'long' | 'short' = 'long'): string {
  const text = dayFormat(language, style).format(new Date(`${day}T00:00:00Z`));
  return style === 'long' ? text.replaceAll(' ', '\u00a0') : text;
}

const monthFormat = remembered(
  (language: Language) =>
    new Intl.DateTimeFormat(locales[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  (language) => language,
);

/** A day in words, or of `YYYY-MM` the month: „czerwiec 2026”, “June 2026”. */
export function formatDayOrMonth(day: string, language: Language): string {
  if (day.length === 10) return formatDate(day, language);
  return monthFormat(language)
    .format(new Date(`${day}-01T00:00:00Z`))
    .replaceAll(' ', '\u00a0');
}

/** A month `YYYY-MM` as it stands inside a sentence: „do końca czerwca 2026”, “by the end of June 2026”. */
export function formatMonthInside(month: string, language: Language): string {
  return formatDate(`${month}-01`, language).replace(/^1\u00a0/, '');
}

/** A moment on the clocks of Warsaw: „14.30”, “14:30”. */
export function formatTime(moment: Date, language: Language): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Warsaw' }).format(moment);
  return formatClock(time, language);
}

/** „29 listopada 2026, 14.30”. */
export function formatMoment(moment: Date, language: Language): string {
  return `${formatDate(dayOf(moment), language)}, ${formatTime(moment, language)}`;
}

/** A time of day `HH:MM`: „8.00”, “08:00”. */
export function formatClock(time: string, language: Language): string {
  return language === 'pl' ? time.replace(':', '.').replace(/^0/, '') : time;
}

/** „A, B i C”. */
export function formatList(parts: readonly string[], language: Language): string {
  return listFormats[language].format(parts);
}

const listFormats: Readonly<Record<Language, Intl.ListFormat>> = {
  pl: new Intl.ListFormat(locales.pl, { type: 'conjunction' }),
  en: new Intl.ListFormat(locales.en, { type: 'conjunction' }),
};
