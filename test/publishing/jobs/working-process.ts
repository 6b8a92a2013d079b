import { setTimeout as wait } from 'node:timers/promises';
import { createWorker, type Maker } from '../../../src/publishing/jobs/worker';
import { systemClock } from '../../../src/shared/clock';
import { randomIds } from '../../../src/shared/ids';
import { openEmbeddedStore } from '../../../src/storage/embedded/open';

/**
 * A process of its own that makes jobs until there are none, and writes the id of each as it begins and as it ends:
 * `working-process.ts FOLDER`. Those whose input says `hangs` are begun and never done.
 */
async function main(folder: string): Promise<void> {
  const store = await openEmbeddedStore(folder);
  const plain: Maker = {
    ...{ timeLimit: 600_000, keepDays: null },
    async make(input) {
      const { id, hangs } = input as { readonly id: string; readonly hangs: boolean };
      process.stdout.write(`begun ${id}\n`);
      if (hangs) await wait(600_000);
      return { outcome: 'made', type: 'text/plain', content: [Buffer.alloc(250_000, id)] };
    },
  };
  const worker = createWorker({ store, clock: systemClock, ids: randomIds, makers: { plain }, warn: console.error });
  await worker.workOff();
  await store.close();
}

void main(process.argv[2] ?? '');
