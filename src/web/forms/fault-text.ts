import { inLanguage } from '../../definitions/instrument';
import { formatDate, formatNumber } from '../../locales/formats';
import { translator, type Language } from '../../locales/translate';
import type { FieldFault } from './field-fault';
import { numberForField } from './numbers';

/** The sentence a person reads. */
export function faultText({ code, details = {} }: FieldFault, language: Language): string {
  const words = Object.entries(details).map(([name, value]) => {
    if (name === 'count') return [name, value];
    if (typeof value === 'object') return [name, inLanguage(value, language)];
    if (name.endsWith('Day')) return [name, formatDate(String(value), language)];
    // Ungrouped, as it may be typed again.
    if (code === 'ambiguous-number') return [name, numberForField(Number(value), language)];
    return [name, typeof value === 'number' ? formatNumber(value, language, undefined) : value];
  });
  const kind =
    code === 'below-min' || code === 'above-max'
      ? `${code}${'minDay' in details || 'maxDay' in details ? '-date' : ''}`
      : code;
  return translator(language)(`answers:${kind}`, Object.fromEntries(words) as Record<string, unknown>);
}
