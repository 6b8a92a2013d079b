import type { Clock } from '../shared/clock';
import { documentOf, nullable, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** The last moment at which the clock was known to be right: one document. */
interface KnownMoment extends Stored {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** What the clock showed when it was found to have jumped; null while it is trusted. */
  readonly jumpedTo: string | null;
}

export const knownMomentsSpec: CollectionSpec<KnownMoment> = {
  name: 'known-moments',
  schema: documentOf({ at: text, jumpedTo: nullable(text) }),
};

/** What a person is asked about: the clock, and the newest moment known from before. Both ISO 8601 in UTC. */
export interface ClockJump {
  readonly now: string;
  readonly known: string;
}

export interface ClockGuard {
  /**
   * Whether the clock can be trusted with what cannot be undone. It is compared with the last moment that it was right;
   * a longer pause than a machine is usually off, or a step back of more than a day, is for a person to judge, and stays so
   * until a person has (`confirm`) or the clock is right again.
   *
   * @returns null where all is well
   */
  jump(): Promise<ClockJump | null>;
  /** A person says that the clock is right. */
  confirm(): Promise<void>;
}

const day = 86_400_000;
/** Over a long weekend with holidays an office may switch everything off. */
const longestPause = 7 * day;
const longestStepBack = day;
const id = 'deletions';

export function createClockGuard({
  store,
  clock,
  newest = () => Promise.resolve(null),
}: {
  store: Store;
  clock: Clock;
  /** A moment that is stored somewhere: before the first look it tells the time. ISO 8601 in UTC. */
  newest?: () => Promise<string | null>;
}): ClockGuard {
  const moments = store.collection(knownMomentsSpec);

  async function known(): Promise<KnownMoment> {
    const found = await moments.get(id);
    if (found !== null) return found;
    const first: KnownMoment = { id, at: (await newest()) ?? clock().toISOString(), jumpedTo: null };
    await moments.insert(first);
    return (await moments.get(id)) ?? first;
  }

  return {
    async jump() {
      const { at } = await known();
      const now = clock();
      const gone = now.getTime() - Date.parse(at);
      const isRight = gone <= longestPause && gone >= -longestStepBack;
      const moment = now.toISOString();
      await moments.update(id, (one) => {
        if (one.at !== at) return null;
        return isRight ? { ...one, at: moment > at ? moment : at, jumpedTo: null } : { ...one, jumpedTo: moment };
      });
      return isRight ? null : { now: moment, known: at };
    },

    async confirm() {
      await known();
      await moments.update(id, (one) => ({ ...one, at: clock().toISOString(), jumpedTo: null }));
    },
  };
}
