import type { Language } from '../locales/translate';
import type { LocalTime } from '../shared/warsaw-time';

const locales: Readonly<Record<Language, string>> = { pl: 'pl-PL', en: 'en-GB' };

const warsawClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Warsaw',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A moment as clocks in Warsaw show it. */
export function warsawTime(moment: Date): LocalTime {
  return warsawClock.format(moment).replace(' ', 'T');
}

const dayFormats = Object.fromEntries(
  Object.entries(locales).map(([language, locale]) => [
    language,
    {
      weekday: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }),
      date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
    },
  ]),
) as Readonly<Record<Language, { readonly weekday: Intl.DateTimeFormat; readonly date: Intl.DateTimeFormat }>>;

/** A day in words with its weekday: „czwartek, 12 marca 2026”; spaces inside the date do not break. */
export function dayWords(local: LocalTime, language: Language): string {
  const { weekday, date } = dayFormats[language];
  const day = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  return `${weekday.format(day)}, ${date.format(day).replaceAll(' ', '\u00a0')}`;
}

/** „9:00”, as clocks show it in Warsaw. */
export function clockWords(local: LocalTime): string {
  return local.slice(11).replace(/^0/, '');
}

/** „12 marca 2026, godz. 9:00” without the weekday, for opening and closing times. */
export function momentWords(local: LocalTime, language: Language): string {
  const day = dayWords(local, language).split(', ').slice(1).join(', ');
  return `${day}, ${language === 'pl' ? 'godz.\u00a0' : ''}${clockWords(local)}`;
}

/** „czwartek, 12 marca 2026, 9:00–15:00”; over several days both ends in full. */
export function timeWords(
  { startsAt, endsAt }: { startsAt: LocalTime; endsAt: LocalTime },
  language: Language,
): string {
  const start = `${dayWords(startsAt, language)}, ${clockWords(startsAt)}`;
  if (startsAt.slice(0, 10) === endsAt.slice(0, 10)) return `${start}–${clockWords(endsAt)}`;
  return `${start} – ${dayWords(endsAt, language)}, ${clockWords(endsAt)}`;
}
