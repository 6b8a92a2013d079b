import type { EventServices } from '../../src/events/services';
import { isRefusal } from '../../src/shared/errors';
import { allowed } from '../support/builders';
import { interposed } from '../support/interposed-store';
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

const standing = (registered: { people: readonly { standing: unknown }[] }) =>
  registered.people.map((one) => one.standing);
const mailsTo = async (eventId: string, address: string) =>
  (await services.outbox.ofEvent(eventId)).filter(({ to }) => to === address);

describe('registering', () => {
  test('people are placed one by one, in the order in which they were written down', async () => {
    const event = await newEvent(services, 2);
    const first = allowed(await services.registrations.register(event.id, registrationForm(['Ada', 'Bea', 'Cela'])));
    expect(standing(first)).toEqual([{ is: 'placed' }, { is: 'placed' }, { is: 'waiting', position: 1 }]);
    const second = allowed(await services.registrations.register(event.id, registrationForm(['Dora'])));
    expect(standing(second)).toEqual([{ is: 'waiting', position: 2 }]);
  });

  test('the same form sent many times at once registers once and gives one answer', async () => {
    const event = await newEvent(services, 2);
    const form = registrationForm(['Ada', 'Bea']);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => services.registrations.register(event.id, form)),
    );
    const told = answers.map((answer) => allowed(answer));
    expect(new Set(told.map(({ link }) => link)).size).toBe(1);
    expect(new Set(told.map((one) => JSON.stringify(one.people))).size).toBe(1);
    expect(told.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await services.queues.state(event.id)).registrants).toHaveLength(2);
    expect(await services.outbox.ofEvent(event.id)).toHaveLength(1);
  });

  test('a form whose answer was lost is answered after the closing too', async () => {
    const event = await newEvent(services, 2);
    const form = registrationForm(['Ada']);
    const before = allowed(await services.registrations.register(event.id, form));
    now = new Date('2026-04-07T16:00:00+02:00');
    expect(await services.registrations.register(event.id, form)).toEqual({ ...before, repeated: true });
    expect(await services.registrations.register(event.id, registrationForm(['Bea']))).toEqual({
      refused: 'registration-closed',
    });
  });

  test.each([
    ['before the opening', '2026-03-01T07:59:00+01:00', 'registration-not-yet'],
    ['when it closes', '2026-04-07T16:00:00+02:00', 'registration-closed'],
  ])('%s nobody registers, but the organiser takes calls', async (_when, moment, refused) => {
    const event = await newEvent(services, 2);
    now = new Date(moment);
    expect(await services.registrations.register(event.id, registrationForm(['Ada']))).toEqual({ refused });
    const call = registrationForm(['Ada'], { channel: 'telephone' });
    expect(standing(allowed(await services.registrations.register(event.id, call)))).toEqual([{ is: 'placed' }]);
  });

  test('planned, cancelled and past events, empty and oversized forms are refused', async () => {
    const planned = allowed(await services.events.create(eventInput(), 5));
    const { registrations } = services;
    expect(await registrations.register(planned.id, registrationForm(['Ada']))).toEqual({ refused: 'event-unknown' });
    const event = await newEvent(services, 5, { perFormLimit: 2 });
    expect(await registrations.register(event.id, registrationForm([]))).toEqual({ refused: 'no-people' });
    expect(await registrations.register(event.id, registrationForm(['A', 'B', 'C']))).toMatchObject({
      refused: 'too-many-people',
    });
    now = new Date('2026-04-09T15:00:00+02:00');
    const call = registrationForm(['Ada'], { channel: 'telephone' });
    expect(await registrations.register(event.id, call)).toEqual({ refused: 'event-over' });
    now = eventsMoment;
    allowed(await services.events.cancel(event.id));
    expect(await registrations.register(event.id, registrationForm(['A']))).toEqual({ refused: 'event-cancelled' });
    expect(await registrations.register(event.id, call)).toEqual({ refused: 'event-cancelled' });
  });
});

