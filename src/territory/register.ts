import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import shipped from './wielkopolska.json';
import type { Gmina, Powiat, Territory } from './terc';

/** One imported place: its id is its code. */
interface StoredPlace extends Stored {
  readonly level: 'powiat' | 'gmina';
  readonly name: string;
  readonly kind: Gmina['kind'] | 'land' | 'city';
}

export const territorySpec: CollectionSpec<StoredPlace> = {
  name: 'territory',
  schema: documentOf({
    level: { enum: ['powiat', 'gmina'] },
    name: text,
    kind: { enum: ['urban', 'rural', 'urban-rural', 'land', 'city'] },
  }),
};

/** The gminas and powiats that people may choose from: those imported, otherwise the ones that come with the program. */
export interface TerritoryRegister {
  /** By code. */
  all(): Promise<Territory>;
  /** Adds places and renames those that are there; nothing is taken away, since records may refer to it. */
  import(territory: Territory): Promise<{ readonly added: number; readonly changed: number }>;
}

export function createTerritoryRegister({ store }: { store: Store }): TerritoryRegister {
  const places = store.collection(territorySpec);
  return {
    async all() {
      const stored = await places.find({}, { sort: [['id', 'ascending']] });
      return stored.length === 0 ? shippedTerritory() : territoryOf(stored);
    },
    async import({ powiats, gminas }) {
      const given: StoredPlace[] = [
        ...powiats.map(
          ({ code, name, isCity }) =>
            ({ id: code, level: 'powiat', name, kind: isCity ? 'city' : 'land' }) satisfies StoredPlace,
        ),
        ...gminas.map(({ code, name, kind }) => ({ id: code, level: 'gmina', name, kind }) satisfies StoredPlace),
      ];
      let [added, changed] = [0, 0];
      for (const place of given) {
        if ((await places.insert(place)).inserted) {
          added += 1;
          continue;
        }
        const known = await places.get(place.id);
        if (known?.name === place.name && known.kind === place.kind) continue;
        await places.update(place.id, (one) => ({ ...one, name: place.name, kind: place.kind }));
        changed += 1;
      }
      return { added, changed };
    },
  };
}

function territoryOf(places: readonly StoredPlace[]): Territory {
  return {
    powiats: places.flatMap(({ id, level, name, kind }): Powiat[] =>
      level === 'powiat' ? [{ code: id, name, isCity: kind === 'city' }] : [],
    ),
    gminas: places.flatMap(({ id, level, name, kind }): Gmina[] =>
      level === 'gmina' ? [{ code: id, name, kind: kind as Gmina['kind'], powiat: id.slice(0, 4) }] : [],
    ),
  };
}

/** `[code, name, 1 city | 0 land, [[last two digits, name, RODZ] …]]`: names and codes of the official register. */
type ShippedPowiat = readonly [string, string, number, readonly (readonly [string, string, number])[]];

function shippedTerritory(): Territory {
  const list = shipped.powiats as unknown as readonly ShippedPowiat[];
  const kinds = { 1: 'urban', 2: 'rural', 3: 'urban-rural' } as const;
  return {
    powiats: list.map(([code, name, city]) => ({ code, name, isCity: city === 1 })),
    gminas: list.flatMap(([powiat, , , gminas]) =>
      gminas.map(([digits, name, kind]) => ({ code: powiat + digits, name, kind: kinds[kind as 1 | 2 | 3], powiat })),
    ),
  };
}
