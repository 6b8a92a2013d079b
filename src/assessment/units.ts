import type { Ids } from '../shared/ids';
import { refuse, type Refusal } from '../shared/errors';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { documentOf, shortText } from '../storage/document-fields';

export const unitKinds = [
  'urban-gmina',
  'rural-gmina',
  'urban-rural-gmina',
  'powiat',
  'city-with-county-rights',
] as const;
export type UnitKind = (typeof unitKinds)[number];

/** A local government unit (JST). */
export interface Unit extends Stored {
  /** TERC code as text (leading zeros count) or a code of one's own; the key people know it by. */
  readonly code: string;
  /** At most 120 characters. */
  readonly name: string;
  readonly kind: UnitKind;
  readonly powiat?: string;
  readonly subregion?: string;
}

export type UnitInput = Omit<Unit, 'id'>;
type UnitRefusal = Refusal<'unit-code-malformed' | 'unit-name-missing' | 'unit-name-too-long' | 'unit-code-taken'>;

export const longestUnitName = 120;

export const unitsSpec: CollectionSpec<Unit> = {
  name: 'units',
  schema: documentOf(
    {
      code: { type: 'string', pattern: '^[0-9A-Za-z][0-9A-Za-z._-]{0,19}$' },
      name: { type: 'string', minLength: 1, maxLength: longestUnitName },
      kind: { enum: [...unitKinds] },
      powiat: shortText,
      subregion: shortText,
    },
    ['powiat', 'subregion'],
  ),
  unique: { code: ['code'] },
};

export interface Units {
  create(input: UnitInput): Promise<Unit | UnitRefusal>;
  /** Code and the rest may be corrected at any time: rounds know the unit by its id. */
  edit(id: string, input: UnitInput): Promise<Unit | UnitRefusal | Refusal<'unit-unknown'>>;
  get(id: string): Promise<Unit | null>;
  byCode(code: string): Promise<Unit | null>;
  /** All units, by name in Polish order. */
  all(): Promise<Unit[]>;
}

export function createUnits({ store, ids }: { store: Store; ids: Ids }): Units {
  const units = store.collection(unitsSpec);
  const byCode = async (code: string) => (await units.find({ code: code.trim() }, { limit: 1 }))[0] ?? null;

  return {
    byCode,
    get: (id) => units.get(id),
    async create(input) {
      const refusal = faultOf(input);
      if (refusal) return refusal;
      const unit: Unit = { id: ids.uuid(), ...trimmed(input) };
      const result = await units.insert(unit);
      return result.inserted ? unit : refuse('unit-code-taken', { code: unit.code });
    },
    async edit(id, input) {
      const refusal = faultOf(input);
      if (refusal) return refusal;
      const fields = trimmed(input);
      const holder = await byCode(fields.code);
      if (holder !== null && holder.id !== id) return refuse('unit-code-taken', { code: fields.code });
      return (await units.update(id, () => ({ id, ...fields }))) ?? refuse('unit-unknown');
    },
    async all() {
      const collator = new Intl.Collator('pl');
      return (await units.find({})).sort(
        (a, b) => collator.compare(a.name, b.name) || collator.compare(a.code, b.code),
      );
    },
  };
}

function faultOf(input: UnitInput): UnitRefusal | null {
  if (!/^[0-9A-Za-z][0-9A-Za-z._-]{0,19}$/.test(input.code.trim())) return refuse('unit-code-malformed');
  const length = input.name.trim().length;
  if (length === 0) return refuse('unit-name-missing');
  if (length > longestUnitName) return refuse('unit-name-too-long', { longest: longestUnitName, length });
  return null;
}

function trimmed({ code, name, kind, powiat, subregion }: UnitInput): UnitInput {
  return {
    code: code.trim(),
    name: name.trim(),
    kind,
    ...(powiat?.trim() ? { powiat: powiat.trim() } : {}),
    ...(subregion?.trim() ? { subregion: subregion.trim() } : {}),
  };
}
