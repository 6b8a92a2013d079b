import type { Request } from 'express';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawList } from '../../../forms/raw';
import { redirect, type Outcome } from '../../../outcome';
import { staffPage } from '../signed-in';
import { personRows, type StaffEvent } from './one-event';

/** Everybody on the list with a box each; people who waited and came all the same can be ticked too. */
export async function attendancePage(_request: Request, one: StaffEvent): Promise<Outcome> {
  const { staff, event, path } = one;
  const marked = await staff.services.events.attendances.of(event.id);
  const rows = personRows(one, await staff.services.territory.all()).filter(({ is }) => is !== 'cancelled');
  const { compare } = new Intl.Collator('pl');
  return staffPage(staff, 'staff/events/attendance', {
    title: staff.t('events:staff.attendance.title'),
    name: event.title[staff.language] ?? event.title.pl,
    home: path,
    isNew: marked.size === 0,
    people: rows
      .map((row) => ({ ...row, present: marked.get(row.id) === true }))
      .sort((a, b) => compare(lastName(a.name), lastName(b.name)) || compare(a.name, b.name)),
  });
}

export async function markAttendance(request: Request, { staff, event, path }: StaffEvent): Promise<Outcome | Refusal> {
  const present = new Set(rawList(rawForm(request.body), 'present'));
  const result = await staff.services.events.attendances.mark(event.id, present);
  return isRefusal(result) ? result : redirect(`${path}?done=attendance`);
}

/** Lists to sign are read by surname. */
export function lastName(name: string): string {
  return name.split(' ').at(-1) ?? name;
}
