import type { EventServices } from '../../src/events/services';
import { allowed } from '../support/builders';
import { embeddedTestStore, type TestStore } from '../support/stores';
import { eventsMoment, eventsOver, newEvent, registrationForm } from './event-builders';

let data: TestStore;
let services: EventServices;
let now: Date;

beforeEach(async () => {
  data = await embeddedTestStore();
  now = eventsMoment;
  services = eventsOver(data.store, { clock: () => now, confirmWithinHours: 24 });
});
afterEach(() => data.dispose());

const hoursLater = (hours: number): Date => new Date(eventsMoment.getTime() + hours * 3_600_000);
const register = async (eventId: string, names: readonly string[], email: string) =>
  allowed(await services.registrations.register(eventId, registrationForm(names, { contactEmail: email })));
const letters = async (eventId: string) =>
  (await services.outbox.ofEvent(eventId)).map(({ kind, to }) => `${kind} ${to}`).sort();

/** The secret that the letter to this address carries. */
async function secretFor(eventId: string, email: string): Promise<string> {
  const mail = (await services.outbox.ofEvent(eventId)).find(({ kind, to }) => kind === 'confirm' && to === email);
  return /\/confirm\/([A-Za-z0-9_-]+)/.exec(mail?.text ?? '')?.[1] ?? 'none';
}

test('only the contact is written to before the confirmation, and in none of the sender’s words', async () => {
  const event = await newEvent(services, 5);
  const form = registrationForm([], {
    contactEmail: 'biuro@example.org',
    organisation: { name: 'Tanie Leki', kind: 'ngo', seat: '302101' },
    people: [{ name: 'Kup Teraz', email: 'obca@example.org' }],
  });
  const registered = allowed(await services.registrations.register(event.id, form));
  expect(registered.confirmBy).toBe(hoursLater(24).toISOString());
  expect(await letters(event.id)).toEqual(['confirm biuro@example.org']);
  const [asked] = await services.outbox.ofEvent(event.id);
  expect(asked!.text).not.toMatch(/Tanie|Kup|registrations/);
  expect(asked!.text).toMatch(/17\s+marca\s+2026,\s+godz\.\s+12:00/);

  const secret = await secretFor(event.id, 'biuro@example.org');
  expect(allowed(await services.registrations.confirm(secret)).confirmBy).toBeNull();
  allowed(await services.registrations.confirm(secret));
  expect(await letters(event.id)).toEqual([
    'confirm biuro@example.org',
    'registered biuro@example.org',
    'registered-by-colleague obca@example.org',
  ]);
  // The page shows the private link to whoever sent the form; it does not confirm.
  expect(await services.registrations.confirm(registered.link)).toEqual({ refused: 'link-unknown' });
});

test('whoever does not confirm gives the places up to the next in line, who are told; nothing brings them back', async () => {
  const event = await newEvent(services, 2);
  const lazy = await register(event.id, ['Ada', 'Bea'], 'lazy@example.org');
  now = hoursLater(1);
  await register(event.id, ['Cela'], 'next@example.org');
  allowed(await services.registrations.confirm(await secretFor(event.id, 'next@example.org')));
  await register(event.id, ['Dora'], 'unconfirmed@example.org');
  const late = await secretFor(event.id, 'lazy@example.org');
  now = hoursLater(24);
  expect(await services.lapseOverdue()).toBe(1);
  expect(await services.lapseOverdue()).toBe(0);
  const list = await services.registrations.byLink(lazy.link);
  expect(list).toMatchObject({
    lapsed: true,
    people: [{ standing: { is: 'cancelled' } }, { standing: { is: 'cancelled' } }],
  });
  expect(await services.registrations.confirm(late)).toEqual({ refused: 'confirmation-late' });
  // Dora moved up too, but her contact has not confirmed: the letter comes with the confirmation.
  expect(await letters(event.id)).toEqual([
    'confirm lazy@example.org',
    'confirm next@example.org',
    'confirm unconfirmed@example.org',
    'moved-up next@example.org',
    'registered next@example.org',
  ]);
  allowed(await services.registrations.confirm(await secretFor(event.id, 'unconfirmed@example.org')));
  const told = (await services.outbox.ofEvent(event.id)).find(
    ({ to, kind }) => to.startsWith('unc') && kind === 'registered',
  );
  expect(told?.text).toContain('Dora: ma');
});

