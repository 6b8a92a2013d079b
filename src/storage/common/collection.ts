import { Failure } from '../../shared/errors';
import type { Collection, Filter, Stored } from '../port';
import { misuse, type Declaration } from './declaration';
import type { Found, Selection, Table, Test, ValueCounts } from './engine';
import { readFilter, readSelection } from './filters';

/** A collection over an engine's table. Everything here is the same on every engine. */
export function openCollection<Doc extends Stored>(
  { spec, fields, checked }: Declaration,
  table: Table,
): Collection<Doc> {
  /** Documents that somebody may change next, as the engine has them. Not those of lists: they would be too many. */
  const known = new WeakMap<object, Found>();

  async function find(selection: Selection): Promise<Doc[]> {
    return (await table.find(selection)).map(({ document }) => document as unknown as Doc);
  }

  function given(found: Found): Doc {
    known.set(found.document, found);
    return found.document as unknown as Doc;
  }

  return {
    async insert(document) {
      const stored = checked(document);
      const outcome = await table.insert(stored);
      if ('breaks' in outcome) return { inserted: false, duplicate: outcome.breaks };
      known.set(document, { document: stored, state: outcome.state });
      return { inserted: true };
    },
    async get(id) {
      const [found] = await table.find(byId(id));
      return found ? given(found) : null;
    },
    async find(filter, options = {}) {
      const selection = readSelection(filter, options, fields);
      return selection.limit === 0 ? [] : find(selection);
    },
    async count(filter) {
      return table.count(readFilter(filter, fields));
    },
    async countBy(filter, field) {
      return textCounts(await table.countBy(...readCountBy({ spec, fields }, filter, field)));
    },
    async update(id, edit, seen) {
      let before = seen?.id === id ? known.get(seen) : undefined;
      for (;;) {
        const found = before ?? (await table.find(byId(id)))[0];
        before = undefined;
        const edited = found ? edit(found.document as unknown as Doc) : null;
        if (!found || edited === null) return null;
        if (edited.id !== id) throw misuse(`A change of a document of "${spec.name}" has changed its id.`);
        const next = checked(edited);
        const outcome = await table.replace(found, next);
        if (outcome === 'changed') continue;
        if ('state' in outcome) return given({ document: next, state: outcome.state });
        const message = `The change would break the unique key "${outcome.breaks}" of "${spec.name}".`;
        throw new Failure('duplicate-key', message);
      }
    },
    async remove(filter) {
      return table.remove(readFilter(filter, fields));
    },
  };
}

/** What an engine is asked for by `countBy`. */
export function readCountBy<Doc>(
  { spec, fields }: Pick<Declaration, 'spec' | 'fields'>,
  filter: Filter<Doc>,
  field: string,
): readonly [readonly Test[], string] {
  if (!fields.has(field)) throw misuse(`"${field}" is no field of "${spec.name}".`);
  return [readFilter(filter, fields), field];
}

export function textCounts(counted: ValueCounts): ReadonlyMap<string, number> {
  return new Map(counted.flatMap(([value, count]) => (typeof value === 'string' ? [[value, count] as const] : [])));
}

function byId(id: string): Selection {
  return { tests: [{ field: 'id', operator: '$eq', value: id }], sort: [['id', 1]], limit: 1 };
}
