import { formatDayOrMonth } from '../../../../../locales/formats';
import type { Language } from '../../../../../locales/translate';
import { fieldNames } from '../../../../forms/field-names';
import { rawText, type RawForm } from '../../../../forms/raw';
import type { EditPart } from '../../edit';

/** A date of which the day may be left out: what is due by the end of a month. */
const due = 'due';

/** The form with a day where there is only a month, so that it can be read as a date; whether it was only a month. */
export function withDay(raw: RawForm): { readonly raw: RawForm; readonly monthOnly: boolean } {
  const [day, month, year] = [fieldNames.day(due), fieldNames.month(due), fieldNames.year(due)].map((name) =>
    rawText(raw, name).trim(),
  );
  if (day !== '' || (month === '' && year === '')) return { raw, monthOnly: false };
  return { raw: { ...raw, [fieldNames.day(due)]: ['1'] }, monthOnly: true };
}

/** What the field was left with. */
export function dueOf(date: string | null, monthOnly: boolean): string | null {
  return date !== null && monthOnly ? date.slice(0, 7) : date;
}

/** The field of what is stored. */
export function rawOfDue(stored: string | null): RawForm {
  if (stored === null) return {};
  const [year = '', month = '', day = ''] = stored.split('-');
  return {
    [fieldNames.day(due)]: [day === '' ? '' : String(Number(day))],
    [fieldNames.month(due)]: [String(Number(month))],
    [fieldNames.year(due)]: [year],
  };
}

/** The same part with the month alone in words, where there is no day. */
export function duePart(part: EditPart, language: Language): EditPart {
  return {
    ...part,
    words(raw) {
      const { raw: whole, monthOnly } = withDay(raw);
      const [month, year] = [fieldNames.month(due), fieldNames.year(due)].map((name) => rawText(raw, name).trim());
      const typed = `${year ?? ''}-${(month ?? '').padStart(2, '0')}`;
      return monthOnly && /^\d{4}-(0[1-9]|1[0-2])$/.test(typed) ? formatDayOrMonth(typed, language) : part.words(whole);
    },
  };
}
