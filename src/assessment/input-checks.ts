import { isRealDate } from '../shared/calendar-day';

/** Checks of single values that staff enter; the web's forms use the same ones. */

/** A day of the calendar that exists, `YYYY-MM-DD`: 2024-02-29 is one, 2023-02-29 is not. */
export const isDay = isRealDate;

/** A year that a round may assess or a fact may come from. */
export function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1990 && value <= 2100;
}

/** Known size of a respondent group: a whole number of people. */
export function isGroupSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= 1_000_000;
}
