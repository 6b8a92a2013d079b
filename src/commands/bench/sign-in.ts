import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccounts, type Accounts } from '../../accounts/accounts';
import { everything } from '../../accounts/rights';
import { systemClock } from '../../shared/clock';
import { Failure, isRefusal } from '../../shared/errors';
import { randomIds } from '../../shared/ids';
import { openEmbeddedStore } from '../../storage/embedded/open';
import type { Bench } from './bench';
import { timesOf } from './times';

const crowd = 200;
const password = 'a password of the bench only';

/** An honest sign-in while 200 wrong ones from 200 addresses wait, beside the same sign-in when nobody else is there. */
export const signInBench: Bench = {
  name: 'sign-in',
  about: `an honest sign-in while ${crowd} wrong ones come at once from ${crowd} addresses`,
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
    const store = await openEmbeddedStore(folder);
    try {
      const accounts = createAccounts({ store, clock: systemClock, ids: randomIds, randomBytes });
      for (const user of ['anna', 'piotr']) await accounts.setPassword(user, password, everything);
      for (const [attacked, what] of [
        ['piotr', 'of a colleague'],
        [null, 'of names that nobody has'],
      ] as const) {
        let run = 0;
        let under = 0;
        const flooded = async (): Promise<void> => {
          run += 1;
          const wrong = Array.from({ length: crowd }, (_, host) =>
            accounts.signIn(attacked ?? `nobody${host}`, 'wrong', `10.${run}.${host}.${attacked?.length ?? 0}`),
          );
          const began = performance.now();
          await honest(accounts);
          under = performance.now() - began;
          await Promise.all(wrong);
        };
        const took: number[] = [];
        const { bound } = await timesOf(
          3,
          async () => {
            await flooded();
            took.push(under);
          },
          () => honest(accounts),
        );
        const sorted = took.slice(1).sort((one, other) => one - other);
        const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
        yield {
          what: `sign in while ${crowd} wrong sign-ins ${what} come at once`,
          unit: 'ms',
          ours: median,
          bound: { what: 'sign in alone', value: bound.median },
          spread: (sorted.at(-1) ?? 0) / median,
          budget: { most: 3 },
        };
      }
    } finally {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function honest(accounts: Accounts): Promise<void> {
  const signedIn = await accounts.signIn('anna', password, '192.0.2.1');
  if (isRefusal(signedIn)) throw new Failure('bench-refused', `The honest sign-in was refused: ${signedIn.refused}.`);
}
