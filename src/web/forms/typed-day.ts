/** „17.11.2026” as people write it, or `2026-11-17`; what is neither stays as it is, and is refused. */
export function readDay(typed: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$/.exec(typed) ?? [];
  return year === '' ? typed : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
