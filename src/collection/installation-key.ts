import { createHmac } from 'node:crypto';
import { Failure } from '../shared/errors';
import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** By which a process finds out that the store's codes were made under another key; tells nothing of the key. */
interface KeyMark extends Stored {
  readonly mark: string;
}

export const keyMarksSpec: CollectionSpec<KeyMark> = { name: 'key-marks', schema: documentOf({ mark: text }) };

/**
 * The secret of this installation, which lies outside the store: with it codes of cards and invitations are hashed, and
 * those of invitations made, so that the store alone opens nothing.
 */
export interface InstallationKey {
  readonly secret: string;
  /** Before codes are made: a failure where other processes work under another key. */
  assertOurs(): Promise<void>;
  /**
   * At start. Takes the key as the store's where there is none, or where no code is out that was made under the other;
   * else `Failure('installation-key-changed')`: all cards, invitations and return codes would be worthless.
   */
  settle(codesAreOut: () => Promise<boolean>): Promise<void>;
}

const markId = 'tickets';

export function createInstallationKey({ store, secret }: { store: Store; secret: string }): InstallationKey {
  const marks = store.collection(keyMarksSpec);
  const mark = createHmac('sha256', secret).update('lijw installation key').digest('base64url');

  const isOurs = async (): Promise<boolean> => {
    const { inserted } = await marks.insert({ id: markId, mark });
    return inserted || (await marks.get(markId))?.mark === mark;
  };

  function changed(): Failure {
    return new Failure(
      'installation-key-changed',
      'Cards, invitations or return codes of open rounds were made under another installation key; with this one none of them would ' +
        'open. Nothing has been changed. Set INSTALLATION_KEY to the former value, or put the former file ' +
        'installation.key back into DATA_DIR, and start again.',
    );
  }

  return {
    secret,

    async assertOurs() {
      if (!(await isOurs())) throw changed();
    },

    async settle(codesAreOut) {
      if (await isOurs()) return;
      if (await codesAreOut()) throw changed();
      await marks.update(markId, (one) => ({ ...one, mark }));
    },
  };
}
