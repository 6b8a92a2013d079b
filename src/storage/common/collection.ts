import { Failure } from '../../shared/errors';
import type { Collection, Stored } from '../port';
import { misuse, type Declaration } from './declaration';
import type { Selection, Table } from './engine';
import { readFilter, readSelection } from './filters';

/** A collection over an engine's table. Everything here is the same on every engine. */
export function openCollection<Doc extends Stored>(
  { spec, fields, checked }: Declaration,
  table: Table,
): Collection<Doc> {
  async function find(selection: Selection): Promise<Doc[]> {
    return (await table.find(selection)).map(({ document }) => document as unknown as Doc);
  }

  return {
    async insert(document) {
      const duplicate = await table.insert(checked(document));
      return duplicate === null ? { inserted: true } : { inserted: false, duplicate };
    },
    async get(id) {
      return (await find(byId(id)))[0] ?? null;
    },
    async find(filter, options = {}) {
      const selection = readSelection(filter, options, fields);
      return selection.limit === 0 ? [] : find(selection);
    },
    async count(filter) {
      return table.count(readFilter(filter, fields));
    },
    async update(id, edit) {
      for (;;) {
        const [found] = await table.find(byId(id));
        const edited = found ? edit(found.document as unknown as Doc) : null;
        if (!found || edited === null) return null;
        if (edited.id !== id) throw misuse(`A change of a document of "${spec.name}" has changed its id.`);
        const next = checked(edited);
        const outcome = await table.replace(found, next);
        if (outcome === 'replaced') return next as unknown as Doc;
        if (outcome === 'changed') continue;
        const message = `The change would break the unique key "${outcome.breaks}" of "${spec.name}".`;
        throw new Failure('duplicate-key', message);
      }
    },
    async remove(filter) {
      return table.remove(readFilter(filter, fields));
    },
  };
}

function byId(id: string): Selection {
  return { tests: [{ field: 'id', operator: '$eq', value: id }], sort: [['id', 1]], limit: 1 };
}