describe('the private link', () => {
  test('cancels one person; the first in line moves up and is told by letter, with the own address too', async () => {
    const event = await newEvent(services, 1);
    const first = allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
    const late = registrationForm([], {
      contactEmail: 'szefowa@example.org',
      people: [{ name: 'Bea', email: 'bea@example.org' }],
    });
    const second = allowed(await services.registrations.register(event.id, late));
    allowed(await services.registrations.cancelByLink(first.link, first.people[0]!.person.id));
    expect(standing((await services.registrations.byLink(second.link))!)).toEqual([{ is: 'placed' }]);
    expect(standing((await services.registrations.byLink(first.link))!)).toEqual([{ is: 'cancelled' }]);
    expect((await mailsTo(event.id, 'szefowa@example.org')).map(({ kind }) => kind).sort()).toEqual([
      'moved-up',
      'registered',
    ]);
    const own = await mailsTo(event.id, 'bea@example.org');
    expect(own.map(({ kind }) => kind).sort()).toEqual(['moved-up', 'registered-by-colleague']);
    const clause = own.find(({ kind }) => kind === 'registered-by-colleague')!.text;
    expect(clause).toContain('Stowarzyszenie Organizator');
    expect(clause).toMatch(/30\s+czerwca\s+2026/);
    // The link belongs to who filled the form in.
    expect(own.every(({ text }) => !text.includes(second.link))).toBe(true);
  });

  test('changes nobody of another form, nothing twice and nothing once the event has begun', async () => {
    const event = await newEvent(services, 5);
    const one = allowed(await services.registrations.register(event.id, registrationForm(['Ada', 'Bea'])));
    const other = allowed(await services.registrations.register(event.id, registrationForm(['Cela'])));
    const { registrations } = services;
    const [ada, bea] = one.people.map(({ person }) => person.id);
    expect(await registrations.cancelByLink(other.link, ada!)).toEqual({ refused: 'not-registered' });
    expect(await registrations.cancelByLink('x'.repeat(32), ada!)).toEqual({ refused: 'link-unknown' });
    allowed(await registrations.cancelByLink(one.link, ada!));
    expect(await registrations.cancelByLink(one.link, ada!)).toEqual({ refused: 'cancelled-already' });
    now = new Date('2026-04-09T09:00:00+02:00');
    expect(await registrations.cancelByLink(one.link, bea!)).toEqual({ refused: 'event-over' });
  });

  test('corrects details in place, but makes nobody into somebody else on the list', async () => {
    const event = await newEvent(services, 1);
    const form = registrationForm(['Ada Nowk', 'Bea']);
    const { link, people } = allowed(await services.registrations.register(event.id, form));
    const { registrations } = services;
    allowed(
      await registrations.changeByLink(link, people[0]!.person.id, { name: 'Ada Nowak', email: 'ada@example.org' }),
    );
    const after = (await registrations.byLink(link))!;
    expect(after.people[0]).toMatchObject({ person: { name: 'Ada Nowak' }, standing: { is: 'placed' } });
    expect((await mailsTo(event.id, 'ada@example.org')).map(({ kind }) => kind)).toEqual(['registered-by-colleague']);
    expect(
      await registrations.changeByLink(link, people[1]!.person.id, { name: 'ada nowak', email: 'ADA@example.org' }),
    ).toMatchObject({ refused: 'person-registered-already' });
  });

  test('an event without a list any more knows no link', async () => {
    const event = await newEvent(services, 1);
    const { link } = allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
    now = new Date('2026-07-01T00:30:00+02:00');
    expect((await services.retention.confirmClock()).map(({ id }) => id)).toEqual([event.id]);
    expect(await services.registrations.byLink(link)).toBeNull();
  });
});

