import type { SpecialAnswer } from './instrument';

/**
 * One given answer. Rating, number, percent, money → number; single choice → choice code; multiple choice → codes in
 * the order of the definition; ranking → codes, first place first; date → `YYYY-MM-DD`; yes-no → boolean; texts →
 * text; a special answer → `{ special }`. Unanswered is the absence of the key.
 */
export type Answer = number | string | boolean | readonly string[] | { readonly special: SpecialAnswer };

/** Answers of one respondent by question code (and `<code>.other` for the words of an "other" choice). */
export type Answers = Readonly<Record<string, Answer>>;

/** Values of the fact sheet by fact code. */
export type FactValue = number | string | boolean | readonly string[];
export type FactValues = Readonly<Record<string, FactValue>>;

export function isSpecial(answer: Answer | undefined): answer is { readonly special: SpecialAnswer } {
  return typeof answer === 'object' && !Array.isArray(answer);
}

/** Where the words of an "other" choice are kept. */
export function otherKey(questionCode: string): string {
  return `${questionCode}.other`;
}

/** Most characters in the words of an "other" choice. */
export const longestOtherWords = 200;