test('a confirmation that comes late is refused even before anybody has looked', async () => {
  const event = await newEvent(services, 1);
  await register(event.id, ['Ada'], 'a@example.org');
  const secret = await secretFor(event.id, 'a@example.org');
  now = new Date(hoursLater(24).getTime());
  expect(await services.registrations.confirm(secret)).toEqual({ refused: 'confirmation-late' });
  now = hoursLater(25);
  expect((await register(event.id, ['Ada'], 'a@example.org')).people[0]!.standing).toEqual({ is: 'placed' });
});

test('nobody has to confirm later than the event begins, nor what was taken by telephone', async () => {
  const soon = { startsAt: '2026-03-16T20:00', endsAt: '2026-03-16T21:00', registrationClosesAt: '2026-03-16T19:00' };
  const event = await newEvent(services, 1, soon);
  expect((await register(event.id, ['Ada'], 'a@example.org')).confirmBy).toBe('2026-03-16T19:00:00.000Z');
  const call = registrationForm(['Bea'], { channel: 'telephone', contactEmail: 'b@example.org' });
  expect(allowed(await services.registrations.register(event.id, call)).confirmBy).toBeNull();
  expect(await letters(event.id)).toContain('registered b@example.org');
});

test('one address is asked five times an hour at most, over all events', async () => {
  const events = [await newEvent(services, 50), await newEvent(services, 50)];
  for (let turn = 0; turn < 5; turn += 1) await register(events[turn % 2]!.id, [`Osoba ${turn}`], 'victim@example.org');
  const form = registrationForm(['Inna'], { contactEmail: 'victim@example.org' });
  const { registrations } = services;
  expect(await registrations.register(events[0]!.id, form)).toEqual({ refused: 'too-many-letters' });
  now = hoursLater(1.1);
  allowed(await registrations.register(events[0]!.id, form));
});

test.each([
  'Wejdź na https://zysk.example/teraz',
  'zysk.example/teraz',
  'Zysk.Com',
  'WWW.ZYSK.PL',
  'kup@zysk.example',
  'Anna tel:+48600700800',
  'Zadzwoń 600 700 800',
  'Zadzwoń +48 (61) 600-70-80',
  'ｗｗｗ．ｚｙｓｋ．ｐｌ',
  'zy\u200bsk.example',
  '10.20.30.40',
  'żółć.pl',
])('no address goes into a name: %s', async (name) => {
  const event = await newEvent(services, 9);
  const { registrations } = services;
  const organisation = { name, kind: 'ngo', seat: '302101' } as const;
  expect(await registrations.register(event.id, registrationForm([name]))).toMatchObject({
    refused: 'address-in-name',
  });
  const byName = registrationForm(['Ada'], { organisation });
  expect(await registrations.register(event.id, byName)).toMatchObject({ refused: 'address-in-name' });
  const { link, people } = await register(event.id, ['Ada'], 'a@example.org');
  expect(await registrations.changeByLink(link, people[0]!.person.id, { name })).toMatchObject({
    refused: 'address-in-name',
  });
});

test.each([
  'Stowarzyszenie im. Jana Pawła II w Śremie',
  'OSP im.Floriana',
  'Pomoc sp. z o.o. (KRS 12345678)',
  'Dr. Anna Kowalska-Nowak',
  'Szkoła Podstawowa nr 12, 62-200 Gniezno',
  "Ks. O'Connor, S.J.",
])('real names stay: %s', async (name) => {
  const event = await newEvent(services, 9);
  expect((await register(event.id, [name], 'a@example.org')).people).toHaveLength(1);
});
