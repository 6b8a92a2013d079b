import { isRealDate } from '../../shared/calendar-day';
import type { OperandType, Value } from './operators';

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
