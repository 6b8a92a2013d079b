import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { documentOf, listOf, text } from '../../storage/document-fields';

/** The order that staff gave the recommendations of a round: one row, so that a move is one step. Its id is the round's. */
interface RecommendationOrder extends Stored {
  /** Ids of recommendations; one that is not here comes after them. */
  readonly ids: readonly string[];
}

/** Most recommendations of a round. */
export const mostRecommendations = 200;

const ordersSpec: CollectionSpec<RecommendationOrder> = {
  name: 'recommendation-orders',
  schema: documentOf({ ids: listOf(text, 2 * mostRecommendations) }),
};

export type Direction = 'up' | 'down';

export function createRecommendationOrder({ store }: { readonly store: Store }) {
  const orders = store.collection(ordersSpec);

  async function change(roundId: string, edit: (ids: readonly string[]) => readonly string[]): Promise<void> {
    const changed = await orders.update(roundId, (order) => ({ ...order, ids: [...edit(order.ids)] }));
    if (changed) return;
    const made = await orders.insert({ id: roundId, ids: [...edit([])] });
    // Somebody else has made the row meanwhile.
    if (!made.inserted) await change(roundId, edit);
  }

  return {
    /** These things of a round, in its order. */
    async sorted<Thing extends Stored>(roundId: string, things: readonly Thing[]): Promise<Thing[]> {
      const ids = (await orders.get(roundId))?.ids ?? [];
      const placeOf = ({ id }: Thing): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
      return things.toSorted((one, other) => placeOf(one) - placeOf(other));
    },
    append: (roundId: string, id: string): Promise<void> => change(roundId, (ids) => [...ids, id]),
    takeOff: (roundId: string, id: string): Promise<void> => change(roundId, (ids) => ids.filter((one) => one !== id)),
    /**
     * Puts one before or behind its neighbour; at the end of the list nothing changes.
     *
     * @param shown the ids that there are, in the order in which they are shown
     */
    move: (roundId: string, id: string, direction: Direction, shown: readonly string[]): Promise<void> =>
      change(roundId, (stored) => {
        const ids = [...stored, ...shown.filter((one) => !stored.includes(one))];
        const step = direction === 'up' ? -1 : 1;
        const at = ids.indexOf(id);
        let to = at + step;
        // What was removed meanwhile is no neighbour.
        while (to >= 0 && to < ids.length && !shown.includes(ids[to] ?? '')) to += step;
        if (at < 0 || to < 0 || to >= ids.length) return ids;
        const rest = ids.filter((one) => one !== id);
        return rest.toSpliced(to, 0, id);
      }),
  };
}

export type RecommendationOrders = ReturnType<typeof createRecommendationOrder>;