describe('the organiser', () => {
  test('raises the seats: the first in line move up and are told; lowers them to the people placed at most', async () => {
    const event = await newEvent(services, 1);
    const { link } = allowed(
      await services.registrations.register(
        event.id,
        registrationForm(['Ada', 'Bea', 'Cela'], { contactEmail: 'a@example.org' }),
      ),
    );
    allowed(await services.events.setSeats(event.id, 2));
    expect(standing((await services.registrations.byLink(link))!)).toEqual([
      { is: 'placed' },
      { is: 'placed' },
      { is: 'waiting', position: 1 },
    ]);
    const told = (await mailsTo(event.id, 'a@example.org')).filter(({ kind }) => kind === 'moved-up');
    expect(told.map(({ text }) => text.includes('Bea'))).toEqual([true]);
    expect(await services.events.setSeats(event.id, 1)).toEqual({
      refused: 'seats-below-placed',
      details: { placed: 2, seats: 1 },
    });
  });

  test('takes somebody off only with a reason, which the person is told', async () => {
    const event = await newEvent(services, 1);
    const form = registrationForm(['Ada'], { contactEmail: 'a@example.org' });
    const { people } = allowed(await services.registrations.register(event.id, form));
    const { id } = people[0]!.person;
    expect(await services.registrations.cancelByOrganiser(event.id, id, ' ')).toEqual({
      refused: 'cancellation-reason-missing',
    });
    allowed(await services.registrations.cancelByOrganiser(event.id, id, 'Brak zgłoszenia od urzędu'));
    const told = (await mailsTo(event.id, 'a@example.org')).find(({ kind }) => kind === 'cancelled-by-organiser');
    expect(told?.text).toContain('Brak zgłoszenia od\u00a0urzędu'.replace('\u00a0', ' '));
  });

  test('cancels an event: everybody still on the list is told, once', async () => {
    const event = await newEvent(services, 1);
    const first = allowed(await services.registrations.register(event.id, registrationForm(['Ada', 'Bea', 'Cela'])));
    allowed(await services.registrations.cancelByLink(first.link, first.people[2]!.person.id));
    allowed(await services.events.cancel(event.id));
    await services.oweMissing();
    const told = (await services.outbox.ofEvent(event.id)).filter(({ kind }) => kind === 'event-cancelled');
    expect(told).toHaveLength(2);
  });

  test('cannot delete later than was promised, nor ask other questions, once somebody is registered', async () => {
    const event = await newEvent(services, 1);
    const { events } = services;
    allowed(await services.registrations.register(event.id, registrationForm(['Ada'])));
    const { id, revision } = event;
    expect(await events.edit(id, eventInput({ deleteAfter: '2026-07-01' }), revision)).toMatchObject({
      refused: 'deletion-promised-earlier',
    });
    const form = { id: 'registration', version: '1.0.0', hash: 'x' };
    expect(await events.edit(id, eventInput({ form }), revision)).toEqual({ refused: 'form-in-use' });
    allowed(await events.edit(id, eventInput({ place: 'Inna sala' }), revision));
    expect(await events.edit(id, eventInput(), revision)).toEqual({ refused: 'changed-meanwhile' });
  });

  test.each([
    [{ startsAt: '2026-03-29T02:30' }, 'time-malformed'],
    [{ endsAt: '2026-04-09T08:00' }, 'ends-before-starts'],
    [{ registrationClosesAt: '2026-02-01T08:00' }, 'registration-closes-before-opens'],
    [{ registrationClosesAt: '2026-04-09T09:01' }, 'registration-closes-after-start'],
    [{ deleteAfter: '2026-04-08' }, 'deleted-before-end'],
  ])('is refused an event with %j', async (wrong, refused) => {
    expect(await services.events.create(eventInput(wrong), 5)).toMatchObject({ refused });
  });
});

describe('a crash between two steps', () => {
  test('after a registration is stored: the letters are written at the next start, once', async () => {
    const event = await newEvent(services, 1);
    const dying = eventsOver(
      interposed(data.store, ({ collection, write }) => {
        if (collection === 'mails' && write) throw new Error('the process died');
      }),
    );
    const form = registrationForm(['Ada']);
    await expect(dying.registrations.register(event.id, form)).rejects.toThrow('died');
    const restarted = eventsOver(await data.reopen());
    await restarted.oweMissing();
    await restarted.oweMissing();
    expect((await restarted.outbox.ofEvent(event.id)).map(({ kind }) => kind)).toEqual(['registered']);
    expect(isRefusal(await restarted.registrations.register(event.id, form))).toBe(false);
    expect((await restarted.queues.state(event.id)).registrants).toHaveLength(1);
  });

  test('anywhere in the deletion: the next run finishes it and the counts stay', async () => {
    const event = await newEvent(services, 1);
    const { people } = allowed(await services.registrations.register(event.id, registrationForm(['Ada', 'Bea'])));
    now = new Date('2026-04-09T12:00:00+02:00');
    allowed(await services.attendances.mark(event.id, new Set([people[0]!.person.id])));
    now = new Date('2026-07-01T12:00:00+02:00');
    const expected = await services.counts.of(event);
    expect(expected).toMatchObject({ seats: 1, placed: 1, waiting: 1, attended: 1 });
    for (let survives = 0; survives < 4; survives += 1) {
      let writes = 0;
      const dying = eventsOver(
        interposed(data.store, ({ collection, write }) => {
          if (write && collection !== 'known-moments' && (writes += 1) > survives) throw new Error('the process died');
        }),
        { clock: () => now },
      );
      await expect(dying.retention.confirmClock()).rejects.toThrow('died');
      expect(await eventsOver(data.store).counts.of(event)).toEqual(expected);
    }
    const restarted = eventsOver(await data.reopen(), { clock: () => now });
    expect(await restarted.retention.confirmClock()).toHaveLength(1);
    expect(await restarted.retention.deleteExpired()).toEqual({ done: [], heldBack: null });
    expect(await restarted.counts.of(event)).toEqual(expected);
    expect(await restarted.outbox.ofEvent(event.id)).toEqual([]);
    expect((await restarted.attendances.of(event.id)).size).toBe(0);
    const [held] = await restarted.held(event.programme, event.activity);
    expect(await restarted.counts.of(held!)).toMatchObject(expected);
  });
});
