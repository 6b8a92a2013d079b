import ICAL from 'ical.js';
import { calendarOf } from '../../src/events/calendar';
import type { Event } from '../../src/events/event';
import { eventInput, eventsMoment } from './event-builders';

const base = 'https://lijw.example.org';

function event(overrides: Partial<Event>): Event {
  return {
    ...eventInput(),
    id: 'abc',
    taken: false,
    changes: [],
    state: 'published',
    erasedOn: null,
    revision: 3,
    ...overrides,
  };
}

/** The events of a file as a calendar program would read them. */
function read(text: string) {
  return new ICAL.Component(ICAL.parse(text) as never)
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
}

test.each([
  ['the Saturday before summer time', '2026-03-28T09:00', '2026-03-28T08:00:00.000Z'],
  ['the Sunday of the change', '2026-03-29T09:00', '2026-03-29T07:00:00.000Z'],
  ['the Saturday before winter time', '2026-10-24T09:00', '2026-10-24T07:00:00.000Z'],
  ['the Sunday of the change back', '2026-10-25T09:00', '2026-10-25T08:00:00.000Z'],
])('nine in Warsaw on %s', (_day, startsAt, expected) => {
  const [one] = read(
    calendarOf([event({ startsAt, endsAt: `${startsAt.slice(0, 10)}T15:00` })], 'pl', base, eventsMoment),
  );
  expect(one!.startDate.toJSDate().toISOString()).toBe(expected);
  expect(one!.endDate.toJSDate().getTime() - one!.startDate.toJSDate().getTime()).toBe(6 * 3_600_000);
});

test('an event over the change of time is an hour shorter', () => {
  const night = event({ startsAt: '2026-03-28T20:00', endsAt: '2026-03-29T08:00' });
  const [one] = read(calendarOf([night], 'pl', base, eventsMoment));
  expect(one!.endDate.toJSDate().getTime() - one!.startDate.toJSDate().getTime()).toBe(11 * 3_600_000);
});

test('words survive as they are, in the language asked for; a cancelled event says so', () => {
  const title = { pl: 'Żółć; „jaźń”, \\ i przecinki', en: 'Words' };
  const odd = event({ title, address: 'ul. Długa 5,\u00a0Łódź; wejście B', state: 'cancelled' });
  const [pl] = read(calendarOf([odd], 'pl', base, eventsMoment));
  expect(pl!.summary).toBe(title.pl);
  expect(pl!.location).toBe(`${odd.place}, ${odd.address}`);
  expect(pl!.uid).toBe('abc@lijw.example.org');
  expect(pl!.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  expect(pl!.component.getFirstPropertyValue('sequence')).toBe(3);
  expect(read(calendarOf([odd], 'en', base, eventsMoment))[0]!.summary).toBe('Words');
});

test('all events of a list are in one file', () => {
  const text = calendarOf([event({ id: 'a' }), event({ id: 'b' })], 'pl', base, eventsMoment);
  expect(read(text).map(({ uid }) => uid)).toEqual(['a@lijw.example.org', 'b@lijw.example.org']);
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
});
