import type { Language } from '../../definitions/instrument';

/**
 * A number as it stands in a field again: no grouping, the language's decimal sign. With exactly three digits behind
 * it the number could be meant in two ways (`readNumber`), so it gets a fourth: 1.125 → „1,1250”.
 */
export function numberForField(value: number, language: Language): string {
  const plain = /^-?[1-9]\d*\.\d{3}$/.test(String(value)) ? `${value}0` : String(value);
  return language === 'pl' ? plain.replace('.', ',') : plain;
}
