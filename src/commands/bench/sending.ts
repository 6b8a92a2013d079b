import { randomBytes } from 'node:crypto';
import { createAssessmentWithCollection } from '../../collection/services';
import { readConfig } from '../../config';
import { loadRegistry } from '../../definitions/registry';
import { randomIds } from '../../shared/ids';
import type { Store } from '../../storage/port';
import type { Bench } from './bench';
import { openBenchStore } from './bench-store';
import { randomOf } from './random';
import { nothingWrong, sendWithFaults, sum, type Surroundings, type Wrongs } from './sending/faults';
import { must } from './must';

const usualRuns = 1000;

/** Invitations and reminders while everything that can fail does. */
export const sendingBench: Bench = {
  name: 'sending',
  about: `invitations and reminders of ${usualRuns} rounds, with faults at every step: nobody twice, nobody missed unseen`,
  async *run({ runs }) {
    const store = await openBenchStore();
    try {
      const count = runs ?? usualRuns;
      const wrongs = await wrongsOf(surroundingsOf(store), count);
      for (const [what, ours] of Object.entries(wrongs)) {
        yield {
          what: `${what} in ${count} rounds with faults`,
          ...{ unit: 'letters', ours: Number(ours), bound: null, spread: null, budget: { most: 0 } },
        };
      }
    } finally {
      await store.close();
    }
  },
};

/** The sum of so many runs, each of a seed of its own. */
export async function wrongsOf(surroundings: Surroundings, runs: number): Promise<Wrongs> {
  let all = nothingWrong;
  for (let seed = 1; seed <= runs; seed += 1) all = sum(all, await sendWithFaults(surroundings, randomOf(seed)));
  return all;
}

function surroundingsOf(store: Store): Surroundings {
  const instruments = loadRegistry(readConfig({}).definitionsDir);
  const over: Surroundings['over'] = (one, clock) =>
    createAssessmentWithCollection({
      ...{ store: one, clock, ids: randomIds, randomBytes, instruments },
      installationKey: 'a key of the bench, of no use elsewhere',
    });
  const { units, assessments, rounds } = over(store, () => new Date('2026-03-16T12:00:00+01:00')).assessment;
  let made = 0;
  return {
    store,
    over,
    async newRound() {
      made += 1;
      const unit = must(await units.create({ code: `POMIAR-${made}`, name: 'Gmina Zmyślona', kind: 'rural-gmina' }));
      const assessment = must(await assessments.create({ unitId: unit.id, instrumentId: 'lijw', title: 'Pomiar' }));
      const round = await rounds.create({
        ...{ assessmentId: assessment.id, name: 'baseline', form: 'full', assessedYear: 2025 },
        ...{ opensOn: '2026-03-16', closesOn: '2026-04-30', ways: { ngo: 'invitations' } },
      });
      return must(await rounds.open(must(round).id));
    },
  };
}
