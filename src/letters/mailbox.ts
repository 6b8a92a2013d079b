import type { Clock } from '../shared/clock';
import { documentOf, text, words } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { baseMark } from './base-mark';
import type { Post } from './delivery';

/** A letter that stayed here instead of going out. */
export interface KeptLetter extends Stored {
  readonly to: string;
  readonly subject: string;
  /** `baseMark` stands in it for the public address. */
  readonly text: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

export const keptLettersSpec: CollectionSpec<KeptLetter> = {
  name: 'kept-letters',
  schema: documentOf({ to: words(254), subject: words(400), text: words(20_000), createdAt: text }),
  indexes: [['createdAt']],
};

/** Takes the letters of a demo, where nothing may go out, and shows them. */
export interface Mailbox {
  readonly post: Post;
  /** Newest first. */
  latest(limit: number): Promise<KeptLetter[]>;
  get(id: string): Promise<KeptLetter | null>;
}

export function createMailbox({ store, clock }: { readonly store: Store; readonly clock: Clock }): Mailbox {
  const kept = store.collection(keptLettersSpec);
  return {
    post: {
      baseUrl: baseMark,
      transport: {
        async send({ id, to, subject, text }) {
          await kept.insert({ id, to, subject, text, createdAt: clock().toISOString() });
        },
        faultOf: () => 'busy',
        close: () => Promise.resolve(),
      },
    },
    latest: (limit) => kept.find({}, { sort: [['createdAt', 'descending']], limit }),
    get: (id) => kept.get(id),
  };
}
