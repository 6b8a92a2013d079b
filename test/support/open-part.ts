import { draftsSpec } from '../../src/collection/draft';
import { freeTextsSpec } from '../../src/collection/free-texts';
import { submissionsSpec } from '../../src/collection/submission';
import type { Store } from '../../src/storage/port';

/** The collections of an open round. */
export function openPart(store: Store, roundId: string) {
  return {
    submissions: store.collection(submissionsSpec, roundId),
    texts: store.collection(freeTextsSpec, roundId),
    drafts: store.collection(draftsSpec, roundId),
  };
}
