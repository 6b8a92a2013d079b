import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Language } from '../locales/translate';
import { momentOf } from '../shared/warsaw-time';
import type { Event } from './event';

/**
 * Events as an iCalendar file. Times are written in UTC, so every program shows the right hour on both sides of a change
 * of summer time, whatever time zones it knows; the id of an event stays the same, so a new download corrects the old.
 *
 * @param baseUrl public address without a slash at its end.
 * @param now when the file is made.
 */
export function calendarOf(events: readonly Event[], language: Language, baseUrl: string, now: Date): string {
  const calendar = ical({
    prodId: { company: 'LIJW', product: 'events', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const event of events) {
    const [start, end] = [momentOf(event.startsAt), momentOf(event.endsAt)];
    if (start === null || end === null) continue;
    const description = event.description?.[language] ?? event.description?.pl;
    calendar.createEvent({
      id: `${event.id}@${new URL(baseUrl).hostname}`,
      start,
      end,
      stamp: now,
      sequence: event.revision,
      summary: event.title[language] ?? event.title.pl,
      location: `${event.place}, ${event.address}`,
      url: `${baseUrl}/events/${event.id}`,
      status: event.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(description === undefined ? {} : { description }),
    });
  }
  return calendar.toString();
}
