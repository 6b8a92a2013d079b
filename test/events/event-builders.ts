import { randomBytes } from 'node:crypto';
import type { Event } from '../../src/events/event';
import type { EventInput } from '../../src/events/events';
import type { RegistrationForm } from '../../src/events/registrations';
import { createEventServices, type EventDependencies, type EventServices } from '../../src/events/services';
import { randomIds } from '../../src/shared/ids';
import type { Store } from '../../src/storage/port';
import { allowed } from '../support/builders';

/** A spring noon in Warsaw, three weeks before the event of `eventInput`. */
export const eventsMoment = new Date('2026-03-16T12:00:00+01:00');

export function eventsOver(store: Store, overrides: Partial<EventDependencies> = {}): EventServices {
  return createEventServices({ store, clock: () => eventsMoment, ids: randomIds, randomBytes, ...overrides });
}

export function eventInput(overrides: Partial<EventInput> = {}): EventInput {
  return {
    programme: 'obywatelska-wielkopolska-2014-2015',
    activity: 'model-trainings',
    kind: 'training',
    title: { pl: 'Szkolenie o Modelu współpracy', en: 'Training on the Model of Cooperation' },
    description: { pl: 'Jednodniowe szkolenie.', en: 'A one-day training.' },
    place: 'Dom Przykładów',
    address: 'ul. Zmyślona 1, Gniezno',
    subregion: 'koninski',
    startsAt: '2026-04-09T09:00',
    endsAt: '2026-04-09T15:00',
    agenda: [{ time: '09:00', text: 'Powitanie' }],
    registrationOpensAt: '2026-03-01T08:00',
    registrationClosesAt: '2026-04-07T16:00',
    perFormLimit: 5,
    form: null,
    controller: 'Stowarzyszenie Organizator, ul. Zmyślona 2, Poznań',
    deleteAfter: '2026-06-30',
    ...overrides,
  };
}

/** A published event with so many seats. */
export async function newEvent(
  { events }: EventServices,
  seats: number,
  overrides: Partial<EventInput> = {},
): Promise<Event> {
  const event = allowed(await events.create(eventInput(overrides), seats));
  return allowed(await events.publish(event.id));
}

let forms = 0;

/** A form with these people; every call is another form unless a key is given. */
export function registrationForm(
  names: readonly string[],
  overrides: Partial<RegistrationForm> = {},
): RegistrationForm {
  forms += 1;
  return {
    formKey: `form-${forms}`,
    channel: 'web',
    organisation: { name: 'Stowarzyszenie Przykład', kind: 'ngo', seat: '302101' },
    contactEmail: `biuro${forms}@example.org`,
    language: 'pl',
    people: names.map((name) => ({ name })),
    ...overrides,
  };
}
