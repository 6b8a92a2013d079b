import { randomBytes } from 'node:crypto';
import { createAssessmentWithCollection } from '../../collection/services';
import { readConfig } from '../../config';
import { loadRegistry } from '../../definitions/registry';
import { randomIds } from '../../shared/ids';
import type { Store } from '../../storage/port';
import type { Bench } from './bench';
import { openBenchStore } from './bench-store';
import { benchKey, submitAmongFaults } from './submit-faults';
import { timesOf } from './times';
import { bareDocumentsSpec } from './bare-documents';
import { must } from './must';

const submissions = 40;

/** Durable steps of sending with a card (src/README.md): sending, claimed, pending, accepted, complete, used, sent. */
const steps = 7;

/** Sending among faults, and what its steps cost beside so many bare inserts. */
export const collectingBench: Bench = {
  name: 'collecting',
  about: `rounds in which sending is killed, refused, or its replies lost (1,000; --runs); the cost of ${submissions} sendings`,
  async *run({ runs }) {
    const store = await openBenchStore();
    const instruments = loadRegistry(readConfig(process.env).definitionsDir, []);
    try {
      const rounds = runs ?? 1_000;
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
      const sending = await preparedSending(store, instruments);
      const bare = store.collection(bareDocumentsSpec);
      let written = 0;
      const times = await timesOf(
        7,
        () => sending(),
        async () => {
          for (let n = 0; n < submissions * steps; n += 1) await bare.insert({ id: `d${(written += 1)}`, content });
        },
      );
      yield {
        what: `${submissions} sendings with cards, ${steps} durable steps each`,
        unit: 'ms',
        ours: times.ours.median,
        bound: { what: `${submissions * steps} bare inserts`, value: times.bound.median },
        spread: times.ours.spread,
        budget: { most: 1.5 },
      };
    } finally {
      await store.close();
    }
  },
};

const content = 'x'.repeat(1_000);
/** Sends as many drafts as are measured at a time; they and their cards are made before. */
async function preparedSending(
  store: Store,
  instruments: ReturnType<typeof loadRegistry>,
): Promise<() => Promise<void>> {
  const times = 8;
  const { assessment, collection } = createAssessmentWithCollection({
    store,
    ...{ clock: () => new Date(), ids: randomIds, randomBytes, instruments },
    installationKey: benchKey,
  });
  const code = `bench-${randomBytes(4).toString('hex')}`;
  const unit = must(await assessment.units.create({ code, name: 'Gmina Zmyślona', kind: 'rural-gmina' }));
  const made = must(await assessment.assessments.create({ unitId: unit.id, instrumentId: 'lijw', title: 'Pomiar' }));
  const { id } = must(
    await assessment.rounds.create({
      ...{ assessmentId: made.id, name: 'baseline', form: 'full', assessedYear: 2025 },
      ...{ opensOn: '2026-03-01', closesOn: '2026-03-31' },
      ...{ ways: { officials: 'cards' }, groupSizes: { officials: times * submissions } },
    }),
  );
  const round = must(await assessment.rounds.open(id));
  const { instrument } = await collection.questionnaires.of(round);
  const items = instrument.questions.filter(({ type }) => type === 'rating').slice(0, 30);
  const answers = Object.fromEntries(items.map((item) => [item.code, 4]));
  const [sheet] = must(
    await collection.tickets.print(id, 'officials', [{ kind: 'cards', count: times * submissions }]),
  );
  const tokens: string[] = [];
  for (const one of sheet?.codes ?? []) {
    const { token } = must(await collection.drafts.startWith(id, one));
    must(await collection.drafts.save(token, answers));
    tokens.push(token);
  }
  // The first claim takes the sheet off all its tickets.
  must(await collection.submissions.submit(tokens.shift() ?? ''));
  return async () => {
    for (const token of tokens.splice(0, submissions)) must(await collection.submissions.submit(token));
  };
}
