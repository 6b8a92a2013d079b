import type { AgreedPoints } from '../../../../../assessment/meeting/area-record';
import { areasOf, type Area } from '../../../../../definitions/instrument';
import { formatNumber } from '../../../../../locales/formats';
import type { StaffRound } from '../with-round';

/** Areas that the unit works on, in the order of the instrument. */
export function areasInScope({ known, round }: StaffRound): readonly Area[] {
  return areasOf(known.instrument).filter(({ code }) => !round.outOfScope.includes(code));
}

/** „3,5”, „poza zakresem” or „–” of an area. */
export function scoreWords({ language, round, t }: StaffRound, area: string, score: AgreedPoints): string {
  if (score === null || round.outOfScope.includes(area)) return t('meeting:strip.out');
  return score === undefined ? '–' : formatNumber(score, language, 1);
}
