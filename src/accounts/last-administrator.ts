import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { refuse, type Refusal } from '../shared/errors';
import type { Collection } from '../storage/port';
import { wholeAccount, type Account } from './account';

const mostAttempts = 30;

/**
 * Changes an account so that somebody who may do everything is always left.
 *
 * Whoever gives up the administration needs a surety: another active administrator, whose count `vouched` grows by one.
 * The change is then made only if the account is still as it was read before. Two administrators who give up at the same
 * time, each with the other as surety, change each other's account between reading and writing, so one of them fails and
 * looks again; the same holds in any circle, since the last one to write has been changed by one before. Who fails waits
 * for a moment of random length, so that two do not get in each other's way for ever.
 *
 * @param edit what becomes of the account; null leaves it alone
 * @returns the account as it then is; null where there is none, or where `edit` returned null
 */
export async function changeAccount(
  accounts: Collection<Account>,
  id: string,
  edit: (account: Account) => Account | null,
): Promise<Account | null | Refusal<'last-administrator' | 'changed-meanwhile'>> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const stored = await accounts.get(id);
    if (stored === null) return null;
    const seen = wholeAccount(stored);
    const next = edit(seen);
    if (next === null) return null;
    if (isAdministrator(seen) && !isAdministrator(next) && !(await findSurety(accounts, id))) {
      return refuse('last-administrator');
    }
    const changed = await accounts.update(id, (one) => (isDeepStrictEqual(wholeAccount(one), seen) ? next : null));
    if (changed !== null) return changed;
    await pause(Math.random() * attempt * 10);
  }
  return refuse('changed-meanwhile');
}

async function findSurety(accounts: Collection<Account>, id: string): Promise<boolean> {
  const others = (await accounts.find({})).map(wholeAccount).filter((one) => one.id !== id && isAdministrator(one));
  for (const other of others) {
    const vouched = await accounts.update(other.id, (stored) => {
      const one = wholeAccount(stored);
      return isAdministrator(one) ? { ...one, vouched: one.vouched + 1 } : null;
    });
    if (vouched !== null) return true;
  }
  return false;
}

function isAdministrator({ role, state }: Account): boolean {
  return role === 'administrator' && state === 'active';
}
