import { refuse, type Refusal } from '../../shared/errors';
import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { documentOf, text } from '../../storage/document-fields';
import { mostPriorities } from './recommendation';

/**
 * One of the places in the summary of a round. Each is a row with a fixed id, so that of two who mark at the same time
 * the store lets in as many as there are places, whoever they are.
 */
interface Priority extends Stored {
  readonly roundId: string;
  readonly recommendationId: string;
}

const prioritiesSpec: CollectionSpec<Priority> = {
  name: 'recommendation-priorities',
  schema: documentOf({ roundId: text, recommendationId: text }),
  unique: { 'one-place-of-a-recommendation': ['recommendationId'] },
  indexes: [['roundId']],
};

export function createPriorities({ store }: { readonly store: Store }) {
  const priorities = store.collection(prioritiesSpec);
  return {
    /** Ids of the recommendations that have a place, in no order. */
    async ofRound(roundId: string): Promise<ReadonlySet<string>> {
      return new Set((await priorities.find({ roundId })).map(({ recommendationId }) => recommendationId));
    },
    /** Takes a place; one that has a place keeps it. */
    async mark(roundId: string, recommendationId: string): Promise<Refusal<'priorities-full'> | null> {
      for (let place = 1; place <= mostPriorities; place++) {
        const result = await priorities.insert({ id: `${roundId}:${place}`, roundId, recommendationId });
        if (result.inserted) return null;
        if ((await priorities.count({ recommendationId })) > 0) return null;
      }
      return refuse('priorities-full', { most: mostPriorities });
    },
    async unmark(recommendationId: string): Promise<void> {
      await priorities.remove({ recommendationId });
    },
  };
}

export type Priorities = ReturnType<typeof createPriorities>;
