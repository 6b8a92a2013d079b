import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { startTestApp } from '../../support/app';
import { newOpenRound } from '../../support/builders';

/**
 * The application in a process of its own, for tests that take away what it needs. Says its address and the path of an
 * open survey; `use-up-handles` opens files until the system refuses; ends with its stdin.
 */
async function main(): Promise<void> {
  const app = await startTestApp();
  const { linkCode } = await newOpenRound(app.services.assessment);
  process.stdout.write(`ready ${await app.listen()} /survey/${linkCode}\n`);
  createInterface({ input: process.stdin })
    .on('line', () => {
      let opened = 0;
      try {
        for (;;) opened = openSync('/dev/null', 'r');
      } catch {
        process.stdout.write(`used ${opened}\n`);
      }
    })
    .on('close', () => void app.close().finally(() => process.exit(0)));
}

void main();
