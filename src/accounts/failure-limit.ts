import type { SteadyClock } from '../shared/clock';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** How often something has failed in a window of time. */
export interface FailureCount extends Stored {
  readonly points: number;
  /** End of the window in milliseconds of a steady clock. */
  readonly until: number;
}

export const failureCountsSpec: CollectionSpec<FailureCount> = {
  name: 'sign-in-failures',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'points', 'until'],
    properties: { id: { type: 'string' }, points: { type: 'integer', minimum: 0 }, until: { type: 'number' } },
  },
  indexes: [['until']],
};

export interface FailureLimit {
  /** Counts one in advance, so that a hundred at once are not all let through; refuses past the limit. */
  reserve(key: string): Promise<{ readonly waitMs: number } | null>;
  /** Takes one back that was no failure after all. */
  giveBack(key: string): Promise<void>;
}

/**
 * `points` failures in a window of `seconds` that begins with the first, counted in the store for all processes. (The
 * limiter of the web layer has no store of ours, and the class that one could be made from is not exported.)
 */
export function createFailureLimit(
  store: Store,
  steady: SteadyClock,
  { points: most, seconds }: { readonly points: number; readonly seconds: number },
): FailureLimit {
  const counts = store.collection(failureCountsSpec);
  const windowMs = seconds * 1000;
  return {
    async reserve(id) {
      for (;;) {
        const now = steady();
        const first: FailureCount = { id, points: 1, until: now + windowMs };
        const counted = await counts.update(id, (one) => {
          if (!isRunning(one, now, windowMs)) return first;
          return one.points < most ? { ...one, points: one.points + 1 } : null;
        });
        if (counted) return null;
        const full = await counts.get(id);
        if (full === null) {
          if ((await counts.insert(first)).inserted) return null;
        } else if (full.points >= most && isRunning(full, now, windowMs)) {
          return { waitMs: full.until - now };
        }
      }
    },
    async giveBack(id) {
      await counts.update(id, (one) => ({ ...one, points: Math.max(one.points - 1, 0) }));
    },
  };
}

/** A limit and the name that something is counted under. */
export type Counted = readonly [FailureLimit, string];

/**
 * Counts one under every limit, or under none where one of them is full.
 *
 * @returns how to take it back, or how long the full one lasts
 */
export async function reserveAll(
  limits: readonly Counted[],
): Promise<{ readonly waitMs: number } | { giveBack(): Promise<void> }> {
  const reserved: Counted[] = [];
  const giveBack = async (): Promise<void> => {
    await Promise.all(reserved.map(([limit, key]) => limit.giveBack(key)));
  };
  for (const [limit, key] of limits) {
    const over = await limit.reserve(key);
    if (over !== null) {
      await giveBack();
      return over;
    }
    reserved.push([limit, key]);
  }
  return { giveBack };
}

/** Whole minutes until a limit ends, as people are told. */
export function minutesOf({ waitMs }: { readonly waitMs: number }): number {
  return Math.max(Math.ceil(waitMs / 60_000), 1);
}

/** Removes the counts of windows that are over. */
export function removeOldFailures(store: Store, steady: SteadyClock): Promise<number> {
  return store.collection(failureCountsSpec).remove({ until: { $lte: steady() } });
}

/** A window that ends later than one that begins now was counted by a clock that went wrong. */
function isRunning({ until }: FailureCount, now: number, windowMs: number): boolean {
  return until > now && until <= now + windowMs;
}
