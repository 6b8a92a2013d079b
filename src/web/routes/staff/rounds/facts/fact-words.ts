import type { Fact } from '../../../../../assessment/fact-sheet';
import type { FactValue } from '../../../../../definitions/answers';
import { inLanguage, type FactField } from '../../../../../definitions/instrument';
import type { FactDoubt } from '../../../../../definitions/plausible-fact';
import { formatNumber } from '../../../../../locales/formats';
import { answerWords } from '../../../../view-models/answer-words';
import type { StaffRound } from '../with-round';

type Speaker = Pick<StaffRound, 'known' | 'language' | 't'>;

/** A value with its unit: „12 500 zł”. */
export function valueWords({ known, language }: Speaker, field: FactField, value: FactValue): string {
  return answerWords(known.instrument, field, { [field.code]: value }, language).join(', ');
}

/** A value, or that and why there is none. */
export function factWords(speaker: Speaker, field: FactField, { value, noData }: Fact): string {
  return value === null ? speaker.t('facts:noData', { why: noData }) : valueWords(speaker, field, value);
}

/** What has become of a value since the round before; null where either has none. */
export function changeWords(speaker: Speaker, field: FactField, now: FactValue | null, last: FactValue | null) {
  if (now === null || last === null) return null;
  const { t, language } = speaker;
  if (JSON.stringify(now) === JSON.stringify(last)) return t('facts:change.same');
  if (typeof now !== 'number' || typeof last !== 'number') return t('facts:change.other');
  const size = Number(Math.abs(now - last).toFixed(4));
  const way = now > last ? 'more' : 'less';
  // Shares differ by points, not by percent.
  if (field.type === 'percent') return t(`facts:change.${way}Points`, { by: formatNumber(size, language) });
  return t(`facts:change.${way}`, { by: valueWords(speaker, field, size) });
}

/** Why a value is asked about, and what to do. */
export function doubtWords(speaker: Speaker, field: FactField, value: FactValue, doubt: FactDoubt): string {
  const typed = valueWords(speaker, field, value);
  const compared =
    'limit' in doubt
      ? { limit: valueWords(speaker, field, doubt.limit) }
      : { last: valueWords(speaker, field, doubt.last), times: formatNumber(doubt.times, speaker.language) };
  return speaker.t(`facts:doubt.${doubt.doubt}`, { value: typed, ...compared });
}

/** Name of the area that a part is about. */
export function partName({ known, language, t }: Speaker, code: string): string {
  const areas = (known.instrument.planes ?? []).flatMap((plane) => plane.areas);
  const area = areas.find((one) => one.code === code);
  return area === undefined ? t('facts:other') : inLanguage(area.name, language);
}
