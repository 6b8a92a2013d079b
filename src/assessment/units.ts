import Type from 'typebox';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { anyLine, inputReader, line, oneOf, type InputOf } from '../shared/input';
import { documentOf, revision } from '../storage/document-fields';
import { keptWhileUnchanged, type ChangeMark } from '../storage/change-mark';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { placeCode, placeKinds, type PlaceKind } from '../territory/place';

/** A unit is a place, or an invented one of the same kinds. */
export const unitKinds = placeKinds;
export type UnitKind = PlaceKind;

/** What staff enter about a local government unit (JST). */
export const unitInput = Type.Object({
  /** Code of a place as `placeCode` writes it (leading zeros count), or one of one's own; the key people know it by. */
  code: Type.String({ minLength: 1, maxLength: 20, pattern: '^[0-9A-Za-z][0-9A-Za-z._-]*$' }),
  name: line(120),
  kind: oneOf(unitKinds),
  /** '' where it is not known. */
  powiat: anyLine(200),
  subregion: anyLine(200),
});
/** `powiat` and `subregion` may be left out. */
export type UnitInput = Pick<InputOf<typeof unitInput>, 'code' | 'name' | 'kind'> &
  Partial<Pick<InputOf<typeof unitInput>, 'powiat' | 'subregion'>>;

/** A local government unit. */
export interface Unit extends Stored, InputOf<typeof unitInput> {
  /** Grows by one with every change. */
  readonly revision: number;
}

const readInput = inputReader(unitInput, {
  code: 'unit-code-malformed',
  name: { missing: 'unit-name-missing', tooLong: 'unit-name-too-long', malformed: 'hidden-characters' },
  powiat: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  subregion: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
});
type UnitRefusal = Extract<ReturnType<typeof readInput>, Refusal> | Refusal<'unit-code-taken'>;

/** With the one code of the place, whatever form of it was given. */
function read(input: UnitInput): InputOf<typeof unitInput> | UnitRefusal {
  const fields = readInput(input);
  return isRefusal(fields) ? fields : { ...fields, code: placeCode(fields.code) };
}

export const unitsSpec: CollectionSpec<Unit> = {
  name: 'units',
  schema: documentOf({ ...unitInput.properties, revision }),
  unique: { code: ['code'] },
};

export interface Units {
  create(input: UnitInput): Promise<Unit | UnitRefusal>;
  /**
   * Code and the rest may be corrected at any time: rounds know the unit by its id.
   *
   * @param seen the revision that the caller saw; another one by now is the refusal `changed-meanwhile`
   */
  edit(id: string, input: UnitInput, seen: number): Promise<Unit | UnitRefusal | Refusal<'changed-meanwhile'>>;
  get(id: string): Promise<Unit | null>;
  byCode(code: string): Promise<Unit | null>;
  /** All units, by name in Polish order. */
  all(): Promise<Unit[]>;
}

export function createUnits({ store, ids, mark }: { store: Store; ids: Ids; mark: ChangeMark }): Units {
  const units = store.collection(unitsSpec);
  const byName = keptWhileUnchanged(
    mark,
    () => '',
    async () => {
      const { compare } = new Intl.Collator('pl');
      return (await units.find({})).sort((a, b) => compare(a.name, b.name) || compare(a.code, b.code));
    },
  );

  return {
    get: (id) => units.get(id),
    byCode: async (code) => (await units.find({ code: placeCode(code) }, { limit: 1 }))[0] ?? null,
    async create(input) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const unit: Unit = { id: ids.uuid(), ...fields, revision: 1 };
      const result = await units.insert(unit);
      return result.inserted ? unit : refuse('unit-code-taken', { code: unit.code });
    },
    async edit(id, input, seen) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      try {
        return (await updateSeen<Unit>(units, id, seen, fields)) ?? refuse('changed-meanwhile');
      } catch (error) {
        // Looking before would leave a gap in which another unit could take the code.
        if (error instanceof Failure && error.code === 'duplicate-key') {
          return refuse('unit-code-taken', { code: fields.code });
        }
        throw error;
      }
    },
    all: async () => [...(await byName())],
  };
}
