import { resources } from '../../src/locales/resources';

/** Every string with its key, `namespace:path`. */
function stringsOf(language: keyof typeof resources): (readonly [string, string])[] {
  const walk = (words: object, path: string): (readonly [string, string])[] =>
    Object.entries(words as Record<string, unknown>).flatMap(([key, value]) => {
      const own = path === '' ? `${key}:` : `${path}${path.endsWith(':') ? '' : '.'}${key}`;
      return typeof value === 'string' ? [[own, value] as const] : walk(value as object, own);
    });
  return walk(resources[language], '');
}

const forms = { pl: ['one', 'few', 'many', 'other'], en: ['one', 'other'] } as const;
const suffix = /_(zero|one|two|few|many|other)$/;

/** Nouns that the pages count, in the forms that stand behind a number. */
const counted = {
  pl: /^(os[oó]b|odpowied[zź]|p[oó]l(e|a|om)?$|obszar|miejsc|działa[nń]|spotka[nń]|znak|minut|godzin|jednost|ocen|grup|wizyt|rund|wydarze[nń]|zgłosze[nń]|list[óy]?w?$|program|element|pyta[nń]|wiersz|dni|dzień|rok|lat|punktów|stron)/u,
  en: /^(person|people|answers?|fields?|areas?|places?|seats?|activit|meetings?|characters?|minutes?|hours?|units?|scores?|groups?|visits?|rounds?|events?|questions?|rows?|days?|years?|pages?)\b/u,
};

/** Behind these the noun has one form for every number above one, and limits are above one. */
const governed = {
  pl: /(^|[\s(])(z|do|od|poniżej|mniej niż|więcej niż|powyżej)[\s\u00a0]$/iu,
  en: /(^|[\s(])(of|to|from|fewer than|less than|more than|at most|at least)[\s\u00a0]$/iu,
};

describe.each(['pl', 'en'] as const)('the words in %s', (language) => {
  const all = stringsOf(language);

  it('have every plural form wherever they have one', () => {
    const families = new Map<string, string[]>();
    for (const [key] of all) {
      const form = suffix.exec(key)?.[1];
      if (form === undefined || form === 'zero') continue;
      const family = key.replace(suffix, '');
      families.set(family, [...(families.get(family) ?? []), form]);
    }
    const incomplete = [...families].filter(([, found]) => forms[language].some((form) => !found.includes(form)));
    expect(incomplete).toEqual([]);
  });

  it('inflect a noun by `count` only, in all strings with two numbers and with one', () => {
    const faults = all.flatMap(([key, text]) =>
      [...text.matchAll(/\{\{(\w+)\}\}[\s\u00a0](\p{L}+)/gu)].flatMap(
        ([, parameter = '', noun = ''], index, matches) => {
          const before = text.slice(0, matches[index]!.index);
          // A share comes with its percent sign, behind which the noun does not change.
          const byCount = parameter === 'share' || (parameter === 'count' && suffix.test(key));
          if (byCount || !counted[language].test(noun) || governed[language].test(before)) return [];
          return [`${key}: ${text}`];
        },
      ),
    );
    expect(faults).toEqual([]);
  });

  it('have the same parameters in every form', () => {
    const parameters = (text: string): string => [...new Set(text.match(/\{\{\w+\}\}/g))].sort().join();
    const byKey = new Map(all);
    const odd = all.filter(([key, text]) => {
      if (!suffix.test(key) || /_(zero|one)$/.test(key)) return false;
      return parameters(text) !== parameters(byKey.get(key.replace(suffix, '_other')) ?? '');
    });
    expect(odd).toEqual([]);
  });
});
