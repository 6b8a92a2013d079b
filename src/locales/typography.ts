/**
 * Polish typography that authors should not have to type: a one-letter word never ends a line, and a number stays with
 * the word it counts. Applied where words become a page or a print, not where they are looked up.
 */
const oneLetterWord = /(?<=^|[\s(„\u00a0])([aiouwzAIOUWZ]) (?=\S)/g;
const numberBeforeWord = /(?<=\d) (?=[\p{L}%\d])/gu;

export function typeset(text: string, language: string): string {
  if (language !== 'pl') return text;
  return text.replace(oneLetterWord, '$1\u00a0').replace(numberBeforeWord, '\u00a0');
}

/** Words per language, as instruments and events have them. */
interface Words {
  readonly pl: string;
  readonly en?: string;
}

const setBefore = { pl: new WeakMap<Words, string>(), en: new WeakMap<Words, string>() };

/**
 * The words of one language (the Polish ones where there are no others), typeset. Kept as long as the words themselves:
 * a page of an instrument says hundreds of them, always the same.
 */
export function setWords(words: Words, language: keyof typeof setBefore): string {
  const before = setBefore[language].get(words);
  if (before !== undefined) return before;
  const set = typeset(words[language] ?? words.pl, language);
  setBefore[language].set(words, set);
  return set;
}
