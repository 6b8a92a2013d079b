import { keptWhileUnchanged, markingChanges } from '../../src/storage/change-mark';
import type { CollectionSpec, Store, Stored } from '../../src/storage/port';
import { eitherTestStore, type TestStore } from '../support/stores';

interface Thing extends Stored {
  readonly name: string;
}
const things: CollectionSpec<Thing> = {
  name: 'things',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'name'],
    properties: { id: { type: 'string' }, name: { type: 'string' } },
  },
};

describe('a mark that follows changes', () => {
  let files: TestStore;
  let store: Store;
  beforeEach(async () => {
    files = await eitherTestStore();
    store = files.store;
  });
  afterEach(() => files.dispose());

  /** Two processes over one store. */
  const processes = () => [markingChanges(store, 'test'), markingChanges(store, 'test')] as const;
  const namesIn = (own: ReturnType<typeof markingChanges>) => {
    let looks = 0;
    const names = keptWhileUnchanged(
      own.mark,
      () => '',
      async () => {
        looks += 1;
        return (await own.store.collection(things).find({})).map(({ name }) => name);
      },
    );
    return { names, looks: () => looks };
  };

  it('does work anew after a change of any process, and only then', async () => {
    const [one, other] = processes();
    const seen = namesIn(one);
    expect([await seen.names(), await seen.names(), seen.looks()]).toEqual([[], [], 1]);
    const changes = [
      () => other.store.collection(things).insert({ id: 'a', name: 'first' }),
      () => other.store.collection(things).update('a', (thing) => ({ ...thing, name: 'second' })),
      () => one.store.collection(things).remove({ id: 'a' }),
    ];
    const found = [];
    for (const change of changes) {
      await change();
      found.push(await seen.names(), await seen.names());
    }
    expect([found, seen.looks()]).toEqual([[['first'], ['first'], ['second'], ['second'], [], []], 4]);
    // What changes nothing leaves it as it is.
    await other.store.collection(things).update('none', (thing) => thing);
    await other.store.collection(things).remove({ id: 'none' });
    expect([await seen.names(), seen.looks()]).toEqual([[], 4]);
  });

  it('keeps no failure, and shares one look among those who ask at once', async () => {
    const [one] = processes();
    let tries = 0;
    const work = keptWhileUnchanged(
      one.mark,
      () => '',
      async () => {
        tries += 1;
        await one.store.collection(things).count({});
        if (tries === 1) throw new Error('away');
        return tries;
      },
    );
    await expect(work()).rejects.toThrow('away');
    expect(await Promise.all([work(), work(), work()])).toEqual([2, 2, 2]);
  });

  it('changes what it was asked to, though the mark cannot follow', async () => {
    const broken: Store = {
      ...store,
      collection: (spec, part) =>
        spec.name === 'change-marks'
          ? { ...store.collection(spec, part), update: () => Promise.reject(new Error('away')) }
          : store.collection(spec, part),
    };
    const own = markingChanges(broken, 'test');
    expect(await own.store.collection(things).insert({ id: 'a', name: 'first' })).toEqual({ inserted: true });
    expect(await store.collection(things).get('a')).toMatchObject({ name: 'first' });
  });
});
