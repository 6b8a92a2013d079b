import type { Language } from '../../locales/translate';

/**
 * A number as people type it: „1 250,50”, „1.250,50”, „12.5”, „−3”, with spaces of any kind between thousands and an
 * optional „zł” or „%” behind. A single comma or dot is the decimal one. null where it is no number.
 */
export function parseNumber(typed: string): number | null {
  const bare = typed
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/(zł|pln|%)$/i, '');
  const withPoint = decimalPoint(bare);
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(withPoint) ? Number(withPoint) : null;
}

/** Where both signs occur, the last one is the decimal sign and the other one groups thousands. */
function decimalPoint(text: string): string {
  const comma = text.lastIndexOf(',');
  const dot = text.lastIndexOf('.');
  if (comma < 0 || dot < 0) return text.replace(',', '.');
  const [grouping, decimal] = comma > dot ? ['.', ','] : [',', '.'];
  const grouped = new RegExp(`^-?\\d{1,3}(\\${grouping}\\d{3})+\\${decimal}\\d+$`);
  return grouped.test(text) ? text.replaceAll(grouping, '').replace(decimal, '.') : text;
}

/** A number as it stands in a field again: no grouping, the language's decimal sign. */
export function numberForField(value: number, language: Language): string {
  const plain = String(value);
  return language === 'pl' ? plain.replace('.', ',') : plain;
}
