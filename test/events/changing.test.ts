import type { MailTransport, OutgoingMail } from '../../src/letters/transport';
import type { EventServices } from '../../src/events/services';
import { allowed } from '../support/builders';
import { interposed } from '../support/interposed-store';
import { embeddedTestStore, type TestStore } from '../support/stores';
import { eventInput, eventsMoment, eventsOver, newEvent, registrationForm } from './event-builders';

let data: TestStore;
let services: EventServices;
let now: Date;
let sent: OutgoingMail[];

const transport: MailTransport = {
  send: (mail) => {
    sent.push(mail);
    return Promise.resolve();
  },
  faultOf: () => 'refused' as const,
  close: () => Promise.resolve(),
};

beforeEach(async () => {
  data = await embeddedTestStore();
  now = eventsMoment;
  sent = [];
  services = eventsOver(data.store, { clock: () => now });
});
afterEach(() => data.dispose());

const deliver = () => services.outbox.deliverDue(transport, 'https://lijw.example.org');
const kinds = () => sent.map(({ id, to }) => `${id.split(':').at(-1)} ${to}`).sort();
const register = async (eventId: string, name: string, email: string) =>
  allowed(await services.registrations.register(eventId, registrationForm([name], { contactEmail: email })));

test.each([
  ['day', { startsAt: '2026-04-10T09:00', endsAt: '2026-04-10T15:00' }, /czwartek, 9\s+kwietnia/],
  ['hour', { startsAt: '2026-04-09T10:00' }, /9\s+kwietnia 2026|9:00/],
  ['place', { place: 'Inna sala' }, /Dom Przykładów/],
  ['address', { address: 'ul. Nowa 2' }, /ul\.\s+Zmyślona\s+1/],
  ['title', { title: { pl: 'Nowy tytuł' } }, /Szkolenie o\s+Modelu/],
  ['controller', { controller: 'Inny Administrator' }, /Stowarzyszenie Organizator/],
])('a new %s is told to everybody on the list, with what it was before', async (_what, change, before) => {
  const event = await newEvent(services, 1);
  await register(event.id, 'Ada', 'a@example.org');
  await register(event.id, 'Bea', 'waits@example.org');
  const gone = await register(event.id, 'Cela', 'gone@example.org');
  allowed(await services.registrations.cancelByLink(gone.link, gone.people[0]!.person.id));
  await deliver();
  sent = [];
  const preview = await services.previewOfChange(event, eventInput(change));
  allowed(await services.events.edit(event.id, eventInput(change), event.revision));
  await deliver();
  expect(kinds()).toEqual(['event-changed a@example.org', 'event-changed waits@example.org']);
  expect(sent[0]!.text).toMatch(before);
  expect(preview.map(({ to }) => to).sort()).toEqual(sent.map(({ to }) => to).sort());
  // The letters are the same but for the link's address, which is known when they go out.
  expect(preview[0]!.text.replaceAll('{base}', 'https://lijw.example.org')).toBe(
    sent.find(({ to }) => to === preview[0]!.to)!.text,
  );
});

test('nobody is written to for what no letter told, for a planned event, or who came after the change', async () => {
  const planned = allowed(await services.events.create(eventInput(), 5));
  allowed(await services.events.edit(planned.id, eventInput({ place: 'Inna sala' }), planned.revision));
  const event = await newEvent(services, 5);
  await register(event.id, 'Ada', 'a@example.org');
  allowed(await services.events.edit(event.id, eventInput({ description: null, agenda: [] }), event.revision));
  allowed(await services.events.edit(event.id, eventInput({ place: 'Inna sala' }), event.revision + 1));
  await register(event.id, 'Bea', 'later@example.org');
  await deliver();
  expect(kinds()).toEqual(['event-changed a@example.org', 'registered a@example.org', 'registered later@example.org']);
  expect(await services.outbox.ofEvent(planned.id)).toEqual([]);
});

