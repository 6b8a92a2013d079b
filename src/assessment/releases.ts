import { createHash } from 'node:crypto';
import type { ReleasedPair, ReleasedRound } from '../scoring';
import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/**
 * What was released of a round, or of two (`scoring/released.ts`): made when results are first computed and never
 * again, so that what is hidden once is hidden in every later edition. Agreed scores are no part of it.
 */
interface StoredRelease extends Stored {
  /** The round's id, or those of both, baseline first. */
  readonly rounds: string;
  /** The released document as JSON: exactly these bytes are published, whatever later versions would compute. */
  readonly document: string;
}

export const releasesSpec: CollectionSpec<StoredRelease> = {
  name: 'releases',
  schema: documentOf({ rounds: text, document: text }),
  unique: { 'one-release': ['rounds'] },
};

export interface Releases {
  /** The stored release of a round; `make` is asked only where there is none. */
  ofRound(roundId: string, make: () => Promise<ReleasedRound>): Promise<ReleasedRound>;
  /** The stored release of two rounds; `make` is asked only where there is none. */
  ofPair(baselineId: string, followUpId: string, make: () => Promise<ReleasedPair>): Promise<ReleasedPair>;
}

export function createReleases({ store }: { readonly store: Store }): Releases {
  const releases = store.collection(releasesSpec);

  async function once<Document>(rounds: string, make: () => Promise<Document>): Promise<Document> {
    const id = createHash('sha256').update(rounds).digest('hex');
    const before = await releases.get(id);
    if (before !== null) return JSON.parse(before.document) as Document;
    const made = await make();
    const { inserted } = await releases.insert({ id, rounds, document: JSON.stringify(made) });
    // Somebody else was first: what they made is the release.
    return inserted ? made : once(rounds, make);
  }

  return {
    ofRound: (roundId, make) => once(roundId, make),
    ofPair: (baselineId, followUpId, make) => once(`${baselineId} ${followUpId}`, make),
  };
}
