import { repeating } from './adapters/jobs/repeating';
import type { Config } from './config';
import { openParts } from './parts';
import type { Programme } from './programme/document/programme';
import { createWorker } from './publishing/jobs/worker';
import { createMakers } from './publishing/makers';

/** The part of the program that makes files beside the pages. */
export interface Making {
  /** Looks at once whether there is something to make. */
  wake(): void;
  /** Gives back what is under way, and lets go of the store and the browser. */
  close(): Promise<void>;
}

/** Milliseconds between two looks for jobs that another process has asked for. */
const lookEvery = 2_000;

/** @param looked told after each look how many files were taken up */
export async function composeMaking(
  config: Config,
  alsoProgrammes: readonly Programme[],
  looked: (count: number) => void,
): Promise<Making> {
  const parts = await openParts(config, alsoProgrammes, { lettersWait: () => undefined, filesWait: () => wake() });
  const { base, warn, assessment, publishing, printer } = parts;
  const { programmes, progress, editionFiles, logos } = parts;
  const { editions } = publishing;
  const makers = createMakers({
    editions,
    assessment,
    programmes,
    progress,
    editionFiles,
    clock: base.clock,
    printer,
    logos,
  });
  const workers = Array.from({ length: config.jobsAtOnce }, () => createWorker({ ...base, makers, warn }));
  const loops = workers.map((worker) => repeating(lookEvery, async () => looked(await worker.workOff()), warn));
  const wake = (): void => loops.forEach((loop) => loop.kick());
  wake();
  return {
    wake,
    async close() {
      workers.forEach((worker) => worker.stop());
      await Promise.all(loops.map((loop) => loop.stop()));
      await printer.close();
      await parts.store.close();
    },
  };
}