test('a letter that waited says what is true when it goes out', async () => {
  const event = await newEvent(services, 1);
  await register(event.id, 'Ada', 'a@example.org');
  allowed(await services.events.edit(event.id, eventInput({ place: 'Inna sala' }), event.revision));
  await deliver();
  const registered = sent.find(({ id }) => id.endsWith(':registered'))!;
  expect(registered.text).toContain('Inna sala');
  expect(registered.text).not.toContain('Dom Przykładów');
});

test('a letter that is not true any more is not sent', async () => {
  const event = await newEvent(services, 1);
  const ada = await register(event.id, 'Ada', 'a@example.org');
  const bea = await register(event.id, 'Bea', 'b@example.org');
  await deliver();
  sent = [];
  allowed(await services.registrations.cancelByLink(ada.link, ada.people[0]!.person.id));
  // Bea moved up, and gives the place up before the letter has gone.
  allowed(await services.registrations.cancelByLink(bea.link, bea.people[0]!.person.id));
  await deliver();
  expect(kinds()).toEqual(['cancelled a@example.org', 'cancelled b@example.org']);
  const left = (await services.outbox.ofEvent(event.id)).filter(({ state }) => state === 'dropped');
  expect(left.map(({ kind }) => kind)).toEqual(['moved-up']);
});

test('once an event is called off, nothing else of it is sent', async () => {
  const event = await newEvent(services, 1);
  await register(event.id, 'Ada', 'a@example.org');
  await register(event.id, 'Bea', 'b@example.org');
  allowed(await services.events.setSeats(event.id, 2));
  allowed(await services.events.edit(event.id, eventInput({ place: 'Inna sala' }), event.revision));
  allowed(await services.events.cancel(event.id));
  await deliver();
  expect(kinds()).toEqual(['event-cancelled a@example.org', 'event-cancelled b@example.org']);
  expect(await services.registrations.register(event.id, registrationForm(['Cela']))).toMatchObject({
    refused: 'event-cancelled',
  });
});

test('a crash right after a change or a cancellation: the letters are written at the next start', async () => {
  const event = await newEvent(services, 5);
  await register(event.id, 'Ada', 'a@example.org');
  const failing = (collection: string, nth: number) => {
    let writes = 0;
    return eventsOver(
      interposed(data.store, (request) => {
        if (request.write && request.collection === collection && (writes += 1) === nth) throw new Error('died');
      }),
      { clock: () => now },
    );
  };
  const edit = failing('events', 2).events.edit(event.id, eventInput({ place: 'Inna sala' }), event.revision);
  await expect(edit).rejects.toThrow('died');
  await services.oweMissing();
  await services.oweMissing();
  await deliver();
  expect(kinds()).toEqual(['event-changed a@example.org', 'registered a@example.org']);
  sent = [];
  await expect(failing('queue-entries', 1).events.cancel(event.id)).rejects.toThrow('died');
  await services.oweMissing();
  await deliver();
  expect(kinds()).toEqual(['event-cancelled a@example.org']);
});

test('one address gets twenty letters an hour at most; the others come later', async () => {
  const event = await newEvent(services, 50);
  for (let turn = 0; turn < 23; turn += 1) await register(event.id, `Osoba ${turn}`, 'biuro@example.org');
  await deliver();
  expect(sent).toHaveLength(20);
  now = new Date(now.getTime() + 3_700_000);
  await deliver();
  expect(sent).toHaveLength(23);
});

test('two people at once: whoever registers while the questions change is asked the ones that were shown', async () => {
  const event = await newEvent(services, 5);
  const form = { id: 'registration', version: '1.0.0', hash: 'x' };
  const [edited, registered] = await Promise.all([
    services.events.edit(event.id, eventInput({ form }), event.revision),
    services.registrations.register(event.id, registrationForm(['Ada'])),
  ]);
  allowed(registered);
  const after = (await services.events.get(event.id))!;
  // Either the change came first, or it was refused; never behind the registration.
  expect('refused' in edited ? after.form : form).toEqual('refused' in edited ? null : after.form);
  expect(await services.events.edit(event.id, eventInput({ form: null }), after.revision)).toEqual(
    after.form === null ? expect.objectContaining({ taken: true }) : { refused: 'form-in-use' },
  );
});
