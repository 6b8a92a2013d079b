import { Failure, isStoreFailure } from '../../shared/errors';
import type { Collection, CollectionSpec, Filter, Store, Stored } from '../port';
import { openCollection, readCountBy, textCounts } from './collection';
import { declarationOf, misuse, type Declaration } from './declaration';
import type { Engine, Table } from './engine';

/** The store that the domain sees, over one engine. */
export function openStore(engine: Engine): Store {
  const declarations = new Map<string, Declaration>();
  const opened = new Map<string, Collection<never>>();
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  let lastWriteFailed = false;

  /** Does nothing once the store is closing, and lets closing wait for what is under way. */
  async function ask<Result>(request: () => Promise<Result>): Promise<Result> {
    if (closing !== null) throw new Failure('store-closed', 'The store has been closed.');
    const asked = request();
    underWay.add(asked);
    try {
      return await asked;
    } finally {
      underWay.delete(asked);
    }
  }

  async function askToWrite<Result>(request: () => Promise<Result>): Promise<Result> {
    try {
      const result = await ask(request);
      lastWriteFailed = false;
      return result;
    } catch (error) {
      if (isStoreFailure(error)) lastWriteFailed = true;
      throw error;
    }
  }

  function watched(table: Table): Table {
    return {
      insert: (document) => askToWrite(() => table.insert(document)),
      find: (selection) => ask(() => table.find(selection)),
      count: (tests) => ask(() => table.count(tests)),
      countBy: (tests, field) => ask(() => table.countBy(tests, field)),
      replace: (found, document) => askToWrite(() => table.replace(found, document)),
      remove: (tests) => askToWrite(() => table.remove(tests)),
    };
  }

  function declared<Doc extends Stored>(spec: CollectionSpec<Doc>): Declaration {
    const known = declarations.get(spec.name);
    // Two declarations of one table would each check by their own rules.
    if (known && known.spec !== spec) throw misuse(`The collection "${spec.name}" is declared twice.`);
    const declaration = known ?? declarationOf(spec);
    declarations.set(spec.name, declaration);
    return declaration;
  }

  function collection<Doc extends Stored>(spec: CollectionSpec<Doc>, part?: string): Collection<Doc> {
    const declaration = declared(spec);
    const { name, unique = {}, indexes = [] } = spec;
    checkPart(spec, part);
    const key = JSON.stringify([part, name]);
    const known = opened.get(key);
    if (known) return known;
    const table = watched(engine.table({ name, part: part ?? null, unique, indexes }));
    const collection = openCollection<Doc>(declaration, table);
    opened.set(key, collection as unknown as Collection<never>);
    return collection;
  }

  async function countByInParts<Doc extends Stored>(
    spec: CollectionSpec<Doc>,
    parts: readonly string[],
    filter: Filter<Doc>,
    field: keyof Doc & string,
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
    const atOnce = engine.countByInParts;
    if (atOnce === undefined) {
      const counted = parts.map(async (part) => [part, await collection(spec, part).countBy(filter, field)] as const);
      return new Map(await Promise.all(counted));
    }
    for (const part of parts) checkPart(spec, part);
    const asked = readCountBy(declared(spec), filter, field);
    const counted = await ask(() => atOnce(spec.name, parts, ...asked));
    return new Map(parts.map((part, at) => [part, textCounts(counted[at] ?? [])]));
  }

  return {
    collection,
    countByInParts,
    async dropPart(part) {
      for (const key of opened.keys()) if (key.startsWith(`["${part}",`)) opened.delete(key);
      await askToWrite(() => engine.dropPart(part));
    },
    parts: () => ask(() => engine.parts()),
    tidy: () => ask(() => engine.tidy()),
    check: () => (lastWriteFailed ? askToWrite(() => engine.write()) : ask(() => engine.read())),
    close: () => (closing ??= Promise.allSettled(underWay).then(() => engine.close())),
  };
}

function checkPart<Doc extends Stored>({ name, inParts = false }: CollectionSpec<Doc>, part: string | undefined): void {
  if (inParts !== (part !== undefined)) throw misuse(`"${name}" is ${inParts ? '' : 'not '}kept in parts.`);
  if (part !== undefined && !/^[A-Za-z0-9-]{1,64}$/.test(part)) throw misuse(`"${part}" is no name for a part.`);
}
