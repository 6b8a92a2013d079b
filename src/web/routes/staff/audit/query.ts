import type { Request } from 'express';
import { otherActions } from '../../../../accounts/audit-entry';
import type { AuditQuery } from '../../../../accounts/audit-log';
import { rights } from '../../../../accounts/rights';
import { isRealDate } from '../../../../shared/calendar-day';

/** Everything that the log may say was done; what only reads is not in it. */
export const auditedActions: readonly string[] = [
  ...otherActions,
  ...Object.keys(rights).filter((action) => !/\.(read|preview)$/.test(action)),
];

/** What a page of the log is asked for, and what stands in its form. */
export interface AskedLog {
  readonly query: AuditQuery;
  /** Only entries before this one. */
  readonly before: string | undefined;
  readonly fields: Readonly<Record<'person' | 'action' | 'unit' | 'from' | 'to', string>>;
  /** Days that are none. */
  readonly strange: readonly ('from' | 'to')[];
}

/** What nobody could have chosen in the form counts as not asked for; a day that is none is said to be so. */
export function askedLog({ query }: Request): AskedLog {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value.trim().slice(0, 100) : '';
  };
  const fields = { ...{ person: text('person'), action: text('action'), unit: text('unit') }, from: text('from'), to: text('to') }; // prettier-ignore
  const isDay = (name: 'from' | 'to'): boolean => isRealDate(fields[name]);
  const before = text('before');
  return {
    query: {
      ...(fields.person === '' ? {} : { accountId: fields.person }),
      ...(auditedActions.includes(fields.action) ? { action: fields.action } : {}),
      ...(fields.unit === '' ? {} : { unitId: fields.unit }),
      ...(isDay('from') ? { from: fields.from } : {}),
      ...(isDay('to') ? { to: fields.to } : {}),
    },
    before: before === '' ? undefined : before,
    fields,
    strange: (['from', 'to'] as const).filter((name) => fields[name] !== '' && !isDay(name)),
  };
}

/** The address of the same question. */
export function addressOf({ fields }: AskedLog, more: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries({ ...fields, ...more }).filter(([, value]) => value !== '');
  return new URLSearchParams(given).toString();
}
