import { randomBytes } from 'node:crypto';
import type { EventInput } from '../../events/events';
import { placed } from '../../events/queue';
import { createEventServices, type EventServices } from '../../events/services';
import { Failure } from '../../shared/errors';
import { randomIds } from '../../shared/ids';
import type { Store } from '../../storage/port';
import { bareDocumentsSpec } from './bare-documents';
import type { Bench, Measurement } from './bench';
import { openBenchStore } from './bench-store';
import { must } from './must';
import { summaryOf } from './times';

const seats = 30;
const people = 500;
/** What the first ones and the last ones of a queue cost is compared. */
const compared = 100;
const events = 3;
/** Durable steps of a registration: its entry in the queue, and the letter that asks to confirm it. */
const steps = 2;

/** One event that many want to come to, one after the other, beside bare inserts. */
export const registeringBench: Bench = {
  name: 'registering',
  about: `${people} people who register for ${seats} seats, beside bare inserts; the last ones beside the first`,
  async *run() {
    const store = await openBenchStore();
    try {
      const services = createEventServices({
        ...{ store, clock: () => moment, ids: randomIds, randomBytes },
        confirmWithinHours: 24,
      });
      const bare = bareInserts(store);
      const took = { all: [] as number[], bare: [] as number[] };
      const work = { first: 0, last: 0 };
      // The first one warms up.
      for (let event = -1; event < events; event += 1) {
        const { wall, first, last } = await fill(services);
        const start = performance.now();
        await bare(people * steps);
        if (event < 0) continue;
        took.all.push(wall);
        took.bare.push(performance.now() - start);
        work.first += first;
        work.last += last;
      }
      const all = summaryOf(took.all);
      yield {
        what: `${people} registrations for ${seats} seats, ${steps} durable steps each`,
        ...{ unit: 'ms', ours: all.median, spread: all.spread, budget: null },
        bound: { what: `${people * steps} bare inserts`, value: summaryOf(took.bare).median },
      };
      yield growth(work);
    } finally {
      await store.close();
    }
  },
};

function growth({ first, last }: { readonly first: number; readonly last: number }): Measurement {
  const each = (sum: number) => sum / events / compared;
  return {
    what: `processor time of one of the last ${compared} in the queue`,
    ...{ unit: 'ms', ours: each(last), spread: null, budget: { most: 2 } },
    bound: { what: `of the first ${compared}`, value: each(first) },
  };
}

/** Milliseconds until all have registered, and of processor time for the first and the last ones. */
async function fill(services: EventServices): Promise<{ wall: number; first: number; last: number }> {
  const { id } = must(await services.events.create(event, seats));
  must(await services.events.publish(id));
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const start = performance.now();
  const marks = [cpu()];
  for (let person = 0; person < people; person += 1) {
    must(
      await services.registrations.register(id, {
        ...{ formKey: randomIds.uuid(), channel: 'web', language: 'pl' },
        organisation: { name: 'Stowarzyszenie Zmyślone', kind: 'ngo', seat: '302101' },
        contactEmail: `${randomIds.uuid()}@example.org`,
        people: [{ name: `Osoba Zmyślona ${person}` }],
      }),
    );
    if ((person + 1) % compared === 0) marks.push(cpu());
  }
  const wall = performance.now() - start;
  const came = placed(await services.queues.state(id)).map(({ person }) => person.name);
  if (came.length !== seats || came.at(-1) !== `Osoba Zmyślona ${seats - 1}`) {
    throw new Failure('bench-differs', `Not the first ${seats} have the seats.`);
  }
  const [zero = NaN, one = NaN] = marks;
  return { wall, first: one - zero, last: (marks.at(-1) ?? NaN) - (marks.at(-2) ?? NaN) };
}

function bareInserts(store: Store): (count: number) => Promise<void> {
  const bare = store.collection(bareDocumentsSpec);
  const content = 'x'.repeat(1_000);
  let written = 0;
  return async (count) => {
    for (let n = 0; n < count; n += 1) await bare.insert({ id: `d${(written += 1)}`, content });
  };
}

const moment = new Date('2026-03-16T12:00:00+01:00');

const event: EventInput = {
  ...{ programme: 'pomiar', activity: 'model-trainings', kind: 'training', form: null },
  title: { pl: 'Szkolenie zmyślone', en: 'Invented training' },
  description: null,
  ...{ place: 'Dom Przykładów', address: 'ul. Zmyślona 1', subregion: null, agenda: [] },
  ...{ startsAt: '2026-04-09T09:00', endsAt: '2026-04-09T15:00' },
  ...{ registrationOpensAt: '2026-03-01T08:00', registrationClosesAt: '2026-04-07T16:00' },
  ...{ perFormLimit: 5, controller: 'Stowarzyszenie Zmyślone', deleteAfter: '2026-06-30' },
};
