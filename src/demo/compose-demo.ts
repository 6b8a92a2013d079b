import { rename, rm } from 'node:fs/promises';
import { compose, type Application } from '../compose';
import type { Config } from '../config';
import type { Programme } from '../programme/document/programme';
import { Failure, ProblemsFound } from '../shared/errors';

/**
 * Composes the application over the demo's data folder. Data of an earlier version (other files, or rounds that pin
 * other words of an instrument) are moved aside to `<folder>.old`, so that the demo is made anew: all of them are
 * invented, and a demo that does not start shows nothing.
 */
export async function composeDemo(
  config: Config,
  programmes: readonly Programme[],
  say: (line: string) => void,
): Promise<Application> {
  try {
    return await compose(config, programmes);
  } catch (error) {
    if (!isOutdated(error)) throw error;
    const { dataDir } = config;
    await rm(`${dataDir}.old`, { recursive: true, force: true });
    await rename(dataDir, `${dataDir}.old`);
    say(`The demo data in ${dataDir} are of an earlier version: moved to ${dataDir}.old, and made anew.`);
    return compose(config, programmes);
  }
}

function isOutdated(error: unknown): boolean {
  if (error instanceof ProblemsFound) {
    return error.problems.every(({ code }) => code === 'frozen-changed' || code === 'frozen-missing');
  }
  return error instanceof Failure && error.code === 'store-old-format';
}
