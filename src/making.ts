import { setPriority } from 'node:os';
import { composeMaking, type Making } from './compose-making';
import type { Config } from './config';
import type { Programme } from './programme/document/programme';
import { failStart } from './serve';

/** What the process is told first; afterwards every message says that there is something to make. */
export interface MakingTask {
  readonly config: Config;
  readonly alsoProgrammes: readonly Programme[];
}

/** Ends after this long without anything to make, in milliseconds; whoever needs it starts it again. */
const idleLimit = 60_000;

/**
 * The process that makes files: started by `compose.ts` when there is something to make, so that no respondent waits
 * while a report is set. It and its browser give way to the pages wherever the processors are short.
 */
process.once('message', (task: MakingTask) => {
  try {
    setPriority(10);
  } catch {
    // A system that lets nobody do so: it makes files all the same.
  }
  let idleSince = Date.now();
  let ending: Promise<void> | null = null;
  const end = (making: Making): void => void (ending ??= making.close().then(() => process.exit(0), failStart));
  const looked = (count: number): void => {
    if (count > 0) idleSince = Date.now();
    else if (Date.now() - idleSince > idleLimit) void starting.then(end);
  };
  const starting = composeMaking(task.config, task.alsoProgrammes, looked);
  starting.then((making) => {
    process.on('message', () => {
      idleSince = Date.now();
      making.wake();
    });
    // Whoever started it has stopped, or is gone.
    process.once('disconnect', () => end(making));
    if (!process.connected) end(making);
  }, failStart);
});
// The one who started it stops it, and a terminal tells both of a Ctrl-C.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
