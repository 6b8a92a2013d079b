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
