import { createHmac } from 'node:crypto';
import { dayOf, type Clock } from '../shared/clock';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** A random key of one day, the same for all processes, gone with the day. */
interface DayKey extends Stored {
  /** The id is the day, `YYYY-MM-DD`. */
  readonly key: string;
}

export const dayKeysSpec: CollectionSpec<DayKey> = {
  name: 'day-keys',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'key'],
    properties: { id: { type: 'string' }, key: { type: 'string' } },
  },
};

/**
 * Names for what is counted about addresses and users: equal for equal texts on one day, and telling nothing of them.
 * Whoever has the store lacks the secret; whoever has the secret lacks the key of any day that has passed.
 */
export function createDayNames(deps: {
  store: Store;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  secret: string;
}): (text: string) => Promise<string> {
  const keys = deps.store.collection(dayKeysSpec);
  let known: DayKey | null = null;

  async function keyOfToday(): Promise<string> {
    const id = dayOf(deps.clock());
    if (known?.id === id) return known.key;
    await keys.insert({ id, key: deps.randomBytes(32).toString('base64url') });
    known = await keys.get(id);
    await keys.remove({ id: { $lt: id } });
    return known?.key ?? keyOfToday();
  }

  return async (text) => {
    const key = createHmac('sha256', deps.secret)
      .update(await keyOfToday())
      .digest();
    return createHmac('sha256', key).update(text).digest('base64url');
  };
}
