import i18next from 'i18next';
import { Failure } from '../shared/errors';
import { remembered } from '../shared/remember';
import { resources } from './resources';

/** Languages of the pages; the first is the one that is spoken unless another is asked for. */
export const languages = ['pl', 'en'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(value: unknown): value is Language {
  return value === 'pl' || value === 'en';
}

/** `key` is `namespace:path`; `count` among the parameters chooses the plural form. */
export type Translate = (key: string, parameters?: Readonly<Record<string, unknown>>) => string;

const words = i18next.createInstance();
void words.init({
  resources,
  lng: 'pl',
  fallbackLng: false,
  initAsync: false,
  ns: Object.keys(resources.pl),
  defaultNS: 'common',
  // Handlebars escapes what reaches a page; escaping here as well would show `&amp;` to people.
  interpolation: { escapeValue: false },
  returnNull: false,
});

/**
 * The words of one language. A key without words is a fault of ours and throws (in production the key itself is shown,
 * since a page with one odd word is better than none).
 */
export function translator(language: Language): Translate {
  return translators[language];
}

const translators: Readonly<Record<Language, Translate>> = { pl: translatorOf('pl'), en: translatorOf('en') };

function translatorOf(language: Language): Translate {
  const fixed = words.getFixedT(language);
  const lookUp = (key: string, parameters?: Readonly<Record<string, unknown>>): string => {
    const text = fixed(key, { ...parameters });
    // A key without words stands for itself; looking whether it has some would cost as much again every time.
    const isMissing = key.endsWith(text) && !words.exists(key, { lng: language, ...parameters });
    if (!isMissing) return text;
    if (process.env['NODE_ENV'] !== 'production') throw new Failure('words-missing', `No words for ${language} ${key}`);
    return key;
  };
  // Most words stand as they are or with a number; a page asks for a hundred of them. What else is filled in, such as
  // names, is kept nowhere.
  const kept = remembered(lookUp, (key, parameters) => (parameters ? `${key} ${JSON.stringify(parameters)}` : key));
  return (key, parameters) => (hasNumbersAlone(parameters) ? kept(key, parameters) : lookUp(key, parameters));
}

function hasNumbersAlone(parameters: Readonly<Record<string, unknown>> = {}): boolean {
  return Object.values(parameters).every((value) => typeof value === 'number');
}

/** Whether there are words under a key: for texts that depend on a code and have a general form to fall back on. */
export function hasWords(language: Language, key: string): boolean {
  return words.exists(key, { lng: language });
}
