import { draftsSpec } from '../../src/assessment/drafts';
import { freeTextsSpec } from '../../src/assessment/free-texts';
import { submissionsSpec } from '../../src/assessment/submission';
import type { Store } from '../../src/storage/port';

/** The collections of an open round. */
export function openPart(store: Store, roundId: string) {
  return {
    submissions: store.collection(submissionsSpec, roundId),
    texts: store.collection(freeTextsSpec, roundId),
    drafts: store.collection(draftsSpec, roundId),
  };
}
