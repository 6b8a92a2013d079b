import { formatMoment } from '../../../locales/formats';
import type { Staff } from './signed-in';

/** „demo, 29 listopada 2026, 14.30”; the name alone where nobody kept when. */
export function whoWhen({ language }: Pick<Staff, 'language'>, who: string, moment: string | null): string {
  return moment === null ? who : `${who}, ${formatMoment(new Date(moment), language)}`;
}
