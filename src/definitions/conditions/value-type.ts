import type { OperandType, Value } from './operators';

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is a real day of the ISO calendar written `YYYY-MM-DD`: 2024-02-29 is, 2023-02-29 is not. */
export function isRealDate(text: string): boolean {
  if (text.length !== 10) return false;
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : (daysInMonth[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** The type of a value; a text that is a real day is a date, which may stand wherever a text may. */
export function typeOfValue(value: Value): OperandType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return isRealDate(value) ? 'date' : 'text';
  return 'list';
}

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
