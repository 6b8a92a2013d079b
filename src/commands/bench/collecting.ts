import { randomBytes } from 'node:crypto';
import { createAssessmentWithCollection } from '../../collection/services';
import { readConfig } from '../../config';
import { loadRegistry } from '../../definitions/registry';
import { randomIds } from '../../shared/ids';
import type { Store } from '../../storage/port';
import { distantStore } from './asked-store';
import type { Bench, Measurement } from './bench';
import { openBenchStore } from './bench-store';
import { benchKey, submitAmongFaults } from './submit-faults';
import { timesOf } from './times';
import { bareDocumentsSpec } from './bare-documents';
import { must } from './must';

const submissions = 40;
const runs = 7;

/** Durable steps of sending (src/README.md): sending, claimed, pending, accepted, complete, used, submitted. */
const stepsBy = { card: 7, link: 5 } as const;
type Way = keyof typeof stepsBy;

/** How far the store is in the rows about requests, in milliseconds: far more than the work between two of them. */
const away = 20;

/** Sending among faults, and what its steps cost beside so many bare inserts. */
export const collectingBench: Bench = {
  name: 'collecting',
  about: `rounds in which sending is killed, refused, or its replies lost (1,000; --runs); the cost of ${submissions} sendings`,
  async *run({ runs: drawn }) {
    const store = await openBenchStore();
    const instruments = loadRegistry(readConfig(process.env).definitionsDir, []);
    try {
      const rounds = drawn ?? 1_000;
      const first = Math.floor(Date.now() / 1000);
      const found = { lost: 0, doubled: 0, broken: 0 };
      for (let n = 0; n < rounds; n += 1) {
        const run = await submitAmongFaults(first + n, store, instruments);
        for (const key of ['lost', 'doubled', 'broken'] as const) found[key] += run[key];
      }
      for (const [what, ours] of Object.entries(found)) {
        yield {
          ...{ what: `answers ${what} in ${rounds} rounds among faults`, unit: 'answers', ours },
          ...{ bound: null, spread: null, budget: { most: 0 } },
        };
      }
      for (const way of ['card', 'link'] as const) {
        yield await costOf(way, 'here', store, instruments);
        yield await costOf(way, 'away', store, instruments);
      }
    } finally {
      await store.close();
    }
  },
};

const content = 'x'.repeat(1_000);
let written = 0;

/**
 * Sending beside as many bare inserts as it has durable steps, in the store as it is, and in one that is so far away that
 * only the requests count that wait for one another.
 */
async function costOf(
  way: Way,
  where: 'here' | 'away',
  store: Store,
  instruments: ReturnType<typeof loadRegistry>,
): Promise<Measurement> {
  const measured = where === 'here' ? store : distantStore(store, away);
  const people = where === 'here' ? submissions : 2;
  const steps = stepsBy[way];
  const sending = await preparedSending(way, people, { measured, store, instruments });
  const bare = measured.collection(bareDocumentsSpec);
  const times = await timesOf(runs, sending, async () => {
    for (let n = 0; n < people * steps; n += 1) await bare.insert({ id: `d${(written += 1)}`, content });
  });
  // A MongoDB that keeps nothing on a disk answers a write as soon as a read, which no real one does.
  const judged = where === 'away' || readConfig(process.env).mongodbUri === null;
  return {
    what: `${people} sendings by ${way}, ${steps} durable steps each${where === 'here' ? '' : `, each request ${away} ms away`}`,
    unit: 'ms',
    ours: times.ours.median,
    bound: { what: `${people * steps} bare inserts`, value: times.bound.median },
    spread: times.ours.spread,
    budget: judged ? { most: 1.5 } : null,
  };
}

/** Sends as many drafts as are measured at a time; they and their cards are made before, in the store as it is. */
async function preparedSending(
  way: Way,
  people: number,
  { measured, store, instruments }: { measured: Store; store: Store; instruments: ReturnType<typeof loadRegistry> },
): Promise<() => Promise<void>> {
  // Once more to warm up, and one that is first.
  const drafts = (runs + 1) * people + 1;
  const servicesOver = (over: Store) =>
    createAssessmentWithCollection({
      store: over,
      ...{ clock: () => new Date(), ids: randomIds, randomBytes, instruments },
      installationKey: benchKey,
    });
  const { assessment, collection } = servicesOver(store);
  const code = `bench-${randomBytes(4).toString('hex')}`;
  const unit = must(await assessment.units.create({ code, name: 'Gmina Zmyślona', kind: 'rural-gmina' }));
  const made = must(await assessment.assessments.create({ unitId: unit.id, instrumentId: 'lijw', title: 'Pomiar' }));
  const { id } = must(
    await assessment.rounds.create({
      ...{ assessmentId: made.id, name: 'baseline', form: 'full', assessedYear: 2025 },
      ...{ opensOn: '2026-03-01', closesOn: '2026-03-31' },
      ...{ ways: { officials: 'cards' }, groupSizes: { officials: drafts } },
    }),
  );
  const round = must(await assessment.rounds.open(id));
  const { instrument } = await collection.questionnaires.of(round);
  const items = instrument.questions.filter(({ type }) => type === 'rating').slice(0, 30);
  const answers = Object.fromEntries(items.map((item) => [item.code, 4]));
  const tokens: string[] = [];
  const begin = async (begun: { readonly token: string }) => {
    must(await collection.drafts.save(begun.token, answers));
    tokens.push(begun.token);
  };
  if (way === 'card') {
    const [sheet] = must(await collection.tickets.print(id, 'officials', [{ kind: 'cards', count: drafts }]));
    for (const one of sheet?.codes ?? []) await begin(must(await collection.drafts.startWith(id, one)));
  } else {
    for (let n = 0; n < drafts; n += 1) {
      const begun = must(await collection.drafts.start(id));
      must(await collection.drafts.chooseGroup(begun.token, 'ngo'));
      await begin(begun);
    }
  }
  // The first claim takes the sheet off all its tickets.
  must(await collection.submissions.submit(tokens.shift() ?? ''));
  const { submissions: sent } = servicesOver(measured).collection;
  return async () => {
    for (const token of tokens.splice(0, people)) must(await sent.submit(token));
  };
}
