import type { EventServices } from '../../src/events/services';
import { allowed } from '../support/builders';
import { interposed } from '../support/interposed-store';
import { embeddedTestStore } from '../support/stores';
import { eventsMoment, eventsOver, newEvent, registrationForm } from './event-builders';

test('300 registrations for 30 seats, with crashes between any two steps: 30 placed in the order of arrival', async () => {
  const data = await embeddedTestStore();
  let now = eventsMoment;
  const event = await newEvent(eventsOver(data.store), 30);
  let writes = 0;
  const dying = () =>
    eventsOver(
      interposed(data.store, ({ write }) => {
        if (write && (writes += 1) % 7 === 0) throw new Error('the process died');
      }),
      { clock: () => now, confirmWithinHours: 24 },
    );
  /** As people do: once more until there is an answer; each time another process may answer. */
  async function insist<Value>(work: (process: EventServices) => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await work(dying());
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'the process died') throw error;
      }
    }
  }
  const forms = Array.from({ length: 300 }, (_, index) =>
    registrationForm([`Osoba ${index}`], { contactEmail: `osoba${index}@example.org` }),
  );
  for (const form of forms) allowed(await insist(({ registrations }) => registrations.register(event.id, form)));
  await insist((process) => process.oweMissing());
  // Every third never opens the letter.
  const secrets = new Map(
    (await eventsOver(data.store).outbox.ofEvent(event.id)).map(({ to, text }) => [
      to,
      /confirm\/(\S+)/.exec(text)?.[1],
    ]),
  );
  for (const [index, { contactEmail }] of forms.entries()) {
    if (index % 3 === 0) continue;
    allowed(await insist(({ registrations }) => registrations.confirm(secrets.get(contactEmail)!)));
  }
  now = new Date(eventsMoment.getTime() + 24 * 3_600_000);
  await insist((process) => process.lapseOverdue());
  await insist((process) => process.oweMissing());

  const restarted = eventsOver(await data.reopen(), { clock: () => now, confirmWithinHours: 24 });
  const state = await restarted.queues.state(event.id);
  const holders = state.registrants.filter(({ cancelled }) => cancelled === null).slice(0, 30);
  const confirmed = forms.filter((_, index) => index % 3 !== 0);
  expect(holders.map(({ person }) => person.name)).toEqual(confirmed.slice(0, 30).map(({ people }) => people[0]!.name));
  const told = await restarted.outbox.ofEvent(event.id);
  const of = (kind: string) =>
    told
      .filter((mail) => mail.kind === kind)
      .map(({ to }) => to)
      .sort();
  expect(of('confirm')).toEqual(forms.map(({ contactEmail }) => contactEmail).sort());
  expect(of('registered')).toEqual(confirmed.map(({ contactEmail }) => contactEmail).sort());
  // Numbers 30 to 44 waited behind those who never confirmed; each who has moved up is told once.
  expect(of('moved-up')).toEqual(
    confirmed
      .slice(20, 30)
      .map(({ contactEmail }) => contactEmail)
      .sort(),
  );
  const sent = new Map<string, string>();
  let sending = 0;
  const transport = {
    send: ({ id, to, text }: { id: string; to: string; text: string }) => {
      sending += 1;
      sent.set(id, text);
      return to === '' ? Promise.reject(new Error('nobody')) : Promise.resolve();
    },
    faultOf: () => 'refused' as const,
    close: () => Promise.resolve(),
  };
  while ((await restarted.outbox.deliverDue(transport, 'https://lijw.example.org')) > 0);
  expect(sending).toBe(sent.size);
  // What goes out is true when it goes out: who has a place reads so in every letter.
  const texts = [...sent.entries()].filter(([id]) => id.endsWith(':registered')).map(([, text]) => text);
  expect(texts.filter((text) => text.includes('ma miejsce') || text.includes('ma\u00a0miejsce'))).toHaveLength(30);
  await data.dispose();
});
