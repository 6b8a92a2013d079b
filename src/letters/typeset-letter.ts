import { typeset } from '../locales/typography';
import { baseMark } from './base-mark';

/** Polish typography for the text of a letter, but never inside an address, which stands alone in its line. */
export function typesetLetter(text: string, language: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith(baseMark) ? line : typeset(line, language)))
    .join('\n');
}
