import type { HelperOptions } from 'handlebars';
import { formatDate, formatMoney, formatNumber, formatPercent, formatSigned } from './formats';
import { isLanguage, translator, type Language } from './translate';
import { remembered } from '../shared/remember';
import { setWords, typeset } from './typography';

/**
 * Handlebars helpers that pages and prints share. The language of a render is `language` of its root model. `words`
 * takes words per language (`{pl, en}`) from instruments; `t` takes a key of src/locales.
 */
function languageOf(options: HelperOptions): Language {
  const root = (options.data as { root?: { language?: unknown } } | undefined)?.root;
  return isLanguage(root?.language) ? root.language : 'pl';
}

type Words = string | { readonly pl: string; readonly en?: string } | null | undefined;
type Helper = (...all: unknown[]) => unknown;

/** Handlebars passes its options last; the rest are the arguments as written in the view. */
function helper(body: (options: HelperOptions, ...given: unknown[]) => unknown): Helper {
  return (...all) => {
    const options = all.at(-1) as HelperOptions;
    return body(options, ...all.slice(0, -1));
  };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === false || value === '' || (Array.isArray(value) && !value.length)
  );
}

/** Words of src/locales without anything to fill in: always the same. */
const plainWords = remembered(
  (language: Language, key: string) => typeset(translator(language)(key), language),
  (language, key) => `${language} ${key}`,
);

export function viewHelpers(): Record<string, Helper> {
  const amount = (format: (value: number, language: Language, decimals?: number) => string): Helper =>
    helper((options, value) => {
      const decimals = options.hash['decimals'] as number | undefined;
      return typeof value === 'number' ? format(value, languageOf(options), decimals) : '';
    });
  return {
    /** {{t "survey:start.minutes" count=minutes}} */
    t: helper((options, ...key) => {
      const language = languageOf(options);
      const parameters = options.hash as Record<string, unknown>;
      const isPlain = Object.keys(parameters).length === 0;
      return isPlain
        ? plainWords(language, key.join(''))
        : typeset(translator(language)(key.join(''), parameters), language);
    }),
    /** {{words question.text}} */
    words: helper((options, words) => {
      const language = languageOf(options);
      const value = words as Words;
      if (value === null || value === undefined) return '';
      return typeof value === 'string' ? typeset(value, language) : setWords(value, language);
    }),
    number: amount(formatNumber),
    signed: amount(formatSigned),
    percent: amount(formatPercent),
    money: amount(formatMoney),
    /** {{date round.opens}}; {{date round.opens style="short"}} */
    date: helper((options, day) =>
      typeof day === 'string' && day !== ''
        ? formatDate(day, languageOf(options), options.hash['style'] === 'short' ? 'short' : 'long')
        : '',
    ),
    eq: helper((_options, left, right) => left === right),
    ne: helper((_options, left, right) => left !== right),
    gt: helper((_options, left, right) => Number(left) > Number(right)),
    not: helper((_options, value) => isEmpty(value)),
    and: helper((_options, ...values) => values.every((value) => !isEmpty(value))),
    or: helper((_options, ...values) => values.find((value) => !isEmpty(value)) ?? false),
    /** Joins its arguments, for ids and keys: {{concat "error-" code}} */
    concat: helper((_options, ...parts) => parts.filter((part) => !isEmpty(part) || part === 0).join('')),
    /** {{pick isLast "finish" "next"}} */
    pick: helper((_options, test, yes, no) => (isEmpty(test) ? no : yes)),
    /** {{{json chart.config}}} inside `<script type="application/json">`: no `<` can end the element. */
    json: helper((_options, value) => JSON.stringify(value).replaceAll('<', '\\u003c')),
    add: helper((_options, left, right) => Number(left) + Number(right)),
    /** A list of its arguments, and an object of its named ones, for the parameters of partials. */
    list: helper((_options, ...items) => items),
    object: helper((options) => ({ ...(options.hash as Record<string, unknown>) })),
  };
}
