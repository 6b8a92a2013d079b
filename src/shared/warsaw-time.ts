import { DateTime } from 'luxon';
import { remembered } from './remember';

/** A time as clocks in Warsaw show it, `YYYY-MM-DDTHH:mm`. */
export type LocalTime = string;

/** The moment of a Warsaw time; null where the clocks never show it (the hour that the change to summer time leaves out). */
export function momentOf(local: LocalTime): Date | null {
  const time = timestampOf(local);
  return time === null ? null : new Date(time);
}

const timestampOf = remembered(
  (local: LocalTime): number | null => {
    const moment = DateTime.fromISO(local, { zone: 'Europe/Warsaw' });
    // luxon moves a time that does not exist forward; then it reads otherwise than it was written.
    return moment.isValid && moment.toFormat("yyyy-MM-dd'T'HH:mm") === local ? moment.toMillis() : null;
  },
  (local) => local,
);
