import type { EventServices } from '../../src/events/services';
import { allowed } from '../support/builders';
import { embeddedTestStore, type TestStore } from '../support/stores';
import { eventInput, eventsMoment, eventsOver, newEvent, registrationForm } from './event-builders';

let data: TestStore;
let services: EventServices;
let now: Date;

beforeEach(async () => {
  data = await embeddedTestStore();
  now = eventsMoment;
  services = eventsOver(data.store, { clock: () => now });
});
afterEach(() => data.dispose());

const day = 86_400_000;

/** The clock of a house that is switched on every few days, up to this moment. */
async function liveUntil(moment: Date): Promise<void> {
  while (now.getTime() + 5 * day < moment.getTime()) {
    now = new Date(now.getTime() + 5 * day);
    expect((await services.retention.deleteExpired()).heldBack).toBeNull();
  }
  now = moment;
}

test.each([
  ['years ahead', '2031-01-01T12:00:00+01:00'],
  ['nine days ahead', '2026-03-25T12:00:00+01:00'],
])('a clock that jumps %s deletes nothing until a person has looked', async (_how, moment) => {
  const short = { startsAt: '2026-03-17T09:00', endsAt: '2026-03-17T15:00', registrationClosesAt: '2026-03-16T20:00' };
  const event = await newEvent(services, 2, { ...short, deleteAfter: '2026-03-18' });
  const { link } = allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
  await services.retention.deleteExpired();
  now = new Date(moment);
  const restarted = eventsOver(await data.reopen(), { clock: () => now });
  const known = eventsMoment.toISOString();
  const heldBack = { now: now.toISOString(), known };
  expect(await restarted.retention.deleteExpired()).toEqual({ done: [], heldBack });
  expect(await restarted.retention.heldBack()).toEqual(heldBack);
  // Hours later it is still the same jump.
  now = new Date(now.getTime() + 3_600_000);
  expect((await restarted.retention.deleteExpired()).done).toEqual([]);
  expect(await restarted.registrations.byLink(link)).not.toBeNull();
  expect((await restarted.retention.confirmClock()).map(({ id }) => id)).toEqual([event.id]);
  expect(await restarted.registrations.byLink(link)).toBeNull();
  expect(await restarted.retention.heldBack()).toBeNull();
});

test('a wrong clock that is put right leaves everything as it was, and deletions go on in their time', async () => {
  const event = await newEvent(services, 2);
  const { link } = allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
  await services.retention.deleteExpired();
  now = new Date('2031-01-01T12:00:00+01:00');
  await services.retention.deleteExpired();
  // What was written under the wrong clock does not make it the right one.
  await newEvent(services, 2, {
    ...eventInput(),
    startsAt: '2031-04-09T09:00',
    endsAt: '2031-04-09T15:00',
    deleteAfter: '2031-05-01',
  });
  expect((await services.retention.deleteExpired()).heldBack).not.toBeNull();
  now = new Date(eventsMoment.getTime() + day);
  expect(await services.retention.deleteExpired()).toEqual({ done: [], heldBack: null });
  expect(await services.registrations.byLink(link)).not.toBeNull();
  await liveUntil(new Date('2026-07-01T12:00:00+02:00'));
  expect((await services.retention.deleteExpired()).done.map(({ id }) => id)).toEqual([event.id]);
});

test('the first start of all, with a wrong clock, is compared with what is stored', async () => {
  const event = await newEvent(services, 2);
  allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
  now = new Date('2031-01-01T12:00:00+01:00');
  expect((await services.retention.deleteExpired()).heldBack).toMatchObject({ known: eventsMoment.toISOString() });
});

test('an erased event takes nobody, by any way and whatever its dates, and no process remembers its names', async () => {
  const event = await newEvent(services, 1);
  const other = eventsOver(data.store, { clock: () => now });
  const { link } = allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
  expect((await other.queues.state(event.id)).registrants).toHaveLength(1);
  now = new Date('2026-07-01T12:00:00+02:00');
  await services.retention.confirmClock();
  // The clock goes back to when registration was open.
  now = eventsMoment;
  for (const process of [services, other, eventsOver(data.store, { clock: () => now })]) {
    const { registrations, queues } = process;
    expect((await queues.state(event.id)).registrants).toEqual([]);
    for (const channel of ['web', 'telephone'] as const) {
      const form = registrationForm(['Bea'], { channel });
      expect(await registrations.register(event.id, form)).toEqual({ refused: 'event-over' });
    }
    expect(await registrations.byLink(link)).toBeNull();
    expect(await process.events.setSeats(event.id, 5)).toMatchObject({ refused: 'event-over' });
    const later = eventInput({ deleteAfter: '2027-01-01' });
    const revision = (await process.events.get(event.id))!.revision;
    expect(await process.events.edit(event.id, later, revision)).toEqual({ refused: 'data-erased' });
  }
});

test('a registration that was on its way while the list was deleted finds the log closed', async () => {
  const event = await newEvent(services, 1);
  const late = services.queues.append<string>(event.id, ({ closed }) => ({ stop: String(closed) }));
  await services.queues.erase(event.id);
  expect(await late).toEqual({ stop: 'null' });
  const after = await eventsOver(data.store).queues.append<string>(event.id, ({ closed }) => ({
    stop: String(closed),
  }));
  expect(after).toEqual({ stop: 'erased' });
  expect(await services.queues.holdsEntries(event.id)).toBe(false);
});

test('retention looks at what is there: letters left behind by a stopped run go with the next, mark or not', async () => {
  const event = await newEvent(services, 1);
  allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
  const [mail] = await services.outbox.ofEvent(event.id);
  now = new Date('2026-07-01T12:00:00+02:00');
  await services.retention.confirmClock();
  const { state, createdAt, dueAt, attempts, sentAt, error, ...letter } = mail!;
  expect([state, attempts, sentAt, error, createdAt === dueAt]).toEqual(['waiting', 0, null, null, true]);
  await services.outbox.owe([letter]);
  expect(await services.outbox.ofEvent(event.id)).toHaveLength(1);
  expect((await services.retention.deleteExpired()).done.map(({ id }) => id)).toEqual([event.id]);
  expect(await services.outbox.ofEvent(event.id)).toEqual([]);
});
