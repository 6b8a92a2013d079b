import type { Language } from '../../locales/translate';
import { readNumber } from '../../shared/typed-number';

/** A number as people type it; null where it is none, or where it may be meant in two ways. */
export function parseNumber(typed: string): number | null {
  const reading = readNumber(typed);
  return 'number' in reading ? reading.number : null;
}

/** A number as it stands in a field again: no grouping, the language's decimal sign. */
export function numberForField(value: number, language: Language): string {
  const plain = String(value);
  return language === 'pl' ? plain.replace('.', ',') : plain;
}
