import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { placeCode, placeKinds, type Place, type PlaceKind } from './place';
import { readTerc, tercColumns, type TercRow } from './terc';
import shipped from './wielkopolska.json';

/** One imported place: its id is its code. */
interface StoredPlace extends Stored {
  readonly name: string;
  readonly kind: PlaceKind;
}

export const territorySpec: CollectionSpec<StoredPlace> = {
  name: 'territory',
  schema: documentOf({ name: text, kind: { enum: [...placeKinds] } }),
};

/** The places that people may choose from: those imported, otherwise the ones that come with the program. */
export interface TerritoryRegister {
  /** By code. */
  all(): Promise<readonly Place[]>;
  /** The place that a code stands for, in any form that `placeCode` knows. */
  byCode(code: string): Promise<Place | null>;
  /** Adds places and renames those that are there; nothing is taken away, since records may refer to it. */
  import(places: readonly Place[]): Promise<{ readonly added: number; readonly changed: number }>;
}

export function createTerritoryRegister({ store }: { store: Store }): TerritoryRegister {
  const stored = store.collection(territorySpec);

  async function all(): Promise<readonly Place[]> {
    const imported = await stored.find({});
    return imported.length === 0 ? shippedPlaces : imported.map(({ id: code, name, kind }) => ({ code, name, kind }));
  }

  return {
    all,
    byCode: async (code) => (await all()).find((place) => place.code === placeCode(code)) ?? null,
    async import(places) {
      let [added, changed] = [0, 0];
      for (const { code, name, kind } of places) {
        if ((await stored.insert({ id: code, name, kind })).inserted) {
          added += 1;
          continue;
        }
        const renamed = await stored.update(code, (one) =>
          one.name === name && one.kind === kind ? null : { ...one, name, kind },
        );
        if (renamed !== null) changed += 1;
      }
      return { added, changed };
    },
  };
}

/** Rows of the official file, read by the same code as an import. */
const shippedPlaces = readTerc(
  shipped.rows.map(
    (cells) => Object.fromEntries(tercColumns.map((column, at) => [column, cells[at] ?? ''])) as TercRow,
  ),
).places;
