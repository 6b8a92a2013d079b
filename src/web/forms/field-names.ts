import type { SpecialAnswer } from '../../definitions/instrument';

/**
 * How an answer is spread over the fields of a form. The field of a question carries its code (behind a prefix where one
 * form asks the same question for several people); its parts follow a dot.
 */
export const fieldNames = {
  other: (code: string) => `${code}.other`,
  /** The checkbox "hard to say" beside a field that is typed. */
  special: (code: string) => `${code}.special`,
  /** Place of a ranking, 1 = first. */
  place: (code: string, place: number) => `${code}.${place}`,
  day: (code: string) => `${code}.day`,
  month: (code: string) => `${code}.month`,
  year: (code: string) => `${code}.year`,
};

const specialValues: Readonly<Record<SpecialAnswer, string>> = {
  'hard-to-say': 'special:hard-to-say',
  'not-applicable': 'special:not-applicable',
};

export function specialValue(special: SpecialAnswer): string {
  return specialValues[special];
}

export function specialOf(value: string): SpecialAnswer | null {
  if (value === specialValues['hard-to-say']) return 'hard-to-say';
  return value === specialValues['not-applicable'] ? 'not-applicable' : null;
}

/** Id of the element that an error of this field links to: the first thing to fill in. */
export function fieldId(name: string): string {
  return `q-${name}`;
}
