import type { Store } from '../storage/port';
import { roundsSpec, type PinnedInstrument } from './round';

/** Every instrument version that a round has opened with: the registry refuses to start if one of them was edited. */
export async function frozenVersions(store: Store): Promise<PinnedInstrument[]> {
  const rounds = await store.collection(roundsSpec).find({ status: { $in: ['open', 'closing', 'sealing', 'closed'] } });
  const pinned = rounds.flatMap(({ instrument }) => (instrument ? [instrument] : []));
  return [...new Map(pinned.map((one) => [`${one.id}@${one.version} ${one.hash}`, one])).values()];
}
