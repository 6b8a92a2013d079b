import { createHash } from 'node:crypto';
import { refuse, type Refusal } from '../shared/errors';
import { documentOf, objectOf, revision, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { changesBy, changesNothing, type RegisterChanges } from './changes';
import { placeCode, placeKinds, type Place } from './place';
import { readTerc, tercColumns, type TercRow } from './terc';
import shipped from './wielkopolska.json';

/** The imported register: one document, so that an import is one step and nobody ever sees half of it. */
interface StoredRegister extends Stored {
  readonly places: readonly Place[];
  readonly revision: number;
}

const id = 'register';

export const territorySpec: CollectionSpec<StoredRegister> = {
  name: 'registers',
  schema: documentOf({
    places: {
      type: 'array',
      items: objectOf({ code: text, name: text, kind: { enum: [...placeKinds] }, gone: { const: true } }, ['gone']),
    },
    revision,
  }),
};

/** What an import would do, and the mark by which exactly that is confirmed. */
export interface LookedImport {
  readonly changes: RegisterChanges;
  readonly mark: string;
}

/** The places that people may choose from: the voivodeship that comes with the program, and what was imported. */
export interface TerritoryRegister {
  /** By code; those gone too, which are named and not offered. */
  all(): Promise<readonly Place[]>;
  /** The place that a code stands for, in any form that `placeCode` knows. */
  byCode(code: string): Promise<Place | null>;
  /** What an import of these places would change. Stores nothing. */
  look(places: readonly Place[]): Promise<LookedImport>;
  /**
   * Takes over places, in one step. Nothing is taken away, since records may refer to it: what a voivodeship of the file
   * has no more is marked as gone. An import that changes nothing stores nothing.
   *
   * @param seen the mark of what the person was shown; `register-changed` where the import would do anything else by now
   */
  import(places: readonly Place[], seen: string): Promise<RegisterChanges | Refusal<'register-changed'>>;
}

export function createTerritoryRegister({ store }: { store: Store }): TerritoryRegister {
  const registers = store.collection(territorySpec);

  async function now(): Promise<Pick<StoredRegister, 'places' | 'revision'>> {
    return (await registers.get(id)) ?? { places: shippedPlaces, revision: 0 };
  }

  async function all(): Promise<readonly Place[]> {
    return (await now()).places;
  }

  return {
    all,
    byCode: async (code) => (await all()).find((place) => place.code === placeCode(code)) ?? null,
    async look(places) {
      const register = await now();
      return { changes: changesBy(places, register.places), mark: markOf(places, register.revision) };
    },
    async import(places, seen) {
      const register = await now();
      if (seen !== markOf(places, register.revision)) return refuse('register-changed');
      const changes = changesBy(places, register.places);
      if (changesNothing(changes)) return changes;
      const stored =
        register.revision === 0
          ? (await registers.insert({ id, places: changes.result, revision: 1 })).inserted
          : (await updateSeen(registers, id, register.revision, { places: changes.result })) !== null;
      return stored ? changes : refuse('register-changed');
    },
  };
}

/** The same places put into the same register do the same. */
function markOf(places: readonly Place[], base: number): string {
  const rows = places.map(({ code, name, kind }) => [code, name, kind]);
  return createHash('sha256')
    .update(JSON.stringify([base, rows]))
    .digest('base64url');
}

/** Rows of the official file, read by the same code as an import. */
const shippedPlaces = readTerc(
  shipped.rows.map(
    (cells) => Object.fromEntries(tercColumns.map((column, at) => [column, cells[at] ?? ''])) as TercRow,
  ),
).places;
